// The idle lock: the password is asked over the page, and the same session goes on.
import { words } from "./words.js";

const page = document.body.dataset;
const dialog = document.getElementById("lock");
let pending = null;

export function unlock() {
  pending ??= askPassword().finally(() => { pending = null; });
  return pending;
}

function askPassword() {
  const [field, wrong] = [dialog.querySelector("input"), dialog.querySelector("[data-wrong]")];
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  wrong.textContent = field.value = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onsubmit = async (event) => {
      event.preventDefault();
      wrong.textContent = await tryPassword(field.value);
      field.value = "";
      if (wrong.textContent) return field.focus();
      dialog.close();
      resolve();
    };
  });
}

// "" when the journal is open again, else what to tell.
async function tryPassword(password) {
  try {
    const response = await fetch(page.unlock, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json", "X-CSRFToken": page.csrf },
      body: new URLSearchParams({ password, csrf_token: page.csrf }),
    });
    const answer = await response.json();
    if (response.ok) {
      page.csrf = answer.csrf ?? page.csrf;
      return "";
    }
    return answer.sentence ?? answer.error?.sentence ?? words.wrongPassword;
  } catch {
    return words.unsaved;
  }
}

export function showSignedOut() {
  const said = document.getElementById("signed-out");
  const here = encodeURIComponent(location.pathname + location.search);
  said.querySelector("[data-sign-in]").href = `${page.signIn}?next=${here}`;
  if (!said.open) said.showModal();
}
