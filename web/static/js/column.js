// A column's own card: its deadline, filling it as one append, asking for it late, taking it away.
import { ask, askChecked } from "./dialogs.js";
import { seenMark, stateOf } from "./cell_state.js";
import { chosen, choose, columns, rows, sheet, table } from "./grid.js";
import { askLate } from "./late_entry.js";
import { outbox, put } from "./outbox.js";
import { say } from "./bar.js";
import { wanted } from "./confirm.js";
import { words } from "./words.js";

const [card, fill] = ["column", "fill"].map((id) => document.getElementById(id));
const VALUE = /^[1-5](\/[1-5])?$/;

async function open(column) {
  const title = `${column.day} · ${column.kind}`;
  card.querySelector("[data-title]").textContent = title;
  card.querySelector("[data-due]").textContent = words.due(column);
  card.querySelector("[data-lesson-link]").href = `/lesson/${column.lesson}`;
  const withdraw = card.querySelector("[value=withdraw]");
  if (withdraw) withdraw.hidden = column.work === column.lesson; // «Ответ на уроке» is always there
  const answer = await ask(card);
  if (answer === "fill") await fillColumn(column, title);
  if (answer === "late" && (await askLate({ what: `${sheet.dataset.class}, ${title}`, choices: [{ lesson: column.lesson, target: "column", work: column.work }, { lesson: column.lesson, target: "lesson" }] }))) say(words.asked);
  if (answer === "withdraw" && confirm(words.withdrawColumn)) put({ name: "WithdrawWork", body: { lesson: column.lesson, work: column.work }, cell: `column/${column.work}`, title });
  chosen()?.focus();
}

async function fillColumn(column, title) {
  const index = columns.indexOf(column);
  const empty = rows.filter((row) => !stateOf(row.cells[index]).outside);
  fill.querySelector("[data-title]").textContent = title;
  fill.querySelector("[data-list]").replaceChildren(...empty.map((row) => line(row, stateOf(row.cells[index]))));
  fill.querySelector("[data-rest]").value = "";
  let marks = [];
  const check = (button) => {
    if (button !== "save") return null;
    marks = read(empty, index);
    if (marks.some((mark) => !VALUE.test(mark.value))) return words.badMark;
    return marks.length ? null : words.nothingToFill;
  };
  if ((await askChecked(fill, check)) === "save") put({ name: "FillColumn", body: { lesson: column.lesson, work: column.work, marks }, cell: `column/${column.work}`, title });
}

function line(row, state) {
  const label = Object.assign(document.createElement("label"), { textContent: row.name });
  label.append(Object.assign(document.createElement("input"), { className: "form-control form-control-sm", maxLength: 3, value: state.value, placeholder: state.absent ? "н" : "", autocomplete: "off", inputMode: "numeric" }));
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
  else say(answer.sentence ?? words.unsaved, "bad");
});
