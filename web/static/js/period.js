// The sheet of period marks: nothing is saved until «Сохранить», then all changed marks go as one command. Whose mark
// is refused stands aside with its reason, and the others are saved without it.
import { askCorrection } from "./correction.js";
import { all, drop, outbox, put } from "./outbox.js";
import { fieldOf, form, keyOf, lines, moves, selects } from "./period_sheet.js";
import { askException, correctTainted, recheck } from "./period_cases.js";
import "./period_omitted.js";
import { hhmm, refusal, words } from "./words.js";

const own = words.period;
const bar = form?.querySelector("[data-bar]");
const way = form?.querySelector("[data-bar-way]");
const saveButton = form?.querySelector("[data-save]");
const refused = new Set(); // selects whose value the journal did not take
const differs = (select) => select.value !== select.dataset.value;
const reasonOf = (select) => select.closest("tr").querySelector("[name=reason]");
const proposes = (select) => select.dataset.kind === fieldOf(select.closest("tr")).dataset.kind;
const changed = () => selects.filter((select) => !refused.has(select) && differs(select));

function tell(text, tone = "", buttons = []) {
  bar.textContent = text.charAt(0).toUpperCase() + text.slice(1);
  bar.dataset.tone = tone;
  way.replaceChildren(...buttons);
}

function tellRow(row, text, tone = "", buttons = []) {
  const saying = row.querySelector("[data-saying]");
  saying.textContent = text;
  saying.dataset.tone = tone;
  row.querySelector("[data-way-out]").replaceChildren(...buttons);
}

export function button(title, act, kind = "btn-outline-secondary") {
  const made = Object.assign(document.createElement("button"), { type: "button", className: `btn btn-sm ${kind}`, textContent: title });
  made.addEventListener("click", act);
  return made;
}

// --- what the sheet looks like while it is being filled -----------------------------------------------------

const wantsReason = (select) => {
  const [value, proposed] = [select.value, select.dataset.proposed];
  if (!proposes(select) || !value || !proposed || value === proposed) return false;
  return !/^\d\d$/.test(value + proposed) || Math.abs(value - proposed) > Number(form.dataset.deviation);
};

function look(select) {
  const row = select.closest("tr");
  select.classList.toggle("new", differs(select));
  if (proposes(select)) {
    const label = reasonOf(select).closest("label");
    label.hidden = !differs(select) || !wantsReason(select);
    label.querySelector("input").placeholder = own.whyNot(select.dataset.proposed);
  }
  row.classList.toggle("changed", selects.some((each) => row.contains(each) && differs(each)));
}

const early = form?.dataset.early; // the day marks are taken from, while none is taken yet

function count() {
  const n = changed().length;
  saveButton.disabled = n === 0 || Boolean(early);
  form.querySelector("[data-count]").textContent = n ? `(${n})` : "";
  const ready = toAccept().length;
  form.querySelector("[data-accept]").disabled = ready === 0 || Boolean(early);
  form.querySelector("[data-accept-count]").textContent = ready ? `(${ready})` : "";
}

// A line that lacks marks or lessons is left to the deputy: what is proposed for it would be refused.
const takes = (select) => !select.closest("tr").dataset.lacks || select.dataset.proposed === "н/а" || select.dataset.proposed === "осв";
const toAccept = () => selects.filter((select) => !select.value && select.dataset.proposed && takes(select));

function accept() {
  const left = selects.filter((select) => !select.value && select.dataset.proposed && !takes(select)).length;
  for (const select of toAccept()) set(select, select.dataset.proposed);
  tell(left ? own.leftOut(left) : own.notYet);
}

function set(select, value) {
  if (![...select.options].some((option) => option.value === value)) return; // no such mark here
  select.value = value;
  touched(select);
}

function touched(select) {
  refused.delete(select);
  delete select.dataset.state;
  tellRow(select.closest("tr"), "");
  look(select);
  count();
}

// --- saving --------------------------------------------------------------------------------------------------

const CELL = "period";
const OF_ONE = new Set(["W-16", "W-35", "W-36", "P-13", "P-26", "P-97", "period-pupil"]); // the others stand against the whole sheet

