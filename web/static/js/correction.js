// «Запросить исправление» from any place: a button with data-correction (an item of RequestCorrections, or the items to
// choose among; data-what says the place in words, data-report the error report it answers) or, from a refusal, `askCorrection`.
import { ask } from "./dialogs.js";
import { sendFrom } from "./dialog_send.js";
import { keep, kept } from "./drafts.js";
import { words } from "./words.js";

const dialog = document.getElementById("correction");
const form = dialog.querySelector("form");
const part = (name) => dialog.querySelector(`[data-${name}]`);
const fields = form.elements;
const MARK = /^[1-5](\/[1-5])?$/;
const NO_MARK = "none";
const said = words.correction;

const { noRevision } = document.body.dataset; // what the act says of a revision it refuses
let items = []; // what may be corrected in this place, the likeliest first
let answers = ""; // the error report the request answers
let done = false;

// How the wanted value of each target is shown and read: what CorrectionItem says of it.
const text = { show: ({ new: value = "", old = "" }) => { fields.text.value = value || old; }, read: () => ({ new: fields.text.value.trim() }) };
const targets = {
  mark: {
    show: ({ new: value }) => { fields.mark.value = value ?? ""; fields.no_mark.checked = value === ""; },
    read: () => ({ new: fields.no_mark.checked ? "" : fields.mark.value.trim() || undefined }),
  },
  absence: { show: ({ old }) => { fields.absence.value = old ? "" : "н"; }, read: () => ({ new: fields.absence.value }) },
  topic: text,
  homework: {
    show(item) {
      fields.not_set.checked = item.new === said.notSet;
      text.show({ old: item.old === said.notSet ? "" : item.old, new: fields.not_set.checked ? "" : item.new });
    },
    read: () => (fields.not_set.checked ? { new: said.notSet } : text.read()),
  },
  kind: { show: ({ new: value, old }) => { fillKinds(); fields.kind.value = value || old; }, read: () => ({ new: fields.kind.value }) },
  move: {
    show: ({ to_date: day = "", to_number: number = "" }) => { fields.to_date.value = day; fields.to_number.value = number || ""; },
    read: () => ({ to_date: fields.to_date.value || null, to_number: Number(fields.to_number.value) }),
  },
  period_mark: {
    show: ({ new: value }) => { fields.period_mark.value = value === "" ? NO_MARK : value ?? ""; },
    read: () => ({ new: fields.period_mark.value === NO_MARK ? "" : fields.period_mark.value || undefined }), // undefined: not chosen yet
  },
};
const boxOf = { homework: ["text", "not_set"], topic: ["text"] }; // the others have a box of their own name
const chosen = () => items[Number(form.querySelector("[name=scope]:checked")?.value ?? 0)];
const draftOf = ({ target, lesson = "", journal = "", period = "", work = "", pupil = "", kind = "" }) => `correction/${[target, lesson, journal, period, work, pupil, kind].join("/")}`;

// The kinds of work of the page, as its own list for a new column has them.
function fillKinds() {
  const options = document.querySelectorAll("#work-kind option[value]:not([value=''])");
  if (options.length) fields.kind.replaceChildren(...[...options].map((option) => option.cloneNode(true)));
}

// True when the request was sent. `what` says the place in words.
export async function askCorrection({ what, items: choices, report = "" }) {
  items = choices;
  answers = report;
  done = false;
  part("what").textContent = what;
  part("scope").hidden = items.length < 2;
  part("scope").querySelector("div").replaceChildren(...items.map(radio));
  showItem();
  step("asking");
  await ask(dialog);
  return done;
}

function radio({ target }, n) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "scope", value: n, checked: n === 0, className: "form-check-input" });
  label.append(input, said.scope[target]);
  return label;
}

function step(name) {
  part("asking").hidden = name !== "asking";
  part("done").hidden = name !== "done";
}

function showItem() {
  const item = chosen();
  const draft = kept(draftOf(item));
  part("wrong").textContent = "";
  part("old").textContent = (item.oldTitle ?? item.old) || words.empty;
  const boxes = boxOf[item.target] ?? [item.target];
  for (const box of dialog.querySelectorAll("[data-new]")) box.hidden = !boxes.includes(box.dataset.new);
  targets[item.target].show({ ...item, ...draft });
  const grounds = item.target === "period_mark" ? "period" : "current";
  for (const label of dialog.querySelectorAll("[data-for]")) label.hidden = label.dataset.for !== grounds;
  const first = item.target === "period_mark" && !item.old ? "omitted" : "erroneous_entry";
  narrow(grounds === "period", !item.old);
  choose(grounds, draft?.ground ?? first);
  fields.reason.value = draft?.reason ?? "";
  showGround();
}

// Only what can be: of an empty line that a mark was left out, of a mark that it was set by error; a revision is shut
// where the act refuses it, and says why.
function narrow(ofPeriod, empty) {
  for (const input of dialog.querySelectorAll("[data-for=period] input")) {
    input.closest("label").hidden = !ofPeriod || (input.value === "omitted") !== empty;
    input.disabled = input.value === "revision" && Boolean(noRevision);
  }
  const none = fields.period_mark.querySelector(`[value=${NO_MARK}]`);
  none.hidden = none.disabled = empty;
}

function choose(grounds, value) {
  for (const input of dialog.querySelectorAll("[name=ground]")) input.checked = input.closest("[data-for]").dataset.for === grounds && input.value === value;
}

const ground = () => form.querySelector("[name=ground]:checked")?.value ?? "";

function showGround() {
  const shut = Boolean(noRevision) && chosen().target === "period_mark" && Boolean(chosen().old);
  part("revision").hidden = !shut && ground() !== "revision";
  if (shut) part("revision").textContent = noRevision;
  part("final").hidden = chosen().kind !== "final";
}

function whatIsMissing(item, wish) {
  if (item.target === "mark" && wish.new !== "" && !MARK.test(wish.new ?? "")) return words.badMark(true);
  if (item.target === "period_mark" && wish.new === undefined) return said.markNeeded;
  if (item.target === "move" && !(wish.to_date && wish.to_number)) return said.whenNeeded;
  if ((item.target === "topic" || item.target === "homework") && !wish.new) return said.textNeeded;
  if (item.target !== "move" && wish.new === item.old) return said.same;
  if (!ground()) return said.groundNeeded;
  return fields.reason.value.trim() ? "" : words.sayWhy;
}

async function send() {
  const item = chosen();
  const { old, oldTitle, ...place } = item;
  const wish = targets[item.target].read();
  const missing = whatIsMissing(item, wish);
  part("wrong").textContent = missing;
  if (missing) return;
  const body = { items: [{ ...place, new: "", ...wish }], ground: ground(), reason: fields.reason.value.trim(), ...(answers ? { report: answers } : {}) };
  if (!(await sendFrom(dialog, "RequestCorrections", body))) return;
  keep(draftOf(item), null);
  done = true;
  step("done");
  part("done").querySelector("button").focus();
}

form.addEventListener("submit", (event) => {
  if (done || event.submitter?.value === "no") return;
  event.preventDefault();
  send();
});
dialog.addEventListener("input", (event) => {
  if (event.target.name === "scope") return showItem();
  showGround();
  const item = chosen();
  return keep(draftOf(item), { ...targets[item.target].read(), ground: ground(), reason: fields.reason.value });
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-correction]");
  if (!button) return;
  const asked = JSON.parse(button.dataset.correction);
  if (await askCorrection({ what: button.dataset.what ?? "", items: [asked].flat(), report: button.dataset.report })) button.replaceWith(said.asked);
  else button.focus();
});
