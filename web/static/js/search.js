// «/» goes to the search field from anywhere but a field or a grid of marks, where it types a fraction.
const field = document.querySelector(".top [name=q]");
const BUSY = "input, textarea, select, [contenteditable], table.grid, dialog[open]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.(BUSY) || document.querySelector("dialog[open]") || !field?.offsetParent) return;
  event.preventDefault();
  field.focus();
  field.select();
});
