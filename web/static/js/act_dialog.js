// A command asked for in a dialog: a button with data-act names the dialog, data-body what it already knows of the
// command, data-what the place in words. Done, the page is read anew, or the button says so (data-done).
import { ask } from "./dialogs.js";
import { sendFrom } from "./dialog_send.js";

function bodyOf(button, form) {
  const typed = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
  return { ...JSON.parse(button.dataset.body), ...Object.fromEntries(typed) };
}

async function open(button) {
  const dialog = document.getElementById(button.dataset.act);
  const form = dialog.querySelector("form");
  let done = false;
  if (form.dataset.of !== button.dataset.body) form.reset(); // what was typed about the same stays
  form.dataset.of = button.dataset.body;
  dialog.querySelector("[data-what]").textContent = button.dataset.what;
  dialog.querySelector("[data-wrong]").textContent = "";
  async function sent(event) {
    if (event.submitter?.value === "no") return;
    event.preventDefault();
    if (!(await sendFrom(dialog, dialog.dataset.command, bodyOf(button, form)))) return;
    done = true;
    form.reset();
    dialog.close();
  }
  form.addEventListener("submit", sent);
  await ask(dialog);
  form.removeEventListener("submit", sent);
  if (!done) return button.focus();
  if (button.dataset.done) button.replaceWith(button.dataset.done);
  else location.reload();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) open(button);
});
