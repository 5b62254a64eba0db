// «Внести всё равно?»: a confirmed command is another action, so it gets another command id.
import { ask } from "./dialogs.js";

const dialog = document.getElementById("confirm");

export async function wanted({ sentence, clause }) {
  dialog.querySelector("[data-sentence]").textContent = sentence;
  dialog.querySelector("[data-clause]").textContent = clause ?? "";
  return (await ask(dialog)) === "yes";
}
