// A column's own card: its deadline, filling it as one append, asking for it late, taking it away.
import { ask, askChecked } from "./dialogs.js";
import { seenMark, stateOf } from "./cell_state.js";
import { chosen, choose, columns, rows, sheet, table } from "./grid.js";
import { askLate } from "./late_entry.js";
import { all, drop, outbox, put } from "./outbox.js";
import { say } from "./bar.js";
import { sure, wanted } from "./confirm.js";
import { refusal, words } from "./words.js";

const [card, fill] = ["column", "fill"].map((id) => document.getElementById(id));
const VALUE = /^[1-5]$/;
const FRACTION = /^[1-5](\/[1-5])?$/;
const cellOf = (column) => `column/${column.work}`;
const titleOf = (column) => `${column.day} · ${column.kind}`;

async function open(column) {
  const title = titleOf(column);
  card.querySelector("[data-title]").textContent = title;
  card.querySelector("[data-due]").textContent = words.due(column);
  card.querySelector("[data-lesson-link]").href = `/lesson/${column.lesson}`;
  const fillButton = card.querySelector("[value=fill]");
  if (fillButton) fillButton.hidden = column.elsewhere; // its marks are given on the page it comes from
  const withdraw = card.querySelector("[value=withdraw]");
  if (withdraw) withdraw.hidden = column.elsewhere || column.work === column.lesson || hasMarks(column); // both are always refused (E-11)
  const late = card.querySelector("[value=late]");
  if (late) late.hidden = column.elsewhere || column.open || column.ahead;
  const answer = await ask(card);
  if (answer === "fill") await fillColumn(column);
  if (answer === "late") await askColumn(column);
  if (answer === "withdraw") await withdrawColumn(column, title);
  chosen()?.focus();
}

const hasMarks = (column) => rows.some((row) => stateOf(row.cells[columns.indexOf(column)]).value);

async function askColumn({ lesson, work, day, kind }) {
  const what = `${sheet.dataset.class}, ${titleOf({ day, kind })}`;
  if (await askLate({ what, choices: [{ lesson, target: "column", work }, { lesson, target: "lesson" }] })) say(words.asked);
}

async function withdrawColumn(column, title) {
  const { title: ask, text, yes, no } = words.withdrawColumn;
  if (await sure({ title: ask(title), text, yes, no })) put({ name: "WithdrawWork", body: { lesson: column.lesson, work: column.work }, cell: cellOf(column), title });
}

// What the journal refused comes back with its marks, until they are saved or given up.
const refusedFill = (column) => all().find((item) => item.cell === cellOf(column) && item.name === "FillColumn" && item.state === "refused");

async function fillColumn(column, wayOut = !column.open && !column.ahead) {
  const [title, refused] = [titleOf(column), refusedFill(column)];
  const before = new Map(refused?.body.marks.map(({ pupil, value }) => [pupil, value]));
  const index = columns.indexOf(column);
  const empty = rows.filter((row) => !stateOf(row.cells[index]).outside);
  fill.querySelector("[data-title]").textContent = title;
  fill.querySelector("[data-list]").replaceChildren(...empty.map((row) => line(row, stateOf(row.cells[index]), before.get(row.pupil))));
  fill.querySelector("[data-rest]").value = "";
  let marks = [];
  const check = (button) => {
    if (button !== "save") return null;
    marks = read(empty, index);
    if (marks.some((mark) => !(column.fraction ? FRACTION : VALUE).test(mark.value))) return words.badMark(column.fraction);
    return marks.length ? null : words.nothingToFill;
  };
  const answered = askChecked(fill, check);
  fill.querySelector("[data-wrong]").textContent = refused?.sentence ?? (wayOut ? words.columnClosed(column.due) : "");
  lateButton.hidden = !wayOut;
  const answer = await answered;
  if (answer === "late") return askColumn(column); // the refused marks stay for the day it is permitted
  if (refused) drop(refused);
  if (answer === "save") put({ name: "FillColumn", body: { lesson: column.lesson, work: column.work, marks }, cell: cellOf(column), title });
  return undefined;
}

const lateButton = Object.assign(document.createElement("button"), { className: "btn btn-outline-secondary", value: "late", formNoValidate: true, textContent: words.askLate });
fill?.querySelector("[value=save]").after(" ", lateButton);

function line(row, state, value = state.value) {
  const label = Object.assign(document.createElement("label"), { textContent: row.name });
  label.append(Object.assign(document.createElement("input"), { className: "form-control form-control-sm", maxLength: 3, value, placeholder: state.absent ? "н" : "", autocomplete: "off", inputMode: "numeric" }));
  return label;
}

// Marks that differ from those that stand; the rest of the class gets what «всем, у кого пусто» says, absent ones nothing.
function read(list, index) {
  const rest = fill.querySelector("[data-rest]").value.trim();
  return [...fill.querySelectorAll("[data-list] input")].flatMap((input, n) => {
    const state = stateOf(list[n].cells[index]);
    const value = input.value.trim() || (state.absent ? "" : rest);
    return value && value !== state.value ? [{ pupil: list[n].pupil, value, seen: seenMark(state) }] : [];
  });
}

// Enter goes to the next pupil here too, and saves only from the button.
fill?.addEventListener("keydown", (event) => {
  const inputs = [...fill.querySelectorAll("input")];
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  (inputs[inputs.indexOf(event.target) + 1] ?? fill.querySelector("[value=save]")).focus();
});

table.tHead.addEventListener("click", (event) => {
  const th = event.target.closest("th.head");
  const column = columns.find((one) => one.th === th);
  if (!column) return;
  choose(rows[0].cells[columns.indexOf(column)], { focus: false, scroll: false });
  open(column);
});

outbox.addEventListener("change", async ({ detail: { item, answer } }) => {
  if (!item.cell.startsWith("column/") || !answer) return;
  if (answer.kind === "saved") location.reload(); // a whole column is new: show it as the journal has it
  else if (answer.kind === "confirm") { if (await wanted(answer)) put({ ...item, body: { ...item.body, confirmed: true } }); }
  else if (answer.kind === "refused") tellRefused(item, answer);
  else say(answer.sentence ?? words.unsaved, "bad");
});

function tellRefused(item, answer) {
  const column = columns.find((one) => cellOf(one) === item.cell);
  say(refusal(answer), "bad");
  if (item.name === "FillColumn" && column && !document.querySelector("dialog[open]")) fillColumn(column, answer.way_out === "request_late_entry");
}
