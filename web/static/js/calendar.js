// The calendar's forms: each is one command, its fields are the command's.
import { showAnew, submit, watch } from "./field.js";
import { all, drop } from "./outbox.js";

const put = (body, path, value) => {
  const [name, inner] = path.split(".");
  if (inner) put((body[name] ??= {}), inner, value);
  else body[name] = value;
};

// Empty fields are left out, those of `data-null` are said to be none; `data-many` make a list, `data-int` a number.
function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    const { name, type, value, checked, dataset } = field;
    if (!name || ((type === "checkbox" || type === "radio") && !checked)) continue;
    const said = "int" in dataset ? Number(value) : value.trim();
    if ("many" in dataset) put(body, name, [...(body[name] ?? []), said]);
    else if ("null" in dataset) put(body, name, null);
    else if (said !== "") put(body, name, said);
  }
  const bells = [...form.querySelectorAll("[data-bell]")].map((row) => ({
    number: Number(row.dataset.bell),
    starts: row.querySelector("[data-starts]").value,
    ends: row.querySelector("[data-ends]").value,
  }));
  if (bells.length) body.bells = bells.filter(({ starts, ends }) => starts && ends);
  return body;
}

for (const form of document.querySelectorAll("form[data-command]")) {
  const { command, cell, title } = form.dataset;
  watch(cell, form, { saved: showAnew });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(cell, command, bodyOf(form), title);
  });
  form.querySelector("[data-instead]")?.addEventListener("click", ({ target: { dataset: { instead, field } } }) => {
    submit(cell, instead, { [field]: form.elements[field].value }, title);
  });
}

for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => {
    const dialog = document.getElementById(button.dataset.open);
    const form = dialog.querySelector("form");
    const values = JSON.parse(button.dataset.values ?? "{}");
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    const existing = form.querySelector("[data-existing]");
    if (existing) existing.hidden = !form.elements[existing.querySelector("[data-instead]").dataset.field].value;
    const what = form.querySelector("[data-what]");
    if (what) what.textContent = button.dataset.says ?? "";
    form.querySelector("[data-saying]").textContent = "";
    dialog.showModal();
  });
}
// What was refused in a dialog that is closed is given up.
for (const dialog of document.querySelectorAll("dialog:has(form[data-command])")) {
  dialog.addEventListener("close", () => {
    const { cell } = dialog.querySelector("form").dataset;
    for (const item of all()) if (item.cell === cell && item.state === "refused") drop(item);
  });
}
for (const button of document.querySelectorAll("dialog [data-close]")) button.addEventListener("click", () => button.closest("dialog").close());

// A parallel is all of its classes; the whole school is every class.
const boxes = (within) => [...within.querySelectorAll("input[name=classes]")];
function follow(within, whole) {
  const own = boxes(within);
  whole.checked = own.every((box) => box.checked);
  whole.indeterminate = !whole.checked && own.some((box) => box.checked);
}
for (const fieldset of document.querySelectorAll("fieldset.chips")) {
  fieldset.addEventListener("change", ({ target }) => {
    const within = "whole" in target.dataset ? fieldset : "parallel" in target.dataset ? target.closest(".chip-row") : null;
    if (within) for (const box of boxes(within)) box.checked = target.checked;
    for (const whole of fieldset.querySelectorAll("[data-parallel]")) follow(whole.closest(".chip-row"), whole);
    const everybody = fieldset.querySelector("[data-whole]");
    if (everybody) follow(fieldset, everybody);
  });
}

const declare = document.querySelector("[data-declare]");
if (declare) {
  const button = declare.querySelector("[data-declare-button]");
  const { choose, all, verb } = button.dataset;
  const { first, last } = declare.elements;
  const say = () => {
    const own = boxes(declare);
    const chosen = own.filter((box) => box.checked);
    const who = chosen.length === own.length && own.length > 1 ? all : chosen.map((box) => box.dataset.class).join(", ");
    const mode = declare.querySelector("[name=mode]:checked").dataset.word;
    button.disabled = !chosen.length;
    button.textContent = chosen.length ? `${verb} ${mode}: ${who}` : choose;
  };
  declare.addEventListener("change", say);
  first.addEventListener("change", () => { if (last.value < first.value) last.value = first.value; });
  say();
}
