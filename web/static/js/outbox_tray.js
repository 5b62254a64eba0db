// «Не сохранено: 3» above every page, and the list behind it.
import { ask } from "./dialogs.js";
import { all, drop, outbox, retry } from "./outbox.js";
import { words } from "./words.js";

const button = document.querySelector("[data-tray-open]");
const dialog = document.getElementById("tray");
const PATIENCE = 1500; // ms: what is being sent now is no news

function count() {
  const old = all().filter((item) => item.state === "refused" || item.tries > 0 || Date.now() - item.made > PATIENCE);
  button.hidden = old.length === 0;
  button.querySelector("[data-tray-count]").textContent = old.length;
}

function row(item) {
  const li = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: item.page, textContent: item.title || words.did[item.name] || item.name });
  const state = Object.assign(document.createElement("small"), { textContent: item.sentence ?? words.notSaved });
  li.append(link, state);
  if (item.state === "refused") {
    const forget = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: words.forget });
    forget.addEventListener("click", () => { drop(item); li.remove(); });
    li.append(forget);
  }
  return li;
}

button.addEventListener("click", async () => {
  dialog.querySelector("[data-list]").replaceChildren(...all().map(row));
  dialog.querySelector("[value=resend]").hidden = !all().some((item) => item.state === "waiting");
  if ((await ask(dialog)) === "resend") retry();
});
document.querySelector('form[action$="/sign-out"]')?.addEventListener("submit", (event) => {
  const kept = all();
  if (kept.length && !confirm(words.signOut(kept.length))) event.preventDefault();
  else {
    kept.forEach(drop); // nothing of a pupil is left behind for the next one at this screen
    sessionStorage.clear();
  }
});
outbox.addEventListener("change", () => { count(); setTimeout(count, PATIENCE + 100); });
count();
