// What was typed and not yet acknowledged. It lies in localStorage under the account, one key an item, so that it
// survives a lost connection, a closed tab, the idle lock and signing in again. A command id is minted once per
// action and never reused for another body: two tabs sending the same item write it once.
import { freshToken, send } from "./commands.js";
import { unlock, showSignedOut } from "./lock.js";
import { refusal } from "./words.js";

const PREFIX = `letopis:outbox:${document.body.dataset.account}:`;
const LONGEST_WAIT = 30_000; // ms between attempts
// Refused on the page that says so, these leave nothing to send again and nothing typed to lose.
const EMPTY_HANDED = ["WithdrawWork", "AddWork", "CompleteLesson", "AttachLink", "WithdrawMaterial", "TakeAttendance", "SetNoHomework", "PermitLateEntries", "DeclineLateEntries", "WithdrawLateEntry", "ScheduleSlots", "EndSlot", "MoveSlot", "CancelLesson", "RestoreLesson", "MoveLesson", "ScheduleExtraLesson", "WithdrawExtraLesson", "WithdrawExplanation", "DecideDispute", "DrawUpPlan", "ChangePlan", "ApprovePlan", "ReturnPlan", "BindPlan", "UnbindPlan", "RecordSubstitutions", "CancelSubstitution", "RecordStaffAbsence", "ReturnTeacher", "RecordLongSubstitution", "EndLongSubstitution", "GrantPeriodMarks", "NumberOrder"];
const items = new Map();
let pumping = false;
let timer = 0;

export const outbox = new EventTarget(); // "change" with detail {item, answer}: every step of every item

// `cell` names what the item is about on its page; `title` says it in words, on this page only; `delay` ms before it may be sent.
export function put({ name, body, cell = "", title = "", delay = 0 }) {
  const item = { id: newId(), name, body, cell, title, page: location.pathname + location.search, made: Date.now(), after: Date.now() + delay, tries: 0, frozen: false, state: "waiting" };
  items.set(item.id, item);
  store(item);
  tell(item);
  wake(delay);
  return item;
}

// The newest item of a cell that was never sent: it may still be changed without leaving a trace.
export function unsent(cell) {
  return [...items.values()].findLast((item) => item.cell === cell && !item.frozen && item.state === "waiting");
}

export function change(item, body, delay = 0) {
  item.body = body;
  item.after = Date.now() + delay;
  store(item);
  tell(item);
  wake(delay);
}

export function drop(item) {
  remove(item);
  tell({ ...item, state: "gone" });
}

export const all = () => [...items.values()].sort((a, b) => a.made - b.made);

export function retry() {
  for (const item of items.values()) if (item.state === "waiting") item.after = Math.min(item.after, Date.now());
  wake(0);
}

function wake(delay) {
  clearTimeout(timer);
  timer = setTimeout(pump, delay);
}

async function pump() {
  if (pumping) return;
  pumping = true;
  try {
    let item;
    while ((item = next()) && (await deliver(item)));
  } finally {
    pumping = false;
  }
  const waiting = all().filter((item) => item.state === "waiting").map((item) => item.after);
  if (waiting.length && !paused) wake(Math.max(50, Math.min(...waiting) - Date.now()));
}

// A cell typed twice is told twice in that order, so the second waits for the first; other cells do not.
function next() {
  const waiting = all().filter((item) => item.state === "waiting");
  const first = (item) => !item.cell || waiting.find((other) => other.cell === item.cell) === item;
  return paused ? undefined : waiting.find((item) => item.after <= Date.now() && first(item));
}

let paused = false; // signed out: nothing is sent until somebody comes back to this page

async function deliver(item) {
  item.frozen = true;
  item.sending = true;
  store(item);
  tell(item);
  const answer = await send(item.id, item.name, item.body);
  item.sending = false;
  return outcome[answer.kind](item, answer);
}

const outcome = {
  saved: (item, answer) => finish(item, answer),
  conflict: (item, answer) => settle(item, answer),
  confirm: (item, answer) => settle(item, answer),
  refused(item, answer) {
    item.state = "refused";
    item.sentence = refusal(answer);
    const told = isHere(item) && (EMPTY_HANDED.includes(item.name) || ["malformed", "http-413"].includes(answer.code));
    if (told) remove(item);
    else store(item); // kept until the person has read it, perhaps on another page
    tell(item, answer);
    return true;
  },
  unreachable(item, { wait = 0 }) {
    item.tries += 1;
    item.after = Date.now() + Math.max(wait * 1000, Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(item.tries, 6)) * (0.75 + Math.random() / 2));
    store(item);
    tell(item, { kind: "unreachable" });
    return false;
  },
  async locked(item) {
    tell(item, { kind: "locked" });
    await unlock();
    return true;
  },
  async stale(item) {
    if (await freshToken()) return true;
    return outcome["signed-out"](item);
  },
  "signed-out"(item) {
    tell(item, { kind: "signed-out" });
    paused = true;
    showSignedOut();
    return false;
  },
};

// A question is asked on the page it was typed on; on another one the item is kept with its sentence.
function settle(item, answer) {
  return isHere(item) ? finish(item, answer) : outcome.refused(item, { ...answer, kind: "refused" });
}

const isHere = (item) => item.page === location.pathname + location.search;

function remove(item) {
  items.delete(item.id);
  forget(item);
}

function finish(item, answer) {
  remove(item);
  item.state = answer.kind;
  tell(item, answer);
  if (item.tries > 0) for (const other of items.values()) if (other.tries > 0) other.after = 0; // the line is back
  return true;
}

function tell(item, answer = null) {
  outbox.dispatchEvent(new CustomEvent("change", { detail: { item, answer } }));
}

// Ids only: what says a pupil's name stays on the page, and a dropped item does not come back.
function store(item) {
  if (!items.has(item.id)) return;
  const { title, ...kept } = item;
  try { localStorage.setItem(PREFIX + item.id, JSON.stringify(kept)); } catch { item.memoryOnly = true; }
}

function forget(item) {
  try { localStorage.removeItem(PREFIX + item.id); } catch { item.memoryOnly = true; }
}

function load() {
  let keys = [];
  try { keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return; }
  for (const key of keys) {
    const item = JSON.parse(localStorage.getItem(key));
    items.set(item.id, { ...item, title: "", sending: false, after: item.state === "waiting" ? Date.now() : item.after });
  }
}

// crypto.randomUUID exists on https and localhost only; a school's own server may be plain http.
export function newId() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  return [...b].map((x) => x.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function comeBack() {
  paused = false;
  retry();
}

load();
addEventListener("online", comeBack);
document.addEventListener("visibilitychange", () => { if (!document.hidden) comeBack(); });
addEventListener("storage", (event) => {
  const item = event.newValue === null && event.key?.startsWith(PREFIX) && items.get(event.key.slice(PREFIX.length));
  if (item && !item.sending) { items.delete(item.id); tell({ ...item, state: "gone" }); } // another tab has settled it
});
addEventListener("beforeunload", (event) => { if (all().some((item) => item.memoryOnly && item.state === "waiting")) event.preventDefault(); });
setTimeout(retry, 0); // after the page's own scripts have begun to listen
