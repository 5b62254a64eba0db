// A plan (КТП): drawing it up, binding it to classes, editing its table, taking over a file that was shown first.
import { showAnew, submit, watch } from "./field.js";

const root = document.getElementById("plan");
const hundredths = (text) => Math.round(Number(text.trim().replace(",", ".")) * 100);
const spoken = (sum) => `${sum / 100}`.replace(".", ",");

// --- a new plan -----------------------------------------------------------------------------------------------------
const drawing = document.querySelector("[data-draw-up]");
drawing?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { subject, grade, title } = drawing.elements;
  submit("plan", "DrawUpPlan", { subject: subject.value, grade: Number(grade.value), title: title.value.trim(), year: Number(drawing.dataset.year) }, title.value);
});
if (drawing) watch("plan", drawing, { saved: (item) => location.assign(`/plans/drawn-up/${item.id}`) });

// --- the classes that go by it, its approval ------------------------------------------------------------------------
function act(name, body) {
  submit(`${root.dataset.plan}/${name}`, name, body, root.dataset.title);
}
const plan = root?.dataset.plan;
const seen = Number(root?.dataset.seen);
if (root) for (const name of ["BindPlan", "UnbindPlan", "ApprovePlan", "ReturnPlan"]) watch(`${plan}/${name}`, root, { saved: showAnew });
root?.addEventListener("click", ({ target }) => {
  if (target.dataset.unbind) act("UnbindPlan", { journal: target.dataset.unbind });
  if ("approve" in target.dataset) act("ApprovePlan", { plan, seen });
});
root?.querySelector("[data-return]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  act("ReturnPlan", { plan, seen, reason: event.target.elements.reason.value.trim() });
});
root?.querySelector("[data-bind]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const journals = [...event.target.querySelectorAll("[name=journal]:checked")].map((box) => box.value);
  if (journals.length) act("BindPlan", { plan, journals });
  else Object.assign(root.querySelector("[data-saying]"), { textContent: event.target.dataset.none });
});

// --- the table --------------------------------------------------------------------------------------------------------
const edited = document.querySelector("[data-change]");
const body = edited?.querySelector("tbody");
const lines = () => [...body.querySelectorAll("[data-line]")];
const part = (line, name) => line.querySelector(`[name=${name}]`);
let dirty = false;

function lineOf(row) {
  return {
    number: Number(row.dataset.number),
    section: part(row, "section").value.trim(),
    topic: part(row, "topic").value.trim(),
    hours: hundredths(part(row, "hours").value),
    date: part(row, "date").value || null,
    kind: part(row, "kind").value.trim(),
    control: part(row, "control").checked,
    homework: part(row, "homework").value.trim(),
  };
}

function recount() {
  let sum = 0;
  for (const [at, row] of lines().entries()) {
    row.querySelector("[data-place]").textContent = at + 1;
    const hours = hundredths(part(row, "hours").value);
    part(row, "hours").setCustomValidity(hours > 0 ? "" : part(row, "hours").ariaLabel);
    sum += hours > 0 ? hours : 0;
  }
  const said = document.querySelector("[data-sum]");
  said.textContent = said.dataset.words.replace("{lines}", lines().length).replace("{hours}", spoken(sum));
}

function blank(section) {
  const row = edited.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
  part(row, "section").value = section;
  return row;
}

const moves = {
  up: (row) => row.previousElementSibling?.before(row),
  down: (row) => row.nextElementSibling?.after(row),
  insert(row) {
    const added = blank(part(row, "section").value);
    row.after(added);
    part(added, "topic").focus();
  },
  remove(row) {
    (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("textarea").focus();
    row.remove();
  },
};

function changed() {
  dirty = true;
  recount();
}

edited?.addEventListener("click", ({ target }) => {
  const move = Object.keys(moves).find((name) => name in target.dataset);
  if (!move) return;
  moves[move](target.closest("[data-line]"));
  if (move !== "remove" && move !== "insert") target.focus();
  changed();
});
edited?.querySelector("[data-append]").addEventListener("click", () => {
  const row = blank(lines().length ? part(lines().at(-1), "section").value : "");
  body.append(row);
  part(row, "topic").focus();
  changed();
});
edited?.addEventListener("input", changed);
edited?.addEventListener("submit", (event) => {
  event.preventDefault();
  const reason = edited.elements.reason?.value.trim() ?? "";
  submit(`${plan}/ChangePlan`, "ChangePlan", { plan, items: lines().map(lineOf), reason, seen }, root.dataset.title);
});
if (edited) {
  watch(`${plan}/ChangePlan`, edited, {
    saved() {
      dirty = false;
      location.assign(`/plans/${plan}`);
    },
  });
  recount();
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

// --- a file that was shown --------------------------------------------------------------------------------------------
for (const [nth, form] of [...document.querySelectorAll("[data-apply]")].entries()) {
  const { plan: of, seen: position, title } = form.dataset;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const items = JSON.parse(form.dataset.lines);
    submit(`${of}/file/${nth}`, "ChangePlan", { plan: of, items, reason: form.elements.reason?.value.trim() ?? "", seen: Number(position) }, title);
  });
  if (form.querySelector("[data-saying]")) watch(`${of}/file/${nth}`, form, { saved: () => location.assign(`/plans/${of}`) });
}

// Until here a press would have sent the form the browser's own way, to nowhere.
for (const button of document.querySelectorAll("[data-ready]")) button.disabled = false;
