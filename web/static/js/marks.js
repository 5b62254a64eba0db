// Typing into cells: a digit, «н», a fraction, Del. What a cell becomes is decided by the journal's answer.
import { ask } from "./dialogs.js";
import { mannerOf, say, show } from "./bar.js";
import { wanted } from "./confirm.js";
import { seenMark, stateOf, update } from "./cell_state.js";
import { askCorrection } from "./correction.js";
import { cellOf, chosen, columnOf, editable, grid, keyOfCell, rowOf, sameLesson, sheet, table } from "./grid.js";
import { askLate } from "./late_entry.js";
import { all, change, drop, outbox, put, unsent } from "./outbox.js";
import { delay as inWords, hhmm, refusal, words } from "./words.js";

const [PAUSE, PAUSE_FRACTION] = [600, 1600]; // ms in which a digit may still be retyped or become a fraction
const DEAF = 1500; // ms after a «/» where no fraction stands, in which its second digit may still come
const GREEN = 4000; // ms a saved cell keeps its line

// By the position of the key, so that the layout does not matter: «н» is the key Y.
function typed(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && !event.shiftKey) return digit[1];
  if (event.key === "/" || event.code === "NumpadDivide" || (event.code === "Slash" && !event.shiftKey)) return "/";
  if (event.code === "KeyY" || event.key.toLowerCase() === "н") return "н";
  if (event.code === "KeyV") return "mine";
  if (event.code === "KeyJ") return "theirs";
  return { Delete: "⌫", Backspace: "⌫", Escape: "esc" }[event.key];
}

export function press(td, key) {
  const state = stateOf(td);
  if (key === "esc") return dismiss(td);
  if (key === "mine" || key === "theirs") return state.status === "conflict" && state.choose[key]();
  if (state.outside) return undefined; // the bar says why
  if (columnOf(td).elsewhere) return warn(td, words.elsewhere);
  if (/[6-9]/.test(key)) return warn(td, words.oneToFive);
  if (key === "⌫") return erase(td);
  if (key === "н") return noteAbsence(td);
  return key === "/" ? slash(td) : digit(td, key);
}

function digit(td, key) {
  const state = stateOf(td);
  if (Date.now() < (state.deaf ?? 0)) return; // the «3» of a «4/3» is no mark of its own
  const half = state.status === "typing" && state.draft.endsWith("/");
  draft(td, half ? state.draft + key : key);
}

function slash(td) {
  const state = stateOf(td);
  const first = state.status === "typing" ? state.draft : state.value;
  if (!columnOf(td).fraction) return noFraction(td);
  if (!/^[1-5]$/.test(first)) return undefined;
  const waiting = unsent(keyOfCell(td));
  if (waiting) drop(waiting); // half a fraction is never sent
  return update(td, { draft: `${first}/`, status: "typing", note: { text: words.typing } });
}

// Half of what was meant is not saved instead of it.
function noFraction(td) {
  if (stateOf(td).status === "typing") clear(td);
  update(td, { deaf: Date.now() + DEAF });
  warn(td, words.fractionHere);
}

// A refusal and a colleague's value wait for an answer: nothing is said over them.
function warn(td, text) {
  if (!["refused", "conflict"].includes(stateOf(td).status)) update(td, { note: { text, tone: "warn" } });
}

function draft(td, value) {
  forgetRefusal(td);
  const state = stateOf(td);
  const pause = columnOf(td).fraction && !value.includes("/") ? PAUSE_FRACTION : PAUSE;
  update(td, { draft: value, status: "typing", note: { text: pause === PAUSE ? words.saving : words.typing } });
  if (value === state.value) return clear(td); // it stands already: no entry is made of it
  const body = { lesson: columnOf(td).lesson, work: columnOf(td).work, pupil: rowOf(td).pupil, value, ...mannerOf(columnOf(td)), seen: seenMark(state) };
  return queue(td, "GiveMark", body, pause);
}

function queue(td, name, body, delay = 0) {
  const waiting = unsent(keyOfCell(td));
  if (waiting?.name === name) {
    change(waiting, body, delay);
    return;
  }
  if (waiting) drop(waiting);
  stateOf(td).item = put({ name, body, delay, cell: keyOfCell(td), title: titleOf(td, body) });
  show();
}

