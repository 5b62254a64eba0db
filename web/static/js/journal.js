// The journal page and the grid of a lesson: its parts, and moving by columns on a phone.
import "./marks.js";
import "./cell_history.js";
import "./column.js";
import "./column_count.js";
import "./filled.js";
import { choose, chosen, rowOf, start } from "./grid.js";

start();
document.querySelectorAll("[data-column-step]").forEach((button) => button.addEventListener("click", () => {
  const td = chosen() && rowOf(chosen()).cells[chosen().cellIndex - 1 + Number(button.dataset.columnStep)];
  if (td) choose(td, { focus: false, scroll: false });
}));
