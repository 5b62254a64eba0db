// What a teacher asks about one pupil of the sheet: an attestation against the rule, and a mark looked at again.
import { askChecked } from "./dialogs.js";
import { form } from "./period_sheet.js";
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const dialog = document.getElementById("period-reason");
const own = words.period;
const watched = new Set();

async function reasonFor(title, what, hint, yes) {
  const text = dialog.querySelector("textarea");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("[data-what]").textContent = what;
  dialog.querySelector("[data-hint]").textContent = hint;
  dialog.querySelector("[data-yes]").textContent = yes;
  text.value = "";
  const answer = await askChecked(dialog, (value) => (value === "yes" && !text.value.trim() ? words.sayWhy : ""));
  return answer === "yes" ? text.value.trim() : "";
}

function send(row, name, body, saved) {
  const cell = `period ${row.dataset.pupil}`;
  if (!watched.has(cell)) watch(cell, row, { saved: (item) => (item.name === name ? saved() : undefined) });
  watched.add(cell);
  submit(cell, name, body, row.dataset.name);
}

const where = (row) => ({ journal: form.dataset.journal, period: form.dataset.period, pupil: row.dataset.pupil });

export async function askException(row, ground) {
  const reason = await reasonFor(own.ask, `${row.dataset.name}. ${own.grounds[ground]}`, own.askHint[ground], words.askLate.split(" ")[0]);
  if (!reason) return;
  send(row, "RequestException", { ...where(row), ground, reason }, () => {
    row.querySelector("[data-ask]")?.remove();
    row.querySelector("[data-saying]").textContent = own.asked;
  });
}

export async function recheck(row, { dataset }) {
  const reason = await reasonFor(own.recheck, row.dataset.name, own.recheckHint, own.keep);
  if (reason) send(row, "RecheckPeriodMark", { ...where(row), kind: dataset.recheck, reason, seen: Number(dataset.seen) }, showAnew);
}

// A mark that rested on void entries: the case goes to another deputy (7.14(b9)).
export async function correctTainted(row, { dataset }) {
  const reason = await reasonFor(own.tainted(dataset.new), row.dataset.name, own.taintedHint, own.askTainted);
  const body = { ...where(row), kind: dataset.tainted, new: dataset.new, reason, seen: Number(dataset.seen) };
  if (reason) send(row, "CorrectTaintedMark", body, showAnew);
}
