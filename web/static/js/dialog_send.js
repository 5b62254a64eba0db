// A command sent from an open dialog: it stays open, with all that was typed, until the journal has taken it.
import { freshToken, send } from "./commands.js";
import { wanted } from "./confirm.js";
import { showSignedOut, unlock } from "./lock.js";
import { newId } from "./outbox.js";
import { refusal, words } from "./words.js";

const ids = new WeakMap(); // dialog -> {said, id}: the same thing pressed again is the same action

function idOf(dialog, said) {
  if (ids.get(dialog)?.said !== said) ids.set(dialog, { said, id: newId() });
  return ids.get(dialog).id;
}

// The answer when it is saved, else null: what is wrong stands in [data-wrong] then.
export async function sendFrom(dialog, name, body) {
  const wrong = dialog.querySelector("[data-wrong]");
  const button = dialog.querySelector("[data-send]");
  if (button.disabled) return null;
  wrong.textContent = "";
  button.disabled = true;
  try {
    const answer = await untilSaid(dialog, name, body);
    if (answer.kind === "saved") return answer;
    wrong.textContent = sentence[answer.kind](answer);
    return null;
  } finally {
    button.disabled = false;
  }
}

// What the person may mend on the spot (the password, the token, a confirmation) is asked for and sent again.
async function untilSaid(dialog, name, body) {
  const answer = await send(idOf(dialog, JSON.stringify([name, body])), name, body);
  if (answer.kind === "locked") {
    await unlock();
    return untilSaid(dialog, name, body);
  }
  if (answer.kind === "stale" && (await freshToken())) return untilSaid(dialog, name, body);
  if (answer.kind === "confirm" && (await wanted(answer))) return untilSaid(dialog, name, { ...body, confirmed: true });
  if (answer.kind === "signed-out" || answer.kind === "stale") showSignedOut();
  return answer;
}

const sentence = {
  refused: refusal,
  confirm: () => "",
  conflict: (answer) => answer.sentence,
  unreachable: () => words.noNetwork,
  stale: () => words.signedOut,
  "signed-out": () => words.signedOut,
};
