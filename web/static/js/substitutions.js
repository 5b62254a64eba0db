// The methodist's morning: who is away, every lesson covered in one press, a return, numbers of orders.
import { sure } from "./confirm.js";
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const say = words.substitutions;
const again = { saved: showAnew };
for (const field of document.querySelectorAll("[data-field]")) watch(field.id, field, again);
const told = (field, text) => { field.querySelector("[data-saying]").textContent = text; };

// Who is away: several teachers, one press.
const absence = document.querySelector("[data-absence]");
const chosen = new Map(); // person -> name

function show() {
  const list = absence.querySelector("[data-chosen]");
  list.replaceChildren(...[...chosen].map(([person, name]) => {
    const li = Object.assign(document.createElement("li"), { className: "chip", textContent: name });
    const off = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "×", ariaLabel: say.without(name) });
    off.addEventListener("click", () => { chosen.delete(person); show(); absence.elements.person.focus(); });
    li.append(off);
    return li;
  }));
}

absence?.elements.person.addEventListener("change", ({ target }) => {
  if (target.value) chosen.set(target.value, target.selectedOptions[0].textContent);
  target.value = "";
  show();
});
absence?.addEventListener("submit", (event) => {
  event.preventDefault();
  const [kind, first, until] = ["kind", "first", "until"].map((name) => absence.elements[name].value);
  const section = absence.closest("[data-field]");
  if (!chosen.size) return told(section, say.nobody);
  const absences = [...chosen.keys()].map((person) => ({ person, kind, first, until }));
  submit("away", "RecordStaffAbsence", { absences }, document.title);
});
for (const button of document.querySelectorAll("[data-return]")) {
  button.addEventListener("click", async () => {
    const { return: id, name, ahead } = button.dataset;
    if (await sure(say.back(name, Number(ahead)))) submit("away", "ReturnTeacher", { absence: id }, document.title);
  });
}

// Every lesson to cover.
const cover = document.getElementById("cover");
const rows = [...cover.querySelectorAll("tr[data-lesson]")];
const part = (row, name) => row.querySelector(`[name=${name}]`);
const rank = (row) => part(row, "substitute").selectedOptions[0]?.dataset.rank ?? "";
const pagesOf = (row, person) => [...part(row, "page").options].filter((option) => option.dataset.teachers.split(" ").includes(person));

// What goes with what: a dropped lesson has nobody, joined groups sit with somebody who has a lesson.
function adjust(row) {
  const [substitute, manner, page] = ["substitute", "manner", "page"].map((name) => part(row, name));
  substitute.disabled = manner.value === "dropped";
  page.hidden = manner.value !== "another_subject";
  const own = pagesOf(row, substitute.value);
  manner.querySelector("[value=another_subject]").disabled = Boolean(substitute.value) && !own.length;
  for (const option of page.options) option.hidden = option.disabled = !own.includes(option);
  if (!own.includes(page.selectedOptions[0])) page.value = own[0]?.value ?? "";
  row.classList.toggle("chosen", ready(row));
}

function ready(row) {
  const [substitute, manner, page] = ["substitute", "manner", "page"].map((name) => part(row, name).value);
  if (manner === "dropped" || manner === "independent") return true;
  return Boolean(substitute) && (manner !== "another_subject" || Boolean(page));
}

// The manner that goes with whoever was chosen; the methodist may still take another.
function follow(row) {
  const manner = part(row, "manner");
  const person = part(row, "substitute").value;
  if ("byHand" in row.dataset) return; // whoever looks after a class that works on its own
  if (rank(row) === "joined") manner.value = "joined";
  else if (rank(row) === "subject") manner.value = "same_subject";
  else if (person && ["joined", "same_subject"].includes(manner.value)) manner.value = pagesOf(row, person).length ? "another_subject" : "independent";
}

function item(row) {
  const manner = part(row, "manner").value;
  const substitute = manner === "dropped" ? null : part(row, "substitute").value || null;
  const journal = manner === "another_subject" ? part(row, "page").value : null;
  return { lesson: row.dataset.lesson, absent: row.dataset.absent, manner, substitute, journal };
}

// Whoever was offered for a lesson is not wanted once nobody gives it; one who looks after the class is chosen next.
function chooseManner(row) {
  const manner = part(row, "manner").value;
  if (["independent", "dropped"].includes(manner)) part(row, "substitute").value = "";
  row.toggleAttribute("data-by-hand", manner === "independent");
}

const rest = cover.querySelector("[data-rest]");
const remaining = () => rows.filter((row) => !ready(row) && ["", row.dataset.absent].includes(cover.elements.whose.value));

function count() {
  if (!rest) return;
  cover.querySelector("[data-count]").textContent = say.ready(rows.filter(ready).length, rows.length);
  const left = remaining().length;
  rest.querySelector("[data-left]").textContent = say.rest(left);
  for (const button of rest.querySelectorAll("[data-manner]")) button.disabled = !left;
}

rest?.addEventListener("click", ({ target }) => {
  if (!("manner" in target.dataset)) return;
  for (const row of remaining()) {
    part(row, "manner").value = target.dataset.manner;
    chooseManner(row);
    adjust(row);
  }
  count();
});

function order() {
  const chosenOrder = cover.elements.order.value;
  if (!chosenOrder) return {};
  if (chosenOrder !== "new") return { known_order: chosenOrder };
  return { order: { number: cover.elements.number.value.trim(), on: cover.elements.order_date.value || null } };
}

cover.addEventListener("change", ({ target }) => {
  const row = target.closest("tr[data-lesson]");
  if (target.name === "order") cover.querySelectorAll("[data-new-order]").forEach((label) => { label.hidden = target.value !== "new"; });
  if (row && target.name === "manner") chooseManner(row);
  if (row && target.name === "substitute") follow(row);
  if (row) adjust(row);
  count();
});
cover.addEventListener("submit", (event) => {
  event.preventDefault();
  const items = rows.filter(ready).map(item);
  if (!items.length) return told(cover, say.nothing);
  submit("cover", "RecordSubstitutions", { items, ...order() }, document.title);
});
addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && rows.length && !event.target.closest("dialog")) cover.requestSubmit();
});
rows.forEach(adjust);
count();

for (const button of document.querySelectorAll("[data-cancel]")) {
  button.addEventListener("click", async () => {
    const { cancel, lesson, what } = button.dataset;
    if (await sure(say.cancel(what))) submit("covered", "CancelSubstitution", { substitution: cancel, lesson }, document.title);
  });
}
for (const form of document.querySelectorAll("[data-order]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit("orders", "NumberOrder", { order: form.dataset.order, number: form.elements.number.value.trim() }, document.title);
  });
}
