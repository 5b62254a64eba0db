// The week's timetable: its chooser, and the dialogs of those who keep it. Each form is one command.
import { showAnew, submit, watch } from "./field.js";

for (const select of document.querySelectorAll("[data-choose]")) {
  select.addEventListener("change", () => { if (select.value) select.form.requestSubmit(); });
}

const forms = [...document.querySelectorAll("form[data-command]")];
const empty = (value) => value === "" || value === undefined;
const optional = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => !empty(value)));
const order = ({ order_number: number, order_on: on }) => (empty(number) && empty(on) ? {} : { order: optional({ number, on }) });

// What each form says, from its fields as typed.
const bodies = {
  MoveLesson: (f) => ({ lesson: f.lesson, on: f.on, number: Number(f.number), room: f.room, ...optional({ starts: f.starts, ends: f.ends }), ...order(f) }),
  CancelLesson: (f) => ({ lesson: f.lesson, reason: f.reason, ...order(f) }),
  RestoreLesson: (f) => ({ lesson: f.lesson }),
  WithdrawExtraLesson: (f) => ({ lesson: f.lesson }),
  ScheduleExtraLesson: (f) => ({ journal: f.journal, on: f.on, number: Number(f.number), room: f.room, mode: f.mode, form: f.mode ? f.form : "", ...optional({ starts: f.starts, ends: f.ends, replaces: f.replaces }), ...(f.mode ? { order: optional({ number: f.order_number, on: f.order_on }) } : order(f)) }),
  ScheduleSlots: (f, form) => {
    const place = { weekday: Number(f.weekday), number: Number(f.number), week: f.week, room: f.room, ...optional({ first: f.first, last: f.last }) };
    const pages = [f.journal, ...[...form.querySelectorAll("[name=with]:checked")].map((box) => box.value)];
    return { slots: pages.map((journal) => ({ journal, ...place })), joint: pages.length > 1 };
  },
  MoveSlot: (f) => ({ slot: f.slot, since: f.since, weekday: Number(f.weekday), number: Number(f.number), room: f.room }),
  EndSlot: (f) => ({ slot: f.slot, since: f.since }),
};

for (const form of forms) {
  const name = form.dataset.command;
  const title = form.querySelector("h2").textContent;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(`timetable/${name}`, name, bodies[name](Object.fromEntries(new FormData(form)), form), title);
  });
  watch(`timetable/${name}`, form, { saved: showAnew });
}

const menu = document.getElementById("lesson-menu");
let chosen = null; // the dataset of the lesson whose menu is open

const applies = {
  stands: ({ gone }) => !gone,
  moved: ({ gone }) => gone === "cancelled" || gone === "moved",
  extra: ({ gone, weekly }) => !gone && !weekly,
  weekly: ({ weekly }) => Boolean(weekly),
};

for (const button of document.querySelectorAll("[data-menu]")) {
  button.addEventListener("click", () => {
    chosen = button.dataset;
    menu.querySelector("[data-what]").textContent = chosen.what;
    for (const each of menu.querySelectorAll("[data-when]")) each.hidden = !applies[each.dataset.when](chosen);
    menu.showModal();
  });
}
for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => open(button.dataset.open, menu.contains(button) ? chosen : button.dataset.weekday ? button.dataset : null));
}
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());

// The form begins with the lesson as it stands; of a new one only what the page says.
function open(id, lesson) {
  menu.close();
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  form.reset();
  form.querySelector("[data-saying]").textContent = "";
  dialog.querySelector("p[data-what]")?.replaceChildren(lesson?.what ?? "");
  if (lesson) fill(form, { ...lesson, replaces: lesson.lesson, on: lesson.begun ? "" : lesson.date, since: lesson.begun ? "" : lesson.date });
  else if (form.elements.replaces) form.elements.replaces.value = "";
  form.dispatchEvent(new Event("change"));
  dialog.showModal();
}

function fill(form, values) {
  for (const field of form.elements) if (field.name in values) field.value = values[field.name];
}

// Only pages of the same teacher can be joined; the form of a lesson is asked of what needs one.
for (const form of forms) {
  form.addEventListener("change", () => {
    const page = form.elements.journal?.selectedOptions[0];
    for (const label of form.querySelectorAll("[data-joint] label")) {
      const shared = page?.dataset.teachers.split(" ").filter(Boolean).some((each) => label.dataset.teachers.includes(each));
      label.hidden = !shared || label.dataset.class === page.dataset.class;
      if (label.hidden) label.firstElementChild.checked = false;
    }
    const joint = form.querySelector("[data-joint]");
    if (joint) joint.hidden = !joint.querySelector("label:not([hidden])");
    for (const label of form.querySelectorAll("[data-for-mode]")) label.hidden = !label.dataset.forMode.split(" ").includes(form.elements.mode.value);
  });
}
