// «Справочники»: each dialog is one command, its fields are the command's.
import { showAnew, submit, watch } from "./field.js";

const LISTS = new Set(["flags", "attributes"]);

function bodyOf(form) {
  const body = {};
  for (const { name, type, value, checked, disabled } of form.elements) {
    if (!name || disabled) continue;
    if (LISTS.has(name)) body[name] = [...(body[name] ?? []), ...(checked ? [value] : [])];
    else if (type !== "hidden" || value) body[name] = value.trim();
  }
  return body;
}

for (const form of document.querySelectorAll("dialog form[data-command]")) {
  const { command } = form.dataset;
  const cell = `dictionary/${command}`;
  watch(cell, form, { saved: showAnew });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(cell, command, bodyOf(form), form.querySelector("h2").textContent);
  });
  form.querySelector("[data-close]").addEventListener("click", () => form.closest("dialog").close());
}

for (const button of document.querySelectorAll("[data-edit]")) {
  button.addEventListener("click", () => {
    const dialog = document.getElementById(button.dataset.edit);
    const form = dialog.querySelector("form");
    const values = JSON.parse(button.dataset.values);
    for (const [name, value] of Object.entries(values)) {
      if (LISTS.has(name)) for (const box of form.querySelectorAll(`[name=${name}]`)) box.checked = value.includes(box.value);
      else form.elements[name].value = value;
    }
    const flags = form.querySelector("[data-flags]");
    if (flags) flags.hidden = values.dictionary !== "work_kind";
    for (const box of flags?.querySelectorAll("input") ?? []) box.onclick = () => button.dataset.act !== "yes"; // the act's own stay
    if (form.elements.title && button.dataset.edit === "term") form.elements.title.readOnly = values.dictionary === "absence_category" && values.key !== "";
    const what = form.querySelector("[data-what]");
    if (what) what.textContent = button.dataset.says;
    form.querySelector("[data-saying]").textContent = "";
    dialog.showModal();
  });
}
