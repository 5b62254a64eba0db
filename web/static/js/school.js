// Forms of the school's structure: one form is one command of the API; done, the page is read anew.
import { send } from "./commands.js";
import { sure, wanted } from "./confirm.js";
import { refusal, words } from "./words.js";

const KINDS = {
  number: (field) => Number(field.value),
  hundredths: (field) => Math.round(Number(field.value.replace(",", ".")) * 100),
  "empty-null": (field) => field.value || null,
  minted: (field) => (field.value ||= crypto.randomUUID()),
};
const value = (field) => (KINDS[field.dataset.kind] ?? (() => field.value))(field);

// «name.last» goes into {name: {last: …}}.
function put(body, path, what) {
  const [head, ...rest] = path.split(".");
  if (rest.length) put((body[head] ??= {}), rest.join("."), what);
  else body[head] = what;
}

const inside = (body, path) => path.split(".").reduce((holder, key) => holder?.[key], body);

function bodyOf(form) {
  const body = {};
  for (const field of form.querySelectorAll("[name]")) {
    if (field.closest("[data-row]")) continue;
    if (field.dataset.kind !== "list") put(body, field.name, value(field));
    else put(body, field.name, [...(inside(body, field.name) ?? []), ...(field.checked ? [field.value] : [])]);
  }
  for (const rows of form.querySelectorAll("[data-rows]")) body[rows.dataset.rows] = [...rows.querySelectorAll("[data-row]")].map(rowOf).filter((row) => row.subject);
  return withoutEmpty(body, form.dataset.nullable);
}

function rowOf(row) {
  return Object.fromEntries([...row.querySelectorAll("[name]")].map((field) => [field.name.split(".")[1], value(field)]));
}

// An order nobody named is no order.
function withoutEmpty(body, path) {
  if (!path) return body;
  const keys = path.split(".");
  const last = keys.pop();
  const holder = keys.reduce((inside, key) => inside[key], body);
  if (!holder[last].number && !holder[last].on) delete holder[last];
  return body;
}

// The command as it is confirmed: of «…/named» the inner one has no question to answer.
const confirmed = (body) => ({ ...body, confirmed: true });

async function give(form, body) {
  const saying = form.querySelector("[data-saying]");
  const sent = JSON.stringify(body);
  if (form.dataset.sent !== sent) Object.assign(form.dataset, { sent, id: crypto.randomUUID() }); // resent under the same id
  saying.dataset.tone = "";
  saying.textContent = words.saving;
  const answer = await send(form.dataset.id, form.dataset.command, body);
  if (answer.kind === "saved") return form.dataset.then ? location.assign(form.dataset.then) : location.reload();
  saying.textContent = "";
  if (answer.kind === "confirm") return (await wanted(answer)) ? give(form, confirmed(body)) : undefined;
  delete form.dataset.sent;
  saying.dataset.tone = "bad";
  saying.textContent = { unreachable: words.noNetwork, locked: words.locked, "signed-out": words.signedOut, stale: words.otherAccount }[answer.kind] ?? refusal(answer);
  if (answer.kind === "unreachable") Object.assign(form.dataset, { sent });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.command) return;
  event.preventDefault();
  const question = form.dataset.sure;
  if (question && !(await sure({ title: question, text: "", yes: words.yes, no: words.no }))) return;
  give(form, bodyOf(form));
});

document.addEventListener("click", ({ target }) => {
  if (!("more" in (target.dataset ?? {}))) return;
  const rows = target.closest("[data-rows]").querySelectorAll("[data-row]");
  const row = rows[rows.length - 1].cloneNode(true);
  for (const field of row.querySelectorAll("input")) field.value = "";
  target.before(row);
  row.querySelector("select").focus();
});

