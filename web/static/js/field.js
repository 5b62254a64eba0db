// A field of a lesson (topic, homework, presence): sends one command and says under itself how it went.
import { wanted } from "./confirm.js";
import { askCorrection } from "./correction.js";
import { askLate } from "./late_entry.js";
import { change, drop, outbox, put, all, retry, unsent } from "./outbox.js";
import { delay, hhmm, refusal, words } from "./words.js";

const listeners = new Map(); // cell name -> field

// `field` has [data-saying] and, where the way out may be shown, [data-way-out]. Of a field another may have filled
// meanwhile, `shows(theirs)` says whether the page knows that value, and `adopt(theirs)` puts it there.
export function watch(cell, field, { saved = () => {}, refused = () => {}, shows = () => false, adopt = () => location.reload() } = {}) {
  listeners.set(cell, { field, saved, refused, shows, adopt });
  for (const item of all()) if (item.cell === cell) tell(field, item.state === "refused" ? item.sentence : words.unsaved, "warn");
}

let leaving = false; // what is pressed between an answer and the page that shows it was meant for the page before

// A page that is made anew by what was saved on it.
export function showAnew() {
  leaving = true;
  location.reload();
}

// The same thing pressed again while it is on its way is one action: a second id would write it twice.
export function submit(cell, name, body, title) {
  if (leaving) return;
  for (const item of all()) if (item.cell === cell && item.state === "refused") drop(item);
  const waiting = unsent(cell);
  const onItsWay = waiting ? undefined : all().findLast((item) => item.cell === cell && item.state === "waiting");
  if (onItsWay?.name === name && JSON.stringify(onItsWay.body) === JSON.stringify(body)) retry();
  else if (waiting?.name === name) change(waiting, body);
  else put({ name, body, cell, title });
}

// What was typed again meanwhile must say it saw the entry just written.
export function follow(cell, seen) {
  const waiting = unsent(cell);
  if (waiting && "seen" in waiting.body) change(waiting, { ...waiting.body, seen });
}

function tell(field, text, tone = "", way = []) {
  const saying = field.querySelector("[data-saying]");
  saying.textContent = text;
  saying.dataset.tone = tone;
  field.querySelector("[data-way-out]")?.replaceChildren(...way);
}

const told = {
  saved({ field, saved }, item, answer) {
    if ("old" in field.dataset) field.dataset.old = item.body.text ?? words.correction.notSet;
    const late = (answer.findings ?? []).find((finding) => finding.delay);
    tell(field, words.saved(hhmm(answer.recorded_at)) + (late ? `, ${words.late(delay(late.delay))}` : ""), late ? "warn" : "");
    saved(item, answer);
  },
  refused({ field, refused }, item, answer) {
    const late = answer.way_out === "request_late_entry" ? [lateButton(field, item)] : [];
    tell(field, refusal(answer), "bad", [...correctionButton(field, item, answer), ...late]);
    refused(item, answer);
  },
  async confirm({ field }, item, answer) {
    tell(field, "");
    if (await wanted(answer)) submit(item.cell, item.name, { ...item.body, confirmed: true }, item.title);
  },
  conflict({ field, shows, adopt }, item, { theirs, sentence }) {
    if (!theirs) return tell(field, sentence, "bad");
    const submitAs = (change) => submit(item.cell, item.name, { ...item.body, ...change }, item.title);
    if (item.body.also?.includes(theirs.lesson)) {
      const only = () => {
        for (const box of document.querySelectorAll("[data-parallels] input")) box.checked &&= box.value !== theirs.lesson;
        submitAs({ also: item.body.also.filter((lesson) => lesson !== theirs.lesson) });
      };
      return choose(field, `${sentence} ${words.there(theirs.by, theirs.value, hhmm(theirs.at))}`, [{ title: words.withoutClass, act: only }]);
    }
    const stands = words.conflict(theirs.by, theirs.value || words.empty, theirs.at ? hhmm(theirs.at) : "");
    const mine = () => submitAs({ seen: theirs.seen });
    if (shows(theirs)) return mine(); // the value is the one on the screen, only its entry is newer
    const keep = () => { tell(field, ""); adopt(theirs); };
    return choose(field, stands, [
      { title: words.theirs(theirs.value || words.empty), key: "О", code: "KeyJ", act: keep },
      { title: words.mine(wording(item)), key: "М", code: "KeyV", act: mine },
    ]);
  },
  unreachable: ({ field }) => tell(field, words.unsaved, "warn"),
  locked: ({ field }) => tell(field, words.locked, "warn"),
  "signed-out": ({ field }) => tell(field, words.signedOut, "warn"),
};

// Whoever was writing here gets the choice under the hand, first the one that overwrites nothing: a second press
// of Enter must not.
function choose(field, text, choices) {
  const buttons = choices.map(({ title, key, act }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-secondary me-1 mt-1", textContent: `${title} ` });
    if (key) button.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    button.addEventListener("click", act);
    return button;
  });
  tell(field, text, "bad", buttons);
  field.querySelector("[data-way-out]").onkeydown = (event) => {
    const chosen = choices.find(({ code }) => code === event.code);
    if (!chosen) return;
    event.preventDefault(); // the letter is an answer and no part of the text that gets the focus back
    chosen.act();
  };
  if (document.activeElement === document.body || field.contains(document.activeElement)) buttons[0].focus();
}

const wording = ({ name, body }) => body.text ?? (name === "TakeAttendance" ? words.asMarked : words.notSet);

function lateButton(field, item) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-primary", textContent: words.askLate });
  button.addEventListener("click", async () => {
    const { lesson, to } = item.body;
    const target = to === "homework" ? to : field.dataset.target; // a link hangs on the lesson or on its homework
    if (await askLate({ what: item.title, choices: [{ lesson, target }, { lesson, target: "lesson" }] })) {
      drop(item);
      tell(field, words.asked);
    }
  });
  return button;
}

// What stands past its deadline wants a correction; an empty field a late entry.
function correctionButton(field, item, { way_out: wayOut }) {
  if (!field.dataset.old || !["request_late_entry", "request_correction"].includes(wayOut)) return [];
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-primary me-1", textContent: words.correction.title });
  const { target, old, seen } = field.dataset;
  const wish = { target, lesson: item.body.lesson, old, seen: Number(seen), new: item.body.text ?? words.correction.notSet };
  button.addEventListener("click", async () => {
    if (!(await askCorrection({ what: item.title, items: [wish] }))) return;
    drop(item);
    tell(field, words.correction.asked);
  });
  return [button];
}

outbox.addEventListener("change", ({ detail: { item, answer } }) => {
  const found = listeners.get(item.cell);
  if (!found) return;
  if (answer) told[answer.kind]?.(found, item, answer);
  else if (item.state === "waiting" && (item.sending || item.tries === 0)) tell(found.field, words.saving);
});