const titleOf = (td, body) => `${sheet.dataset.class}, ${columnOf(td).day}, ${rowOf(td).name}: ${body.value ?? words.notSaved}`;

function clear(td) {
  const waiting = unsent(keyOfCell(td));
  if (waiting) drop(waiting);
  update(td, { draft: null, status: "", note: null });
  show();
}

function dismiss(td) {
  const state = stateOf(td);
  forgetRefusal(td);
  if (state.status === "typing" || state.status === "refused" || state.status === "conflict") clear(td);
}

function forgetRefusal(td) {
  for (const item of all()) if (item.cell === keyOfCell(td) && item.state === "refused") drop(item);
}

async function erase(td) {
  const state = stateOf(td);
  if (["typing", "refused", "conflict"].includes(state.status)) return dismiss(td);
  const where = { lesson: columnOf(td).lesson, pupil: rowOf(td).pupil };
  if (state.value) {
    update(td, { draft: "", status: "saving", note: { text: words.saving } });
    return queue(td, "WithdrawMark", { ...where, work: columnOf(td).work, seen: state.seen });
  }
  if (!state.absent) return undefined;
  const dialog = document.getElementById("came");
  dialog.querySelector("[data-who]").textContent = `${rowOf(td).name}, ${columnOf(td).day}`;
  const answer = await ask(dialog);
  td.focus();
  if (answer !== "late" && answer !== "mistake") return undefined;
  update(td, { draft: "", status: "saving", note: { text: words.saving } });
  return queue(td, "WithdrawAbsence", { ...where, came_late: answer === "late", seen: state.seen });
}

function noteAbsence(td) {
  forgetRefusal(td);
  if (stateOf(td).absent) return;
  update(td, { draft: "н", status: "saving", note: { text: words.saving } });
  queue(td, "NoteAbsence", { lesson: columnOf(td).lesson, pupil: rowOf(td).pupil, seen: 0 });
}

// --- what the journal answered -------------------------------------------------------------------------------

const drafted = { GiveMark: (body) => body.value, NoteAbsence: () => "н", WithdrawMark: () => "", WithdrawAbsence: () => "" };

function onChange({ detail: { item, answer } }) {
  const td = cellOf(item.cell);
  if (!td || !drafted[item.name]) return;
  const state = stateOf(td);
  if (answer) answered[answer.kind]?.(td, item, answer);
  else if (item.state === "waiting") waits(td, item, state);
  if (td === chosen()) show();
}

function waits(td, item, state) {
  if (state.status === "typing" && !item.sending) return;
  if (unsent(item.cell) && unsent(item.cell) !== item) return; // a newer draft is on the screen
  const unsaved = item.tries > 0 && !item.sending;
  update(td, { draft: drafted[item.name](item.body), status: unsaved ? "unsaved" : "saving", note: { text: unsaved ? words.unsaved : words.saving, tone: unsaved ? "warn" : "" } });
}

