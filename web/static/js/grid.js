// The table of marks: which lesson, work and pupil a cell is of, and moving among cells. It knows no command.
export const table = document.querySelector("table.grid");
export const sheet = document.getElementById("sheet");
export const editable = sheet?.dataset.editable === "1";

const heads = [...table.querySelectorAll("thead th.head")];
export const columns = heads.map((th) => ({
  th, lesson: th.dataset.l, work: th.dataset.w ?? th.dataset.l, kind: th.dataset.k, day: th.dataset.d,
  due: th.dataset.due, fraction: "f" in th.dataset, elsewhere: "x" in th.dataset, away: "a" in th.dataset, open: th.classList.contains("open"), ahead: th.classList.contains("ahead"),
}));
export const rows = [...table.tBodies[0].rows].map((tr) => ({
  tr, pupil: tr.cells[0].dataset.p, name: nameIn(tr.cells[0]), cells: [...tr.cells].slice(1, columns.length + 1),
}));
// A link or plain words, after the number in the list.
function nameIn(th) {
  return [...th.childNodes].filter((node) => node.nodeName !== "I").map((node) => node.textContent).join("").trim();
}

const lines = new Map([...document.querySelectorAll(".lines tr[data-l]")].map((tr) => [tr.dataset.l, tr]));
const byKey = new Map();
for (const row of rows) row.cells.forEach((td, n) => byKey.set(keyOf(columns[n], row), td));

let here = null; // the chosen cell
export const grid = new EventTarget(); // "choose" with detail {td, from}

export function keyOf(column, row) {
  return `${column.lesson}/${column.work}/${row.pupil}`;
}

export const cellOf = (key) => byKey.get(key);
export const rowOf = (td) => rows[td.parentNode.sectionRowIndex];
export const columnOf = (td) => columns[td.cellIndex - 1];
export const keyOfCell = (td) => keyOf(columnOf(td), rowOf(td));
export const chosen = () => here;

// All cells of a pupil's lesson: an «н» is of the lesson, not of one column.
export const sameLesson = (td) => rowOf(td).cells.filter((_, n) => columns[n].lesson === columnOf(td).lesson);

export function choose(td, { focus = true, scroll = true } = {}) {
  if (!td || !rowOf(td)?.cells.includes(td)) return;
  const from = here;
  here = td;
  if (from) {
    from.tabIndex = -1;
    from.classList.remove("here");
    from.removeAttribute("aria-selected");
  }
  td.tabIndex = 0;
  td.classList.add("here");
  td.setAttribute("aria-selected", "true");
  lightColumn(from, td);
  if (focus) td.focus({ preventScroll: true });
  if (scroll) td.scrollIntoView({ block: "nearest", inline: "nearest" });
  grid.dispatchEvent(new CustomEvent("choose", { detail: { td, from } }));
}

function lightColumn(from, td) {
  if (from) rowOf(from).tr.classList.remove("r");
  rowOf(td).tr.classList.add("r");
  if (from?.cellIndex === td.cellIndex) return;
  if (from) paint(from.cellIndex, false);
  paint(td.cellIndex, true);
  const line = lines.get(columnOf(td).lesson);
  document.querySelector(".lines tr.chosen")?.classList.remove("chosen");
  line?.classList.add("chosen");
  bringIntoPane(line);
}

function paint(index, on) {
  columns[index - 1].th.classList.toggle("c", on);
  for (const row of rows) row.cells[index - 1].classList.toggle("c", on);
}

// Only the right pane scrolls: the page itself must not jump.
function bringIntoPane(line) {
  const pane = line?.closest(".pane");
  if (!pane || pane.scrollHeight <= pane.clientHeight) return;
  const [a, b] = [line.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (a.top < b.top + 30) pane.scrollTop += a.top - b.top - 30;
  else if (a.bottom > b.bottom) pane.scrollTop += a.bottom - b.bottom;
}

// True when the cell moved; false at an edge.
export function step(dRow, dColumn) {
  const row = rows[rows.indexOf(rowOf(here)) + dRow];
  const td = row?.cells[here.cellIndex - 1 + dColumn];
  if (td) choose(td);
  return Boolean(td);
}

function edge(event) {
  const row = event.ctrlKey ? rows.at(event.key === "Home" ? 0 : -1) : rowOf(here);
  choose(row.cells.at(event.key === "Home" ? 0 : -1));
}

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

table.addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || event.target.closest("thead")) return;
  if (moves[event.key] && !event.ctrlKey) {
    if (!step(...moves[event.key]) && event.key === "ArrowUp") columnOf(here).th.querySelector("button").focus();
    event.preventDefault();
  } else if (event.key === "Enter") {
    step(event.shiftKey ? -1 : 1, 0);
    event.preventDefault();
  } else if (event.key === "Tab") {
    if (step(0, event.shiftKey ? -1 : 1)) event.preventDefault(); // at the edge Tab leaves the table
  } else if (event.key === "Home" || event.key === "End") {
    edge(event);
    event.preventDefault();
  }
});
// The heads are reached by ↑ from the first row, and left by ↓.
table.tHead.addEventListener("keydown", (event) => {
  const n = heads.indexOf(event.target.closest("th"));
  const to = { ArrowLeft: heads[n - 1], ArrowRight: heads[n + 1] }[event.key];
  if (to) to.querySelector("button").focus();
  else if (event.key === "ArrowDown") choose(rows[0].cells[n]);
  else return;
  event.preventDefault();
});
table.addEventListener("click", (event) => {
  const td = event.target.closest("td");
  if (td) choose(td, { scroll: false });
});
table.addEventListener("focusin", (event) => {
  if (event.target.tagName === "TD" && event.target !== here) choose(event.target, { focus: false });
});

// The column of the address's #work or #lesson, else the latest lesson that has begun; the first pupil.
export function start() {
  if (!rows.length || !columns.length) return;
  const wanted = location.hash.slice(1);
  const named = columns.findIndex((column) => column.work === wanted || column.lesson === wanted);
  const index = named >= 0 ? named : sheet.dataset.lesson ? 0 : Math.max(0, columns.findLastIndex((column) => !column.ahead));
  choose(rows[0].cells[index], { focus: Boolean(wanted), scroll: false });
  const pane = table.closest(".pane");
  // What sticks to the right covers the last columns: «ср.» and the period.
  const edge = [...table.querySelectorAll("thead th:is(.mean, .period)")].reduce((left, th) => left - th.offsetWidth, pane.getBoundingClientRect().left + pane.clientWidth);
  const over = columns[index].th.getBoundingClientRect().right - edge;
  if (over > 0) pane.scrollLeft += over;
}
