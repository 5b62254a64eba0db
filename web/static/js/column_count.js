// «4/5» in the head of a column where everybody is to be marked, kept up while marks are typed.
import { stateOf } from "./cell_state.js";
import { columns, rows } from "./grid.js";
import { outbox } from "./outbox.js";

const CHANGES = ["GiveMark", "WithdrawMark", "NoteAbsence", "WithdrawAbsence", "TakeAttendance"];
const there = (n) => rows.map((row) => stateOf(row.cells[n])).filter((state) => !state.outside && !state.absent);
// Who is there and not waited for, exempt or taught at home, the page alone knows: by how much it expects fewer.
const counted = columns.map(({ th }, n) => ({ n, small: th.querySelector(".count") })).filter(({ small }) => small)
  .map(({ n, small }) => ({ n, small, spared: there(n).length - Number(small.textContent.split("/")[1]) }));

function show({ n, small, spared }) {
  const present = there(n);
  const [marked, of] = [present.filter((state) => state.value).length, present.length - spared];
  small.textContent = `${marked}/${of}`;
  small.classList.toggle("part", marked < of);
}

if (counted.length) outbox.addEventListener("change", ({ detail: { item, answer } }) => {
  if (answer?.kind === "saved" && CHANGES.includes(item.name)) setTimeout(() => counted.forEach(show), 0); // after the cell itself
});
