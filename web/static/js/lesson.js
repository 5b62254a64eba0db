// The lesson panel: «все на месте», topic, homework, a new work.
import { stateOf, update } from "./cell_state.js";
import { keep, kept } from "./drafts.js";
import { follow, showAnew, submit, watch } from "./field.js";
import { rows, sheet } from "./grid.js";
import { askLate } from "./late_entry.js";
import { itemOf, offerHomework, takeTurn } from "./lesson_plan.js";
import { outbox } from "./outbox.js";
import { words } from "./words.js";

const lesson = sheet.dataset.lesson;
const what = sheet.dataset.what;
const field = (name) => document.querySelector(`[data-field="${name}"]`);
const cell = (name) => `${lesson}/${name}`;
const also = () => [...document.querySelectorAll("[data-parallels] input:checked")].map((input) => input.value);

// An «н» counts from the moment it is typed: what is sent after it finds it written.
function isAbsent(row) {
  const states = row.cells.map(stateOf).filter((state) => !["refused", "conflict"].includes(state.status));
  const typed = states.find((state) => state.draft === "н" || (state.absent && state.draft === ""));
  return typed ? typed.draft === "н" : stateOf(row.cells[0]).absent;
}

const absentRows = () => rows.filter(isAbsent);

function allPresent() {
  const absent = absentRows().map((row) => row.pupil);
  const seen = rows.map((row) => stateOf(row.cells[0])).filter((state) => state.absent && !state.value).map((state) => state.seen);
  submit(cell("attendance"), "TakeAttendance", { lesson, absent, seen }, `${what}: ${words.allPresent.toLowerCase()}`);
}

// `position` is the entry of the «н»; without one the pupil is here.
function showPresence(pupil, position) {
  for (const td of rows.find((row) => row.pupil === pupil)?.cells ?? []) update(td, { absent: Boolean(position), seen: stateOf(td).value ? stateOf(td).seen : position ?? 0 });
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

// What a field is known to hold: the value the page came with, then what was saved or taken over from a colleague.
function stands(name, { position, value }) {
  if (position) field(name).dataset.seen = position;
  if (position) follow(cell(name), position);
  held[name] = value;
}
const written = (answer, ...events) => answer.parts.find((part) => events.includes(part.event))?.position;
const seen = (name) => Number(field(name).dataset.seen);

const { text: topic, task: aim, deviation } = field("topic").elements;
const typedTopic = () => ({ text: topic.value.trim(), task: aim?.value.trim() ?? "", deviation: deviation?.checked ?? false });
const asTopic = ({ text, task = "", deviation: departs = false }) => JSON.stringify([text, task, departs]);
const held = { topic: asTopic(typedTopic()) };
const recordTopic = () => submit(cell("topic"), "RecordTopic", { lesson, ...typedTopic(), item: itemOf(topic.value.trim()), also: also(), seen: seen("topic") }, `${what}: ${words.scope.topic}`);
field("topic").addEventListener("submit", (event) => {
  event.preventDefault();
  if (takeTurn(topic, field("homework")) && aim && !aim.value.trim()) return aim.focus();
  return recordTopic();
});
// Leaving the field saves it, as leaving a cell does; an emptied one says nothing, and one that still wants the lesson's
// task waits for it.
const isWhole = () => topic.value.trim() && (!aim || aim.value.trim());
for (const input of [topic, aim, deviation]) input?.addEventListener("change", () => { if (isWhole() && asTopic(typedTopic()) !== held.topic) recordTopic(); });
field("topic").addEventListener("input", keepTopic);
aim?.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); recordTopic(); } });
function keepTopic() {
  const typed = typedTopic();
  keep(cell("topic"), typed.text && asTopic(typed) !== held.topic ? { ...typed, seen: seen("topic"), held: held.topic } : null);
  offerHomework(topic, field("homework"));
}
function showTopic({ text, task = "", deviation: departs = false }) {
  topic.value = text;
  if (aim) aim.value = task;
  if (deviation) deviation.checked = departs;
}
watch(cell("topic"), field("topic"), {
  saved(item, answer) {
    stands("topic", { position: written(answer, "TopicRecorded"), value: asTopic(item.body) });
    keepTopic();
  },
  shows: (theirs) => asTopic({ ...theirs, text: theirs.value }) === held.topic,
  adopt(theirs) {
    stands("topic", { position: theirs.seen, value: asTopic({ ...theirs, text: theirs.value }) });
    showTopic({ ...theirs, text: theirs.value });
    keepTopic();
    topic.focus();
  },
});