function save(confirmed = false) {
  const missing = changed().find((select) => wantsReason(select) && !reasonOf(select).value.trim());
  if (missing) {
    tellRow(missing.closest("tr"), words.sayWhy, "bad");
    return reasonOf(missing).focus();
  }
  const kind = changed()[0]?.dataset.kind;
  if (!kind) return undefined;
  const items = changed().filter((select) => select.dataset.kind === kind).map(item);
  const body = { journal: form.dataset.journal, period: form.dataset.period, kind, marks: items, ...(confirmed ? { confirmed } : {}) };
  tell(words.saving);
  return put({ name: "SetPeriodMarks", body, cell: CELL, title: form.dataset.title });
}

const item = (select) => ({
  pupil: select.closest("tr").dataset.pupil, value: select.value, seen: Number(select.dataset.seen),
  reason: wantsReason(select) ? reasonOf(select).value.trim() : "",
});

// A sheet that was closed meanwhile: one mark is asked for at once, for several the sheet shows itself as it is now.
function correctionButton({ body: { journal, period, kind, marks } }) {
  const [{ pupil, value, seen }] = marks;
  const select = lines.get(keyOf(pupil, kind));
  if (marks.length > 1 || !select) return button(own.showAnew, () => location.reload());
  const wish = { target: "period_mark", journal, period, pupil, kind, old: select.dataset.value, new: value, seen };
  const what = `${select.closest("tr").dataset.name}, ${form.dataset.title}`;
  return button(words.correction.title, async () => { if (await askCorrection({ what, items: [wish] })) tell(words.correction.asked); }, "btn-primary");
}

// W-14: the mark waits for the last lesson to be recorded, so the way out is that lesson.
function lastLesson({ code }) {
  const link = code === "W-14" && document.querySelector("[data-last-lesson]");
  if (!link) return [];
  return [Object.assign(document.createElement("a"), { className: "btn btn-sm btn-primary", href: link.href, textContent: own.lastLesson(link.textContent) })];
}

// «Заполнено … кем» at the head, without loading the page again.
function filled({ recorded_at: at }) {
  const head = document.querySelector(".moment .filled");
  if (head) head.textContent = own.filled(hhmm(at));
}

// The bar names whose lines ask something; the first of them comes out from under it.
function namesOf(asking) {
  const rows = [...new Set(asking)];
  rows[0]?.scrollIntoView({ block: "center" });
  return rows.map((row) => row.dataset.name);
}

