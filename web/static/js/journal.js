// The journal page and the grid of a lesson: its parts, and moving by columns on a phone.
import { choose, chosen, rowOf, start, table } from "./grid.js";

if (table) {
  await Promise.all(["marks", "cell_history", "column"].map((part) => import(`./${part}.js`)));
  start();
  document.querySelectorAll("[data-column-step]").forEach((button) => button.addEventListener("click", () => {
    const td = rowOf(chosen()).cells[chosen().cellIndex - 1 + Number(button.dataset.columnStep)];
    if (td) choose(td, { focus: false, scroll: false });
  }));
}