const answered = {
  saved(td, item, answer) {
    apply(td, item, answer);
    follow(item, stateOf(td).seen);
    const { then } = stateOf(td);
    update(td, { then: null });
    if (then && item.name === "WithdrawAbsence") return queue(td, "GiveMark", then);
    const late = (answer.findings ?? []).find((finding) => finding.delay);
    const literacy = onTwoPages(answer) ? words.literacy(item.body.value.split("/")[1]) : "";
    const text = words.saved(hhmm(answer.recorded_at)) + literacy + (late ? `, ${words.late(inWords(late.delay))}` : "") + (answer.pages === "pending" ? words.pending : "");
    if (late) update(td, { late: true, said: words.late(inWords(late.delay)) });
    if (unsent(item.cell)) return undefined; // typed again meanwhile: that draft stays on the screen
    update(td, { draft: null, status: "saved", note: { text, tone: late ? "warn" : "" } });
    setTimeout(() => { if (stateOf(td).status === "saved") { update(td, { status: "", note: null }); if (td === chosen()) show(); } }, GREEN);
    return undefined;
  },
  refused(td, item, answer) {
    const actions = [{ title: words.dismiss, key: "Esc", act: () => { dismiss(td); td.focus(); } }];
    const wrong = standing(td, item); // what stands wants a correction, an empty cell a late entry
    if (answer.way_out === "request_late_entry") actions.unshift({ title: words.askLate, primary: !wrong, act: () => request(td, item) });
    if (wrong && ["request_late_entry", "request_correction"].includes(answer.way_out)) actions.unshift({ title: words.correction.title, primary: true, act: () => correct(td, wrong) });
    if (answer.code === "P-29" && item.name === "GiveMark" && stateOf(td).absent) actions.unshift({ title: words.cameLate(item.body.value), primary: true, act: () => cameLate(td, item) });
    update(td, { draft: drafted[item.name](item.body), status: "refused", then: null, note: { text: refusal(answer), tone: "bad", actions } });
  },
  async confirm(td, item, answer) {
    update(td, { draft: drafted[item.name](item.body), status: "saving" });
    const yes = await wanted(answer);
    td.focus();
    if (yes) queue(td, item.name, { ...item.body, confirmed: true }); // another action, so another command id
    else clear(td);
  },
  conflict(td, item, { theirs }) {
    const state = stateOf(td);
    const [mine, value] = [drafted[item.name](item.body), theirs.value ?? ""];
    const pair = mine.includes("/") && !value.includes("/"); // its other half may be the newer one
    if (value === state.value && !pair) { // the value is the one on the screen, only its entry is newer
      state.seen = theirs.seen;
      return queue(td, item.name, { ...item.body, seen: theirs.seen });
    }
    const again = () => { update(td, { status: "saving" }); queue(td, item.name, { ...item.body, seen: theirs.seen }); td.focus(); };
    const keep = () => { clear(td); td.focus(); };
    update(td, {
      value: value === "н" ? "" : value, absent: value === "н", seen: theirs.seen, draft: mine, status: "conflict", choose: { mine: again, theirs: keep },
      note: { tone: "bad", text: words.conflict(theirs.by ?? "", value || words.empty, theirs.at ? hhmm(theirs.at) : ""),
        actions: [{ title: words.mine(mine || words.empty), key: "М", act: again, primary: true }, { title: words.theirs(value || words.empty), key: "О", act: keep }] },
    });
    return undefined;
  },
  unreachable: (td, item) => update(td, { draft: drafted[item.name](item.body), status: "unsaved", note: { text: words.unsaved, tone: "warn" } }),
  locked: (td, item) => update(td, { draft: drafted[item.name](item.body), status: "unsaved", note: { text: words.locked, tone: "warn" } }),
  "signed-out": (td, item) => update(td, { draft: drafted[item.name](item.body), status: "unsaved", note: { text: words.signedOut, tone: "warn" } }),
};

// The answer says where it was written, not what the cell is now: what was asked is what stands.
function apply(td, { name, body }, answer) {
  const { position: written } = answer;
  const state = stateOf(td);
  const position = written ?? state.seen; // null: it stood already, nothing was written
  if (written && name !== "NoteAbsence" && name !== "WithdrawAbsence") oldMean(td);
  if (name === "GiveMark") update(td, { again: state.again || Boolean(state.value), value: onTwoPages(answer) ? body.value.split("/")[0] : body.value, ...(body.manner ? { said: words.manner[body.manner] } : {}), seen: position });
  if (name === "WithdrawMark") update(td, { value: "", seen: 0, again: true });
  if (name === "NoteAbsence") for (const cell of sameLesson(td)) update(cell, { absent: true, seen: stateOf(cell).value ? stateOf(cell).seen : position });
  if (name === "WithdrawAbsence") for (const cell of sameLesson(td)) update(cell, { absent: false, seen: stateOf(cell).value ? stateOf(cell).seen : 0 });
}

// Of an essay in grades 10–11 the second part stands on the page of Russian (P-28), whoever asked in which form.
const onTwoPages = ({ parts }) => (parts ?? []).some((part) => part.event === "LiteracyMarkGiven");

