// Before the close of a period: one reminder to all listed; sheets are closed a class at a time, with how far it is.
import { send } from "./commands.js";
import { sure, wanted } from "./confirm.js";
import { refusal, words } from "./words.js";

const acts = document.getElementById("readiness");
const said = (button) => JSON.parse(button.dataset.close ?? button.dataset.square);
const saying = (text, tone = "") => {
  const line = acts.querySelector("[data-saying]");
  Object.assign(line.dataset, { tone });
  line.textContent = text;
};
const why = (answer) => ({ unreachable: words.noNetwork, locked: words.locked, "signed-out": words.signedOut, stale: words.otherAccount }[answer.kind] ?? refusal(answer));

// What was asked once keeps its id, so that asking again after a lost answer does nothing twice.
async function give(about, name, body, sureOf) {
  about.id ??= crypto.randomUUID();
  const answer = await send(about.id, name, body);
  if (answer.kind !== "confirm") return answer;
  if (!sureOf && !(await wanted(answer))) return { kind: "left" };
  about.sure ??= crypto.randomUUID();
  return send(about.sure, name, { ...body, confirmed: true });
}

function lacking() {
  const squares = [...document.querySelectorAll("[data-square]")];
  const byPeriod = new Map();
  for (const { period, lacking: pages } of (squares.length ? squares : [...document.querySelectorAll("[data-close]")]).map(said)) {
    byPeriod.set(period, [...new Set([...(byPeriod.get(period) ?? []), ...pages])]);
  }
  return [...byPeriod].filter(([, pages]) => pages.length);
}

async function remind(form) {
  const listed = lacking();
  if (!listed.length) return saying(words.readiness.nothing);
  for (const [period, journals] of listed) {
    const answer = await give({}, "RemindReadiness", { period, journals, text: form.elements.text.value.trim() }, false);
    if (answer.kind === "left") return saying("");
    if (answer.kind !== "saved") return saying(why(answer), "bad");
  }
  location.reload();
}

const work = { queue: [], done: 0, all: 0, running: false };

function shown(at = "") {
  const line = acts.querySelector(".closing");
  line.hidden = false;
  Object.assign(line.querySelector("progress"), { max: work.all, value: work.done });
  line.querySelector("[data-progress]").textContent = words.readiness.progress(work.done, work.all, at);
  line.querySelector("[data-stop]").textContent = work.running ? words.readiness.stop : words.readiness.go;
}

function refused(each, sentence) {
  const line = document.createElement("li");
  line.textContent = `${each.class}: ${sentence}`;
  acts.querySelector("[data-refused]").append(line);
}

async function run() {
  work.running = true;
  saying("");
  while (work.queue.length && work.running) {
    const each = work.queue[0];
    shown(each.class);
    const sheets = each.journals.map((journal) => ({ journal, period: each.period }));
    const answer = await give(each, "ClosePeriods", { sheets }, each.missing.length > 0);
    if (["unreachable", "locked", "signed-out", "stale"].includes(answer.kind)) {
      saying(why(answer), "bad");
      work.running = false;
      break;
    }
    work.queue.shift();
    work.done += 1;
    if (answer.kind !== "saved") refused(each, answer.kind === "left" ? words.readiness.left : refusal(answer));
  }
  if (work.queue.length && !acts.querySelector("[data-saying]").textContent) saying(words.readiness.stopped(work.done, work.all));
  work.running = false;
  shown();
  acts.querySelector("[data-stop]").hidden = !work.queue.length;
  if (!work.queue.length && !acts.querySelector("[data-refused]").children.length) location.reload();
}

const LISTED = 6; // classes named in the question; a school has forty

async function close(asked) {
  if (work.running || !asked.length) return;
  const lines = asked.filter((each) => each.missing.length).map((each) => `${each.class} — ${each.missing.join(", ")}`);
  const question = {
    title: words.readiness.close(asked.reduce((n, each) => n + each.journals.length, 0)),
    text: lines.length ? words.readiness.missing(lines.slice(0, LISTED), Math.max(0, lines.length - LISTED)) : words.readiness.full,
    yes: lines.length ? words.readiness.anyway : words.readiness.yes,
    no: words.readiness.keep,
  };
  if (!(await sure(question))) return;
  acts.querySelector("[data-refused]").replaceChildren();
  acts.querySelector("[data-stop]").hidden = false;
  Object.assign(work, { queue: asked, done: 0, all: asked.length });
  await run();
}

if (acts) {
  acts.querySelector("[data-remind-count]").textContent = words.readiness.pages(lacking().reduce((n, [, pages]) => n + pages.length, 0));
  acts.querySelector("[data-remind]").addEventListener("submit", (event) => {
    event.preventDefault();
    remind(event.target);
  });
  acts.querySelector("[data-stop]").addEventListener("click", () => { if (work.running) work.running = false; else run(); });
  acts.querySelector("[data-close-all]")?.addEventListener("click", () => close([...document.querySelectorAll("[data-close]")].map(said)));
  document.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", () => close([said(button)])));
}
