// «Внести всё равно?»: a confirmed command is another action, so it gets another command id.
import { ask } from "./dialogs.js";

const dialog = document.getElementById("confirm");

export async function wanted({ sentence, clause }) {
  const lines = sentence.split("\n").flatMap((line, n) => (n ? [document.createElement("br"), line] : [line]));
  dialog.querySelector("[data-sentence]").replaceChildren(...lines);
  dialog.querySelector("[data-clause]").textContent = clause ?? "";
  return (await ask(dialog)) === "yes";
}
