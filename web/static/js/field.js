// A field of a lesson (topic, homework, presence): sends one command and says under itself how it went.
import { wanted } from "./confirm.js";
import { askLate } from "./late_entry.js";
import { change, drop, outbox, put, all, unsent } from "./outbox.js";
import { delay, hhmm, words } from "./words.js";

const listeners = new Map(); // cell name -> field

// `field` has [data-saying] and, where the way out may be shown, [data-way-out]; `onSaved(item, answer)` is optional.
export function watch(cell, field, onSaved = () => {}) {
  listeners.set(cell, { field, onSaved });
  for (const item of all()) if (item.cell === cell) tell(field, item.state === "refused" ? item.sentence : words.unsaved, "warn");
}

export function submit(cell, name, body, title) {
  for (const item of all()) if (item.cell === cell && item.state === "refused") drop(item);
  const waiting = unsent(cell);
  if (waiting?.name === name) change(waiting, body);
  else put({ name, body, cell, title });
}

function tell(field, text, tone = "", way = []) {
  const saying = field.querySelector("[data-saying]");
  saying.textContent = text;
  saying.dataset.tone = tone;
  field.querySelector("[data-way-out]")?.replaceChildren(...way);
}

const told = {
  saved(field, item, answer, onSaved) {
    const late = (answer.findings ?? []).find((finding) => finding.delay);
    tell(field, words.saved(hhmm(answer.recorded_at)) + (late ? `, ${words.late(delay(late.delay))}` : ""), late ? "warn" : "");
    onSaved(item, answer);
  },
  refused(field, item, answer) {
    const way = answer.way_out === "request_late_entry" ? [lateButton(field, item)] : [];
    tell(field, answer.clause ? `${answer.sentence} (${answer.clause})` : answer.sentence, "bad", way);
  },
  async confirm(field, item, answer) {
    tell(field, "");
    if (await wanted(answer)) submit(item.cell, item.name, { ...item.body, confirmed: true }, item.title);
  },
  conflict: (field, item, answer) => tell(field, answer.sentence, "bad"),
  unreachable: (field) => tell(field, words.unsaved, "warn"),
  locked: (field) => tell(field, words.locked, "warn"),
  "signed-out": (field) => tell(field, words.signedOut, "warn"),
};

function lateButton(field, item) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-primary", textContent: words.askLate });
  button.addEventListener("click", async () => {
    const lesson = item.body.lesson;
    if (await askLate({ what: item.title, choices: [{ lesson, target: field.dataset.target }, { lesson, target: "lesson" }] })) {
      drop(item);
      tell(field, words.asked);
    }
  });
  return button;
}

outbox.addEventListener("change", ({ detail: { item, answer } }) => {
  const found = listeners.get(item.cell);
  if (!found) return;
  if (answer) told[answer.kind]?.(found.field, item, answer, found.onSaved);
  else if (item.state === "waiting" && (item.sending || item.tries === 0)) tell(found.field, words.saving);
});
