// «Отменить»: for ten seconds after a save the person may take it back. Whatever waited for the line was no slip of the
// hand: it is put right as anything else is.
import { send } from "./commands.js";
import { newId, outbox } from "./outbox.js";
import { refusal, words } from "./words.js";

const TIME = 10_000; // ms; the journal counts its own ten seconds
const KEY = `letopis:take-back:${document.body.dataset.account}`; // a plan that was taken over shows itself on another page
const DONE = `${KEY}/done`; // the name of the command that was taken back: the page made anew says so
const FEET = ".bar, .period-bar, .decide, .save, .issue, .time-bar"; // what sticks to the foot of the window
const GAP = 8; // px
const MAY = new Set(["GiveMark", "WithdrawMark", "FillColumn", "AddWork", "WithdrawWork", "NoteAbsence", "WithdrawAbsence", "TakeAttendance", "RecordTopic", "RecordBriefing", "CompleteLesson", "SetHomework", "SetNoHomework", "SetIndividualHomework", "AttachLink", "WithdrawMaterial", "ExplainAbsences", "WithdrawExplanation", "DisputeAbsence", "DecideDispute", "RequestLateEntry", "PermitLateEntries", "DeclineLateEntries", "WithdrawLateEntry", "ChangePlan", "SetPeriodMarks", "RecheckPeriodMark", "RequestException", "RequestCorrections", "RequestBulkCorrection", "WithdrawCorrection", "DeclineCorrections", "ForwardErrorReports"]);

const box = document.querySelector("[data-take-back]");
const saying = box.querySelector("[data-saying]");
const button = box.querySelector("button");
let last = null; // {id, name, until}
let timer = 0;

function show(action, title) {
  last = action;
  sessionStorage.setItem(KEY, JSON.stringify(action)); // ids and names of commands only: no pupil is named there
  say(words.takeBack.saved(title || words.did[action.name] || words.takeBack.action));
  button.hidden = false;
  box.style.setProperty("--left", `${action.until - Date.now()}ms`);
  box.classList.remove("running");
  void box.offsetWidth; // so that the line begins anew
  box.classList.add("running");
  hideAfter(action.until - Date.now());
}

function say(text, tone = "") {
  saying.textContent = text;
  saying.dataset.tone = tone;
  box.hidden = false;
  stand();
}

// Above whatever keeps to the foot of the window, so that it covers none of its buttons, however many lines they take.
function stand() {
  const tops = [...document.querySelectorAll(FEET)].map((foot) => foot.getBoundingClientRect())
    .filter(({ height, bottom }) => height && bottom > innerHeight - GAP).map(({ top }) => top);
  box.style.bottom = `${innerHeight - Math.min(innerHeight, ...tops) + GAP}px`;
}

function hideAfter(time) {
  clearTimeout(timer);
  timer = setTimeout(hide, time);
}

function hide() {
  last = null;
  sessionStorage.removeItem(KEY);
  if (box.contains(document.activeElement)) document.activeElement.blur();
  box.hidden = true;
}

async function takeBack() {
  const action = last;
  if (!action) return;
  last = null;
  clearTimeout(timer);
  sessionStorage.removeItem(KEY);
  button.hidden = true;
  box.classList.remove("running");
  say(words.takeBack.going);
  const answer = await send(newId(), "TakeBack", { command: action.id });
  if (answer.kind === "saved") {
    sessionStorage.setItem(DONE, action.name);
    return location.reload();
  }
  say({ unreachable: words.takeBack.noNetwork, locked: words.locked, "signed-out": words.signedOut, stale: words.otherAccount }[answer.kind] ?? refusal(answer), "bad");
  hideAfter(TIME);
}

// Only the last action is taken back: another one on its way ends the offer.
outbox.addEventListener("change", ({ detail: { item, answer } }) => {
  if (item.sending && last && last.id !== item.id) hide();
  if (answer?.kind !== "saved" || !answer.position || answer.repeated) return;
  const atOnce = item.tries === 0 && item.page === location.pathname + location.search;
  if (atOnce && MAY.has(item.name)) show({ id: item.id, name: item.name, until: Date.now() + TIME }, item.title);
  else if (last) hide();
});
button.addEventListener("click", takeBack);
const feet = new ResizeObserver(() => { if (!box.hidden) stand(); });
for (const foot of document.querySelectorAll(FEET)) feet.observe(foot);
for (const moved of ["resize", "scroll"]) addEventListener(moved, () => { if (!box.hidden) stand(); }, { passive: true });
addEventListener("keydown", (event) => {
  const chord = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyZ";
  if (!chord || !last || event.target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  takeBack();
});

const done = sessionStorage.getItem(DONE);
sessionStorage.removeItem(DONE);
if (done) {
  button.hidden = true;
  say(words.takeBack.done(words.did[done] || words.takeBack.action));
  hideAfter(TIME * 0.3);
}

const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
if (kept && kept.until > Date.now()) show(kept, "");
else sessionStorage.removeItem(KEY);
