// «Внести всё равно?»: a confirmed command is another action, so it gets another command id.
import { ask } from "./dialogs.js";

const dialog = document.getElementById("confirm");

export async function wanted({ sentence, clause }) {
  const lines = sentence.split("\n").flatMap((line, n) => (n ? [document.createElement("br"), line] : [line]));
  dialog.querySelector("[data-sentence]").replaceChildren(...lines);
  dialog.querySelector("[data-clause]").textContent = clause ?? "";
  return (await ask(dialog)) === "yes";
}

// Another question in the same clothes: `title`, `text` and the two answers are its own.
export async function sure({ title, text, yes, no }) {
  const own = dialog.cloneNode(true);
  own.removeAttribute("id");
  own.removeAttribute("aria-labelledby");
  own.setAttribute("aria-label", title);
  own.querySelector("h2").removeAttribute("id");
  own.querySelector("h2").textContent = title;
  own.querySelector("[data-sentence]").textContent = text;
  own.querySelector("[value=yes]").textContent = yes;
  own.querySelector("[value=no]").textContent = no;
  document.body.append(own);
  const answer = await ask(own);
  own.remove();
  return answer === "yes";
}
