// More of the lesson panel: how a topic begins, the briefing, materials, the kind of a new work, «Завершить урок».
import { follow, showAnew, submit, watch } from "./field.js";
import { sheet } from "./grid.js";
import { newId } from "./outbox.js";
import { hhmm, refusal, words } from "./words.js";

const { lesson, what } = sheet.dataset;
const field = (name) => document.querySelector(`[data-field="${name}"]`);
const cell = (name) => `${lesson}/${name}`;

// --- the topic: a prefix stands before what was typed, a template in its place ------------------
const topic = field("topic").elements.text;
field("topic").addEventListener("click", ({ target }) => {
  const { prefix, fill } = target.dataset;
  if (prefix === undefined && fill === undefined) return;
  if (fill !== undefined) topic.value = fill;
  else if (!topic.value.includes(prefix)) topic.value = `${prefix} ${topic.value}`.trimEnd() + (topic.value ? "" : " ");
  topic.dispatchEvent(new Event("input", { bubbles: true }));
  topic.focus();
  topic.setSelectionRange(topic.value.length, topic.value.length);
});

// --- the safety briefing (R-108) --------------------------------------------------------------------------------
const briefing = field("briefing");
if (briefing) {
  const text = briefing.elements.text;
  text.addEventListener("focus", () => { if (!text.value) { text.value = words.briefing; text.select(); } });
  briefing.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim()) submit(cell("briefing"), "RecordBriefing", { lesson, text: text.value.trim(), seen: Number(briefing.dataset.seen) }, `${what}: ${words.did.RecordBriefing}`);
  });
  watch(cell("briefing"), briefing, {
    saved(item, answer) {
      const position = answer.parts.find((part) => part.event === "BriefingRecorded")?.position;
      if (!position) return;
      briefing.dataset.seen = position;
      follow(item.cell, position);
    },
    adopt(theirs) {
      briefing.dataset.seen = theirs.seen;
      text.value = theirs.value;
    },
  });
}

// --- the lesson is filled in --------------------------------------------------------------------------------------
const complete = document.querySelector("[data-complete]");
complete?.addEventListener("click", () => submit(cell("completion"), "CompleteLesson", { lesson }, `${what}: ${words.did.CompleteLesson}`));
if (field("completion")) watch(cell("completion"), field("completion"), {
  saved() {
    const done = Object.assign(document.createElement("span"), { className: "hint", textContent: complete.dataset.done });
    field("completion").querySelector(".complete-line").replaceChildren(Object.assign(document.createElement("b"), { textContent: words.completed }), " ", done);
  },
});

// --- a new work: only laboratory ones may be assessed individually (R-109) --------------------------------------
const kind = document.getElementById("work-kind");
const individually = document.querySelector("[data-individually]");
const showIndividually = () => { individually.hidden = !individually.dataset.individually.split(" ").includes(kind.value); };
kind?.addEventListener("change", showIndividually);
if (kind) showIndividually();

// --- links and files ------------------------------------------------------------------------------------------------
const materials = field("materials");
const attach = document.querySelector("[data-attach]");
const say = (text, tone = "") => Object.assign(materials.querySelector("[data-saying]"), { textContent: text }).setAttribute("data-tone", tone);
const place = () => attach.elements.to.value;
const title = () => attach.elements.title.value.trim();

attach?.addEventListener("submit", (event) => event.preventDefault());
attach?.querySelector("[data-attach-link]").addEventListener("click", () => {
  const url = attach.elements.url.value.trim();
  if (!url) return say(words.noLink, "warn");
  return submit(cell("materials"), "AttachLink", { lesson, url, title: title(), to: place() }, `${what}: ${words.did.AttachLink}`);
});
materials?.addEventListener("click", ({ target }) => {
  const material = "withdrawMaterial" in target.dataset && target.closest("[data-material]").dataset.material;
  if (material) submit(cell("materials"), "WithdrawMaterial", { lesson, material }, `${what}: ${words.did.WithdrawMaterial}`);
});
if (materials) watch(cell("materials"), materials, { saved: showAnew });

// A file is too large to wait in the tray for a connection: it goes at once or not at all.
const LARGEST = 10_000_000;
let sending = { file: null, id: "" }; // the same file sent again is the same action
attach?.querySelector("[data-attach-file]").addEventListener("click", async ({ currentTarget: button }) => {
  const file = attach.elements.file.files[0];
  if (!file) return say(words.nothingChosen, "warn");
  if (file.size > LARGEST) return say(words.tooLarge, "bad");
  const asked = `${file.name}/${file.size}/${file.lastModified}/${title()}/${place()}`;
  if (sending.file !== asked) sending = { file: asked, id: newId() };
  button.disabled = true;
  say(words.sendingFile);
  try {
    await upload(file);
  } finally {
    button.disabled = false;
  }
  return undefined;
});

async function upload(file) {
  const body = new FormData();
  for (const [name, value] of [["to", place()], ["title", title()], ["file", file]]) body.append(name, value);
  let response;
  let answer;
  try {
    response = await fetch(`/lesson/${lesson}/files`, { method: "POST", body, headers: { Accept: "application/json", "Idempotency-Key": sending.id, "X-CSRFToken": document.body.dataset.csrf } });
    answer = await response.json();
  } catch {
    return say(words.fileLost, "bad");
  }
  if (!response.ok) {
    sending = { file: null, id: "" }; // a refusal is final under its id
    return say(refusal({ sentence: answer.sentence ?? words.broken, clause: answer.clause }), "bad");
  }
  say(words.saved(hhmm(answer.recorded_at)));
  return location.reload();
}
