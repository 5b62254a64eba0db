// «Запросить внесение»: one dialog for a cell, a column, a topic or a whole lesson.
import { askChecked } from "./dialogs.js";
import { put } from "./outbox.js";
import { words } from "./words.js";

const dialog = document.getElementById("late-entry");

// `choices` are items of RequestLateEntry, the likeliest first. True when a request was sent.
export async function askLate({ what, choices }) {
  const reason = dialog.querySelector("textarea");
  dialog.querySelector("[data-what]").textContent = what;
  dialog.querySelector("[data-scope]").replaceChildren(...choices.map(radio));
  reason.value = "";
  const answer = await askChecked(dialog, () => null);
  if (answer !== "ask") return false;
  const chosen = Number(dialog.querySelector("[data-scope] input:checked").value);
  put({ name: "RequestLateEntry", body: { items: [{ work: null, pupil: null, ...choices[chosen] }], reason: reason.value.trim() }, title: `${words.askLate}: ${what}` });
  return true;
}

function radio(choice, n) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "scope", value: n, checked: n === 0, className: "form-check-input" });
  label.append(input, words.scope[choice.target]);
  return label;
}