const answered = {
  saved(sent, answer) {
    const positions = new Map((answer.parts ?? []).map((part) => [part.pupil, part.position]));
    for (const { pupil, value } of sent.body.marks) {
      const select = lines.get(keyOf(pupil, sent.body.kind));
      if (!select) continue;
      Object.assign(select.dataset, { value, seen: value ? positions.get(pupil) ?? select.dataset.seen : 0, state: "saved" });
      look(select);
    }
    count();
    filled(answer);
    if (changed().length) return save(); // the marks of another kind
    const late = (answer.findings ?? []).some((finding) => finding.delay);
    return tell(words.saved(hhmm(answer.recorded_at)) + own.savedMarks(sent.body.marks.length, refused.size) + (late ? `, ${own.late}` : ""), refused.size || late ? "warn" : "");
  },
  refused(sent, answer) {
    if (sent.state === "refused") drop(sent);
    const mine = (OF_ONE.has(answer.code) ? answer.about ?? [] : []).map(({ pupil }) => lines.get(keyOf(pupil, sent.body.kind))).filter(Boolean);
    if (!mine.length) return tell(refusal(answer), "bad", answer.way_out === "request_correction" ? [correctionButton(sent)] : lastLesson(answer));
    for (const select of mine) {
      refused.add(select);
      select.dataset.state = "refused";
      const row = select.closest("tr");
      const ground = { "W-35": "least_marks", "W-36": "non_attestation" }[answer.code];
      const ask = ground && row.querySelector("[data-ask]") ? [button(own.ask, () => askException(row, ground), "btn-primary")] : [];
      tellRow(row, refusal(answer), "bad", [...ask, button(own.takeAway, () => { set(select, select.dataset.value); select.focus(); })]);
    }
    if (changed().length) return save(Boolean(sent.body.confirmed)); // one wrong mark does not hold up twenty-nine
    namesOf(mine.map((select) => select.closest("tr")));
    count();
    return tell(own.nothingSaved, "bad");
  },
  confirm(sent, answer) {
    const asked = answer.about ?? [];
    const [ofAll, ofOne] = [[], []];
    for (const each of asked) (asked.filter((other) => other.sentence === each.sentence).length === sent.body.marks.length && sent.body.marks.length > 1 ? ofAll : ofOne).push(each);
    const asking = [];
    for (const { pupil, sentence } of ofOne) {
      const row = lines.get(keyOf(pupil, sent.body.kind))?.closest("tr");
      if (!row) continue;
      tellRow(row, sentence, "warn");
      asking.push(row);
    }
    const common = [...new Set(ofAll.map(({ sentence }) => sentence))];
    if (asking.length) common.push(own.questions(namesOf(asking)));
    const yes = button(own.anyway, () => { for (const row of form.querySelectorAll("tbody tr")) tellRow(row, ""); save(true); }, "btn-primary");
    tell(common.join(" ") || answer.sentence, "warn", [yes, button(own.back, () => tell(own.notYet))]);
  },
  conflict(sent, { theirs, sentence }) {
    const select = theirs?.pupil && lines.get(keyOf(theirs.pupil, sent.body.kind));
    const again = button(own.showAnew, () => location.reload());
    if (!select) return tell(sentence, "bad", [again]);
    const mine = () => { Object.assign(select.dataset, { seen: theirs.seen, value: theirs.value }); tellRow(select.closest("tr"), ""); save(); };
    const keep = () => { Object.assign(select.dataset, { seen: theirs.seen, value: theirs.value }); set(select, theirs.value); };
    tellRow(select.closest("tr"), words.conflict(theirs.by, theirs.value || words.empty, theirs.at ? hhmm(theirs.at) : ""), "bad",
      [button(words.theirs(theirs.value), keep), button(words.mine(select.value), mine)]);
    return tell(own.nothingSaved, "bad");
  },
  unreachable: () => tell(words.unsaved, "warn"),
  locked: () => tell(words.locked, "warn"),
  "signed-out": () => tell(words.signedOut, "warn"),
};

// What was on its way when the page was left is on the sheet again.
function bringBack(sent) {
  for (const { pupil, value, reason } of sent.body.marks) {
    const select = lines.get(keyOf(pupil, sent.body.kind));
    if (!select) continue;
    select.value = value;
    if (proposes(select) && reason) reasonOf(select).value = reason;
    look(select);
  }
}

if (form) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", ({ target }) => {
    const row = target.closest("tr");
    if ("ask" in target.dataset) askException(row, target.dataset.ask);
    if ("recheck" in target.dataset) recheck(row, target);
    if ("tainted" in target.dataset) correctTainted(row, target);
  });
}
if (bar) {
  form.addEventListener("change", ({ target }) => { if (target.matches("select.mark")) touched(target); });
  form.addEventListener("input", ({ target }) => { if (target.name === "reason") { tellRow(target.closest("tr"), ""); refused.delete(fieldOf(target.closest("tr"))); count(); } });
  form.addEventListener("keydown", (event) => moves(event, set));
  form.querySelector("[data-accept]").addEventListener("click", accept);
  saveButton.addEventListener("click", () => save());
  outbox.addEventListener("change", ({ detail: { item: sent, answer } }) => {
    if (sent.cell === CELL && sent.body.period === form.dataset.period && sent.body.journal === form.dataset.journal && answer) answered[answer.kind]?.(sent, answer);
  });
  for (const sent of all()) if (sent.cell === CELL && sent.body.period === form.dataset.period && sent.body.journal === form.dataset.journal) bringBack(sent);
  selects.forEach(look);
  count();
  if (early) tell(own.early(early));
}
