// «Класс за неделю»: one reason and one document for a stretch of absences; a dispute from a cell. With a keyboard:
// arrows, the digit of a reason, the document, Enter.
import { ask, askChecked } from "./dialogs.js";
import { showAnew, submit, watch } from "./field.js";
import { refusal, words } from "./words.js";

const form = document.getElementById("class-week");
const dialog = document.getElementById("absence");
const disputing = document.getElementById("dispute");
const asked = dialog.querySelector("form");
const radios = [...dialog.querySelectorAll("[name=category]")];
const fills = "fills" in form.dataset;
const rows = [...form.querySelectorAll("tbody tr")];
const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
const picked = () => rows.filter((row) => row.querySelector("[data-pick]")?.checked);

function act(name, body, cell) {
  if (cell) history.replaceState(null, "", `#${cell.id}`);
  submit("class-week", name, body, document.title);
}

// The days without a reason of that pupil's week; of a cell that has one, its own day.
function stretch(row, cell) {
  const days = cellsOf(row).filter((each) => Number(each.dataset.waits)).map((each) => each.dataset.day);
  return Number(cell.dataset.waits) ? { first: days[0], last: days.at(-1) } : { first: cell.dataset.day, last: cell.dataset.day };
}

function lessonLines(row, cell) {
  const lines = [...cell.parentElement.querySelectorAll("[data-lessons] li")].map((li) => li.cloneNode(true));
  if (!disputing) return lines;
  for (const li of lines) {
    if (fills) li.append(button("absent" in li.dataset ? words.takeAbsence : words.putAbsence, () => {
      const body = { lesson: li.dataset.lesson, pupil: row.dataset.pupil, seen: Number(li.dataset.seen) };
      dialog.close("no");
      act("absent" in li.dataset ? "WithdrawAbsence" : "NoteAbsence", body, cell);
    }));
    else if ("absent" in li.dataset && li.dataset.dispute !== "waiting") li.append(button(words.dispute, () => dispute(row, cell, li)));
  }
  return lines;
}

function button(title, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: title });
  made.addEventListener("click", act);
  return made;
}

async function dispute(row, cell, li) {
  dialog.close("no");
  disputing.querySelector("[data-what]").textContent = `${row.dataset.name}, ${li.dataset.title}`;
  const reason = disputing.querySelector("[name=reason]");
  const answer = await askChecked(disputing, (value) => (value === "dispute" && !reason.value.trim() ? words.sayWhy : ""));
  if (answer === "dispute") act("DisputeAbsence", { lesson: li.dataset.lesson, pupil: row.dataset.pupil, reason: reason.value.trim() }, cell);
}

function faultOf(answer) {
  if (answer !== "explain") return "";
  if (!radios.some((radio) => radio.checked)) return words.chooseReason;
  return asked.elements.last.value < asked.elements.first.value ? words.lastBeforeFirst : "";
}

// `preset` is the index of a reason already chosen by its digit.
async function open(pupils, { title, lines = [], cell, first, last, preset = -1 }) {
  dialog.querySelector("[data-title]").textContent = title;
  dialog.querySelector("[data-lessons]").replaceChildren(...lines);
  dialog.querySelector("[data-said]").textContent = cell?.dataset.said ?? "";
  if (!radios.length) return ask(dialog);
  const missed = !cell || Number(cell.dataset.missed) > 0;
  dialog.querySelectorAll("[data-why], [data-save]").forEach((part) => { part.hidden = !missed; });
  dialog.querySelector("[data-withdraw]").hidden = !cell?.dataset.explanation;
  radios.forEach((radio, n) => { radio.checked = n === preset || (preset < 0 && radio.value === cell?.dataset.category); });
  const { document: paper, first: from, last: to } = asked.elements;
  [paper.value, from.value, to.value] = [cell?.dataset.document ?? "", first, last];
  const answering = answer(pupils, cell);
  if (missed) (preset < 0 ? radios.find((radio) => radio.checked) ?? radios[0] : paper).focus();
  return answering;
}

// What the dialog holds is asked for, and asked for again with what was wrong when the journal refuses it.
let again = () => {};

async function answer(pupils, cell, wrong = "") {
  again = () => {};
  const choosing = askChecked(dialog, faultOf);
  dialog.querySelector("[data-wrong]").textContent = wrong;
  const chosen = await choosing;
  if (chosen === "withdraw") act("WithdrawExplanation", { pupil: pupils[0], explanation: cell.dataset.explanation }, cell);
  if (chosen !== "explain") return;
  const { document: paper, first, last } = asked.elements;
  const said = { first: first.value, last: last.value, category: radios.find((radio) => radio.checked).value, document: paper.value.trim() };
  again = (sentence) => answer(pupils, cell, sentence);
  act("ExplainAbsences", { stretches: pupils.map((pupil) => ({ pupil, ...said })) }, cell);
}

function openCell(cell, preset) {
  const row = cell.closest("tr");
  const day = form.querySelector("thead").rows[0].cells[cell.parentElement.cellIndex].textContent;
  open([row.dataset.pupil], { title: `${row.dataset.name}, ${day}`, lines: lessonLines(row, cell), cell, preset, ...stretch(row, cell) });
}

function count() {
  const n = picked().length;
  const chosen = form.querySelector("[data-explain-picked]");
  if (!chosen) return;
  chosen.disabled = !n;
  chosen.querySelector("[data-count]").textContent = n ? `(${n})` : "";
}

function move(cell, key) {
  const place = cell.parentElement.cellIndex;
  const row = cell.closest("tr");
  const beside = cellsOf(row);
  const at = beside.indexOf(cell);
  if (key === "ArrowLeft" || key === "ArrowRight") return beside[at + (key === "ArrowRight" ? 1 : -1)];
  const others = key === "ArrowDown" ? rows.slice(rows.indexOf(row) + 1) : rows.slice(0, rows.indexOf(row)).reverse();
  const near = (each) => Math.abs(each.parentElement.cellIndex - place);
  return others.map(cellsOf).find((own) => own.length)?.sort((a, b) => near(a) - near(b))[0];
}

form.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (cell) openCell(cell);
  if (event.target.closest("[data-explain-picked]")) {
    const names = picked().map((row) => row.dataset.name).join(", ");
    open(picked().map((row) => row.dataset.pupil), { title: names, first: form.dataset.monday, last: form.dataset.last });
  }
});
form.addEventListener("change", count);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const next = event.key.startsWith("Arrow") ? move(cell, event.key) : undefined;
  if (next) next.focus();
  else if (digit && radios[digit - 1] && Number(cell.dataset.missed)) openCell(cell, digit - 1);
  else return;
  event.preventDefault();
});
dialog.addEventListener("keydown", (event) => {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (!digit || !radios[digit - 1] || event.target.matches("input:not([type=radio]), textarea")) return;
  radios[digit - 1].checked = true;
  asked.elements.document.focus();
  event.preventDefault();
});
watch("class-week", form, {
  saved: showAnew,
  refused(item, told) {
    if (item.name === "ExplainAbsences" && !dialog.open) again(refusal(told));
  },
});
count();
document.getElementById(location.hash.slice(1))?.focus();
