// «Сообщить об ошибке» from any place: a button with data-error-report (the body of ReportError without its text, or
// the places to choose among, whose lesson, journal and pupil the button may say once); data-what says it in words.
import { ask } from "./dialogs.js";
import { sendFrom } from "./dialog_send.js";
import { keep, kept } from "./drafts.js";
import { words } from "./words.js";

const dialog = document.getElementById("error-report");
const form = dialog.querySelector("form");
const part = (name) => dialog.querySelector(`[data-${name}]`);

let places = [];
let done = false;
const chosen = () => places[Number(form.querySelector("[name=place]:checked")?.value ?? 0)];
const draftOf = () => `error-report/${JSON.stringify(chosen())}`;

function radio({ target, title }, n) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "place", value: n, checked: n === 0, className: "form-check-input" });
  label.append(input, [words.report.scope[target], title].filter(Boolean).join(" "));
  return label;
}

function body(text) {
  const { title, ...place } = chosen();
  return { ...place, text };
}

async function report(what, choices) {
  places = choices;
  done = false;
  part("what").textContent = what;
  part("wrong").textContent = "";
  part("scope").hidden = places.length < 2;
  part("scope").querySelector("div").replaceChildren(...places.map(radio));
  form.elements.text.value = kept(draftOf())?.text ?? "";
  part("asking").hidden = false;
  part("done").hidden = true;
  await ask(dialog);
  return done;
}

// A family finds the answer in the diary, wherever it asked from.
function showDiary(pupil) {
  const own = Boolean(pupil && document.querySelector("body[data-family]"));
  part("diary").hidden = !own;
  part("no-diary").hidden = own;
  if (own) part("diary-link").href = `/diary/${pupil}#reports`;
}

form.addEventListener("submit", async (event) => {
  if (done || event.submitter?.value === "no") return;
  event.preventDefault();
  const text = form.elements.text.value.trim();
  part("wrong").textContent = text ? "" : words.report.textNeeded;
  if (!text || !(await sendFrom(dialog, "ReportError", body(text)))) return;
  keep(draftOf(), null);
  done = true;
  part("asking").hidden = true;
  part("done").hidden = false;
  showDiary(chosen().pupil);
  part("done").querySelector("button").focus();
});
form.elements.text.addEventListener("input", () => keep(draftOf(), { text: form.elements.text.value }));

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-error-report]");
  if (!button) return;
  const { lesson, journal, pupil } = button.dataset;
  const about = lesson ? { lesson, journal, pupil } : {};
  const named = [JSON.parse(button.dataset.errorReport)].flat().map((place) => ({ ...about, ...place }));
  if (await report(button.dataset.what ?? "", named)) button.replaceWith(words.report.sent);
  else button.focus();
});
