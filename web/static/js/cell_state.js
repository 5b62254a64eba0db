// What a cell knows and how it looks. A cell's own value stands until the journal has said otherwise.
import { words } from "./words.js";

const states = new WeakMap();

// {value, absent, seen, outside, late, again, imported, draft, status, note, item}
export function stateOf(td) {
  if (!states.has(td)) states.set(td, read(td));
  return states.get(td);
}

function read(td) {
  const [text, has] = [td.textContent.trim(), (letter) => td.classList.contains(letter)];
  return {
    value: has("n") ? text.slice(1).trim() : text, absent: has("n"), seen: Number(td.dataset.s ?? 0), outside: has("o"),
    late: has("l"), again: has("r") || has("k"), imported: has("i"), said: td.title, draft: null, status: "", note: null, item: null,
  };
}

export const shown = ({ value, absent }) => (absent ? `н ${value}`.trim() : value);

// What the next command about the mark must say it saw: only a mark that stands counts.
export const seenMark = (state) => (state.value ? state.seen : 0);

export function update(td, change) {
  paint(td, Object.assign(stateOf(td), change));
}

function paint(td, state) {
  const parts = [];
  const [old, draft] = [shown(state), state.draft];
  if (draft === null) parts.push(old);
  else if (state.status === "refused" || state.status === "conflict") parts.push(old, tag("s", draft || words.empty));
  else parts.push(tag("span", draft || "·", "draft"));
  if (state.late) parts.push(sign("late"));
  if (state.again) parts.push(sign("again"));
  td.replaceChildren(...parts);
  for (const [letter, on] of [["n", state.absent && draft === null], ["l", state.late], ["r", state.again], ["i", state.imported]]) td.classList.toggle(letter, Boolean(on));
  if (state.status) td.dataset.state = state.status === "typing" ? "saving" : state.status;
  else delete td.dataset.state;
  if (state.said) td.title = state.said;
  else td.removeAttribute("title");
  td.toggleAttribute("aria-invalid", state.status === "refused" || state.status === "conflict");
}

function tag(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `/static/signs.svg#${name}`);
  svg.append(use);
  return svg;
}
