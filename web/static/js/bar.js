// The bar under the grid: which cell is chosen, how it is doing, and the way out. It has its place already, so that
// nothing jumps.
import { chosen, columnOf, grid, rowOf } from "./grid.js";
import { stateOf } from "./cell_state.js";
import { words } from "./words.js";

const bar = document.querySelector(".bar");
const [name, due, saying, wayOut, history] = ["[data-cell-name]", "[data-cell-due]", "[data-saying]", "[data-way-out]", "[data-history]"].map((s) => bar.querySelector(s));
const keys = bar.querySelector(".keys");
const manner = bar.querySelector("[data-manner]");
const ofFractions = [...bar.querySelectorAll(".keys kbd, .pad button")].filter((key) => key.textContent.includes("/"));
const columnName = document.querySelector("[data-column-name]");

// `say(text, tone)` speaks at once; `show()` tells the chosen cell's own note again.
export function say(text, tone = "") {
  saying.textContent = text;
  saying.dataset.tone = tone;
  due.hidden = tone === "bad"; // a refusal is long, and names the deadline itself
  if (keys) keys.hidden = tone === "bad";
}

export function show() {
  const td = chosen();
  if (!td) return;
  const [state, column] = [stateOf(td), columnOf(td)];
  name.textContent = `${rowOf(td).name} · ${column.day} · ${column.kind.toLowerCase()}`;
  due.textContent = words.due(column);
  if (columnName) columnName.textContent = `${column.day} · ${column.kind}`;
  for (const key of ofFractions) key.hidden = !column.fraction;
  const note = state.note ?? standing(state);
  say(note.text, note.tone);
  const buttons = (note.actions ?? []).map(button);
  wayOut.replaceChildren(...buttons);
  if (manner) manner.hidden = !column.away;
  history.hidden = state.seen === 0 && !state.again; // an emptied cell has its history too
}

// How a mark of a distance day is earned: online or independent, nothing on any other day.
export const mannerOf = (column) => (column.away ? { manner: manner.querySelector(":checked").value } : {});

function standing(state) {
  if (state.outside) return { text: words.outside, tone: "warn" };
  return { text: [state.said, state.imported ? words.imported : ""].filter(Boolean).join(", "), tone: state.late ? "warn" : "" };
}

function button({ title, key, act, primary }) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: `btn btn-sm ${primary ? "btn-primary" : "btn-outline-secondary"}`, textContent: `${title} ` });
  if (key) made.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  made.addEventListener("click", act);
  return made;
}

grid.addEventListener("choose", show);