const homework = field("homework");
const { text: task, due_lesson: due } = homework.elements;
const manners = [...homework.querySelectorAll("[name=manner]")];
const typedHomework = () => ({ text: task.value.trim(), manner: manners.filter((box) => box.checked).map((box) => box.value), due_lesson: due.value || null });
const asOne = ({ text, manner, due_lesson }) => (text === undefined ? "" : JSON.stringify([text, [...manner].sort(), due_lesson]));
const ofTheirs = (theirs) => asOne(theirs.not_set ? {} : { ...theirs, text: theirs.value });
held.homework = "notSet" in homework.dataset ? "" : seen("homework") ? asOne(typedHomework()) : null;
const sendHomework = (name, body) => submit(cell("homework"), name, { lesson, ...body, also: also(), seen: seen("homework") }, `${what}: ${words.scope.homework}`);
homework.addEventListener("submit", (event) => {
  event.preventDefault();
  sendHomework("SetHomework", typedHomework());
});
homework.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.ctrlKey) homework.requestSubmit(); });
homework.querySelector("[data-no-homework]").addEventListener("click", () => sendHomework("SetNoHomework", {}));
function keepHomework() {
  const typed = typedHomework();
  keep(cell("homework"), typed.text && asOne(typed) !== held.homework ? { ...typed, seen: seen("homework"), held: held.homework } : null);
  offerHomework(topic, homework);
}
homework.addEventListener("input", keepHomework);
function showHomework({ text, manner, due_lesson }) {
  task.value = text;
  for (const box of manners) box.checked = manner?.includes(box.value) ?? false;
  if (due_lesson) due.value = due_lesson;
}
watch(cell("homework"), homework, {
  saved(item, answer) {
    stands("homework", { position: written(answer, "HomeworkSet", "HomeworkNotSet"), value: asOne(item.body) });
    keepHomework();
  },
  shows: (theirs) => ofTheirs(theirs) === held.homework,
  adopt(theirs) {
    stands("homework", { position: theirs.seen, value: ofTheirs(theirs) });
    showHomework({ ...theirs, text: theirs.not_set ? "" : theirs.value });
    keepHomework();
    if (theirs.not_set) homework.querySelector("[data-saying]").textContent = words.notSet;
    task.focus();
  },
});

// What was left unsaved in this tab comes back, with what was seen when it was typed: anything newer is asked about.
function comeBack(name, isShown, show) {
  const draft = kept(cell(name));
  if (!draft || isShown(draft)) return keep(cell(name), null);
  show(draft);
  field(name).dataset.seen = draft.seen;
  held[name] = draft.held;
  const saying = field(name).querySelector("[data-saying]");
  if (!saying.textContent) saying.textContent = words.draft;
  return undefined;
}
comeBack("topic", (draft) => asTopic(draft) === held.topic, showTopic);
comeBack("homework", (draft) => asOne(draft) === held.homework, showHomework);
offerHomework(topic, homework);

const personal = document.querySelector("[data-personal]");
const card = (pupil) => field("personal").querySelector(`li[data-pupil="${pupil}"]`);
function showCard(pupil, text, position) {
  const li = card(pupil) ?? field("personal").querySelector("ul").appendChild(document.createElement("li"));
  Object.assign(li.dataset, { pupil, text, seen: position });
  li.textContent = `${rows.find((row) => row.pupil === pupil)?.name}: ${text}`;
}
personal.addEventListener("submit", (event) => {
  event.preventDefault();
  const [pupil, text] = [personal.elements.pupil.value, personal.elements.text.value.trim()];
  const body = { lesson, pupil, text, due_lesson: null, seen: Number(card(pupil)?.dataset.seen ?? 0) };
  submit(cell(`personal/${pupil}`), "SetIndividualHomework", body, `${what}: ${words.scope.homework}`);
});
for (const { value: pupil } of personal.elements.pupil.options) {
  watch(cell(`personal/${pupil}`), field("personal"), {
    saved(item, answer) {
      const position = written(answer, "IndividualHomeworkSet");
      showCard(pupil, item.body.text, position);
      follow(item.cell, position);
      personal.elements.text.value = "";
    },
    shows: (theirs) => theirs.value === card(pupil)?.dataset.text,
    adopt: (theirs) => showCard(pupil, theirs.value, theirs.seen),
  });
}

field("work").addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, title, individual, makes_up: missed } = event.target.elements;
  const body = { lesson, kind: kind.value, title: title.value.trim(), assess: individual.checked && !individual.closest("p").hidden ? "individual" : "all" };
  if (missed?.value) Object.assign(body, { makes_up: missed.value, makes_up_lesson: missed.selectedOptions[0].dataset.lesson });
  submit(cell("work"), "AddWork", body, `${what}: ${kind.selectedOptions[0]?.textContent}`);
});
watch(cell("work"), field("work"), { saved: showAnew });

document.querySelector("[data-ask-lesson]")?.addEventListener("click", () => askLate({ what, choices: [{ lesson, target: "lesson" }] }));
watch(cell("attendance"), field("attendance"), {
  saved(item, answer) {
    field("attendance").querySelector("[data-taken]").textContent = words.present;
    for (const part of answer.parts) if (part.event === "AbsenceNoted") showPresence(part.pupil, part.position);
  },
  adopt(theirs) {
    for (const row of rows) showPresence(row.pupil, theirs.seen[theirs.absent.indexOf(row.pupil)]);
    showAbsent();
  },
});
showAbsent();
