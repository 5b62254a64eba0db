// The lesson panel: «все на месте», topic, homework, a new work.
import { stateOf } from "./cell_state.js";
import { submit, watch } from "./field.js";
import { rows, sheet } from "./grid.js";
import { askLate } from "./late_entry.js";
import { outbox } from "./outbox.js";
import { words } from "./words.js";

const lesson = sheet.dataset.lesson;
const what = sheet.dataset.what;
const field = (name) => document.querySelector(`[data-field="${name}"]`);
const cell = (name) => `${lesson}/${name}`;
const also = () => [...document.querySelectorAll("[data-parallels] input:checked")].map((input) => input.value);

const absentRows = () => rows.filter((row) => stateOf(row.cells[0]).absent);

function allPresent() {
  const absent = absentRows().map((row) => row.pupil);
  submit(cell("attendance"), "TakeAttendance", { lesson, absent }, `${what}: ${words.allPresent.toLowerCase()}`);
}

function showAbsent() {
  const absent = absentRows();
  field("attendance").querySelector("[data-absent-list]").textContent = absent.length ? words.absent(absent.map((row) => row.name).join(", ")) : "";
  field("attendance").querySelector("[data-all-title]").textContent = absent.length ? words.restPresent : words.allPresent;
}

field("attendance").querySelector("[data-all-present]").addEventListener("click", allPresent);
// One key, by position: 0 above the letters or on the number pad, wherever nothing is being written.
addEventListener("keydown", (event) => {
  if (!/^(Digit|Numpad)0$/.test(event.code) || event.shiftKey || event.ctrlKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  allPresent();
});
outbox.addEventListener("change", () => setTimeout(showAbsent, 0));

field("topic").addEventListener("submit", (event) => {
  event.preventDefault();
  submit(cell("topic"), "RecordTopic", { lesson, text: event.target.elements.text.value.trim(), also: also() }, `${what}: ${words.scope.topic}`);
});
watch(cell("topic"), field("topic"));

const homework = field("homework");
homework.addEventListener("submit", (event) => {
  event.preventDefault();
  const { text, due_lesson: due } = homework.elements;
  const manner = [...homework.querySelectorAll("[name=manner]:checked")].map((input) => input.value);
  submit(cell("homework"), "SetHomework", { lesson, text: text.value.trim(), manner, due_lesson: due.value || null, also: also() }, `${what}: ${words.scope.homework}`);
});
homework.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.ctrlKey) homework.requestSubmit(); });
homework.querySelector("[data-no-homework]").addEventListener("click", () => submit(cell("homework"), "SetNoHomework", { lesson, also: also() }, `${what}: ${words.scope.homework}`));
watch(cell("homework"), homework);

const personal = document.querySelector("[data-personal]");
personal.addEventListener("submit", (event) => {
  event.preventDefault();
  const { pupil, text } = personal.elements;
  submit(cell("personal"), "SetIndividualHomework", { lesson, pupil: pupil.value, text: text.value.trim(), due_lesson: null }, `${what}: ${words.scope.homework}`);
});
watch(cell("personal"), field("personal"), (item) => {
  const li = document.createElement("li");
  li.textContent = `${rows.find((row) => row.pupil === item.body.pupil)?.name}: ${item.body.text}`;
  field("personal").querySelector("ul").append(li);
  personal.elements.text.value = "";
});

field("work").addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, title } = event.target.elements;
  submit(cell("work"), "AddWork", { lesson, kind: kind.value, title: title.value.trim() }, `${what}: ${kind.selectedOptions[0]?.textContent}`);
});
watch(cell("work"), field("work"), () => location.reload());

document.querySelector("[data-ask-lesson]")?.addEventListener("click", () => askLate({ what, choices: [{ lesson, target: "lesson" }] }));
watch(cell("attendance"), field("attendance"), () => { field("attendance").querySelector("[data-taken]").textContent = words.present; });
showAbsent();
