// Choosing whole groups on the administrator's list; without this module every box is ticked by hand.
const form = document.querySelector("[data-issue]");
const [all, onlyNew, count] = ["[data-all]", "[data-only-new]", "[data-count]"].map((s) => form.querySelector(s));
const boxes = [...form.querySelectorAll("[name=person]")];

function choose(wanted) {
  boxes.forEach((box) => { box.checked = wanted(box); });
  show();
}

function show() {
  const chosen = boxes.filter((box) => box.checked).length;
  count.textContent = chosen;
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

all.addEventListener("change", () => choose(() => all.checked));
onlyNew.addEventListener("click", () => choose((box) => "new" in box.dataset));
form.addEventListener("change", ({ target }) => { if (target !== all) show(); });
window.addEventListener("pageshow", show); // the browser's own «back» restores the ticks
show();
