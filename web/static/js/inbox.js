// The inbox: many cases with one reason, or one case with its own papers. What a button sends stands on it:
// its value is the command, `data-body` what is known, `data-takes` the fields it takes, `data-needs` those it must have.
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const json = (text) => JSON.parse(text || "{}");
const named = (text) => (text ?? "").split(" ").filter(Boolean);
const pick = (body, names) => (names.length ? Object.fromEntries(names.map((name) => [name, body[name]])) : body);
const boxes = (form) => [...form.elements].filter((element) => element.name === "case");
const chosen = (form) => boxes(form).filter((box) => box.checked);

// What the button sends, or {missing, at}: the sentence and the field that wants filling.
function asked(form, button) {
  const { body, takes, needs, as, of } = button.dataset;
  const empty = named(needs).map((name) => form.elements[name]).find((field) => !field.value.trim());
  if (form.dataset.list && !chosen(form).length) return { missing: form.dataset.choose ?? words.chooseCases };
  if (empty) return { missing: empty.dataset.missing, at: empty };
  const known = pick({ ...json(form.dataset.body), ...json(body) }, named(of));
  const typed = Object.fromEntries(named(takes).map((name) => [name, form.elements[name].value.trim()]));
  if (as) return { body: { [as]: [known], ...typed } };
  if (form.dataset.list) return { body: { [form.dataset.list]: chosen(form).map((box) => json(box.value)), ...typed } };
  return { body: { ...known, ...typed } };
}

function count(form) {
  const n = chosen(form).length;
  form.querySelectorAll("[data-count]").forEach((span) => { span.textContent = n ? `(${n})` : ""; });
}

for (const form of document.querySelectorAll("form[data-decide]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    const { missing, at, body } = asked(form, button);
    form.querySelector("[data-saying]").textContent = missing ?? "";
    at?.focus();
    if (body) submit(form.id, button.value, body, document.title);
  });
  watch(form.id, form, { saved: showAnew });
  if (form.dataset.list) count(form);
}

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.list) return;
  const all = "all" in target.dataset ? boxes(form) : "together" in target.dataset ? boxes(form).filter((box) => target.closest("tbody").contains(box)) : [];
  all.forEach((box) => { box.checked = target.checked; });
  count(form);
});

const atOnce = document.getElementById("at-once");
if (atOnce) watch("inbox", atOnce, { saved: showAnew });
for (const button of document.querySelectorAll("[data-at-once]")) {
  button.addEventListener("click", () => submit("inbox", button.dataset.atOnce, json(button.dataset.body), document.title));
}
