// The lines of a sheet of period marks: which mark is whose, and typing and moving among them as in the journal's grid.
export const form = document.getElementById("period-sheet");
export const selects = form ? [...form.querySelectorAll("select.mark")] : [];
export const keyOf = (pupil, kind) => `${pupil}/${kind}`;
export const lines = new Map(selects.map((select) => [keyOf(select.closest("tr").dataset.pupil, select.dataset.kind), select]));

// The mark of the line that something is proposed for.
export const fieldOf = (row) => row.querySelector("select.mark");

// By the position of the key, so that the layout does not matter: «о» is the key J, «н» the key Y.
function typed(event) {
  const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  if (digit && !event.shiftKey) return digit[1];
  if (event.code === "KeyJ" || event.key.toLowerCase() === "о") return "осв";
  if (event.code === "KeyY" || event.key.toLowerCase() === "н") return "н/а";
  return { Delete: "", Backspace: "" }[event.key];
}

// `give` sets the mark somebody typed.
export function moves(event, give) {
  const { target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return; // Alt+↓ opens the list, as in any field
  if (target.name === "reason" && event.key === "Enter") return go(event, fieldOf(target.closest("tr")), 1, 0);
  if (!target.matches("select.mark")) return;
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [event.shiftKey ? -1 : 1, 0] }[event.key];
  if (step) return go(event, target, ...step);
  const value = typed(event);
  if (value === undefined) return;
  event.preventDefault();
  give(target, value);
}

function go(event, from, down, right) {
  event.preventDefault();
  const own = selects.filter((select) => select.closest("tr") === from.closest("tr"));
  const column = selects.filter((select) => select.dataset.kind === from.dataset.kind);
  const to = right ? own[own.indexOf(from) + right] : column[column.indexOf(from) + down];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
}