// The mean is counted by the regulation (P-25), so the page does not guess the new one.
function oldMean(td) {
  const mean = td.parentNode.querySelector("td.mean");
  if (!mean?.textContent.trim() || mean.querySelector("s")) return;
  mean.replaceChildren(Object.assign(document.createElement("s"), { textContent: mean.textContent.trim(), title: words.oldMean }));
}

// What was typed into the cell meanwhile must say it saw the value just written.
function follow(item, seen) {
  const waiting = unsent(item.cell);
  if (waiting && "seen" in waiting.body) waiting.body.seen = seen;
}

// The mark waits until the «н» is gone: that may be refused, and then its reason is the one to read.
function cameLate(td, { body: { lesson, work, pupil, value } }) {
  const state = stateOf(td);
  forgetRefusal(td);
  update(td, { then: { lesson, work, pupil, value, seen: 0 } });
  queue(td, "WithdrawAbsence", { lesson, pupil, came_late: true, seen: state.seen });
  td.focus();
}

async function request(td, item) {
  const { lesson, work } = columnOf(td);
  const asked = await askLate({ what: `${sheet.dataset.class}, ${columnOf(td).day}, ${rowOf(td).name}`,
    choices: item.name === "NoteAbsence" || item.name === "WithdrawAbsence"
      ? [{ lesson, target: "attendance" }, { lesson, target: "lesson" }]
      : [{ lesson, target: "mark", work, pupil: rowOf(td).pupil }, { lesson, target: "column", work }, { lesson, target: "lesson" }] });
  td.focus();
  if (!asked) return;
  dismiss(td);
  update(td, { note: { text: words.asked } });
  show();
}

// The item of RequestCorrections a refused command turns into, null where nothing stands that it would change.
function standing(td, { name, body: { lesson, work, pupil, value } }) {
  const state = stateOf(td);
  if (name === "WithdrawAbsence") return { target: "absence", lesson, pupil, old: "н", seen: state.seen };
  if (name === "NoteAbsence" || !state.value) return null;
  return { target: "mark", lesson, work, pupil, old: state.value, new: value ?? "", seen: seenMark(state) };
}

async function correct(td, item) {
  const asked = await askCorrection({ what: `${rowOf(td).name} · ${columnOf(td).day} · ${columnOf(td).kind.toLowerCase()}`, items: [item] });
  td.focus();
  if (!asked) return;
  dismiss(td);
  update(td, { note: { text: words.correction.asked } });
  show();
}

// Leaving a cell sends it at once; half a fraction is not sent at all.
grid.addEventListener("choose", ({ detail: { from, td } }) => {
  if (!from || from === td) return;
  const waiting = unsent(keyOfCell(from));
  if (waiting && stateOf(from).status === "typing") change(waiting, waiting.body, 0);
  else if (stateOf(from).status === "typing") {
    clear(from);
    say(words.fractionHalf, "warn");
  } else if (Date.now() < (stateOf(from).deaf ?? 0)) say(words.fractionHere, "warn"); // stays in sight, as Enter is on its way
});

if (editable) {
  table.addEventListener("keydown", (event) => {
    const key = event.ctrlKey || event.altKey || event.metaKey || event.target.tagName !== "TD" ? undefined : typed(event);
    if (!key) return;
    event.preventDefault();
    press(event.target, key);
    show();
  });
  document.querySelector(".pad")?.addEventListener("click", (event) => {
    const key = event.target.closest("button")?.dataset.key;
    if (key && chosen()) { press(chosen(), key); show(); }
  });
  outbox.addEventListener("change", onChange);
  for (const item of all()) {
    onChange({ detail: { item, answer: item.state === "refused" ? { kind: "refused", sentence: item.sentence } : null } });
    const td = cellOf(item.cell);
    if (td) item.title = titleOf(td, item.body);
    if (td && item.state === "waiting" && drafted[item.name]) answered.unreachable(td, item);
  }
} else {
  table.addEventListener("keydown", (event) => { if (/^(Digit|Numpad)[1-5]$|^KeyY$/.test(event.code)) say(words.readOnly); });
}
