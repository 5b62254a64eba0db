// A cell opens its history: who, when, in time or late, by whose leave.
import { chosen, columnOf, rowOf, sheet, table } from "./grid.js";
import { ask } from "./dialogs.js";
import { words } from "./words.js";

const dialog = document.getElementById("history");

async function open(td) {
  const [column, row] = [columnOf(td), rowOf(td)];
  const query = new URLSearchParams({ lesson: column.lesson, work: column.work, pupil: row.pupil, fragment: "1" });
  if (sheet.dataset.at) query.set("at", sheet.dataset.at);
  dialog.querySelector("h2").textContent = `${row.name} · ${column.day} · ${column.kind.toLowerCase()}`;
  const body = dialog.querySelector("[data-body]");
  body.textContent = words.loading;
  const closed = ask(dialog);
  try {
    const response = await fetch(`/trail/cell?${query}`, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error(response.status);
    body.innerHTML = await response.text(); // our own server's escaped template
  } catch {
    body.textContent = words.noHistory;
  }
  await closed;
  td.focus();
}

table.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.tagName !== "TD") return;
  event.preventDefault();
  open(event.target);
});
table.addEventListener("dblclick", (event) => { if (event.target.closest("td") === chosen()) open(chosen()); });
document.querySelector("[data-history]").addEventListener("click", () => chosen() && open(chosen()));
