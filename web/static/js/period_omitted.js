// All marks of a closed sheet that were never set, asked for by one request: the proposals are filled in, the teacher
// changes them and says why.
import { ask } from "./dialogs.js";
import { sendFrom } from "./dialog_send.js";
import { form } from "./period_sheet.js";
import { showAnew } from "./field.js";
import { words } from "./words.js";

const dialog = document.getElementById("period-omitted");
const chosen = () => [...dialog.querySelectorAll("select")].filter((select) => select.value);
const count = () => { dialog.querySelector("[data-count]").textContent = `(${chosen().length})`; };
const item = ({ dataset: { pupil, kind }, value }) => ({ target: "period_mark", journal: form.dataset.journal, period: form.dataset.period, pupil, kind, new: value, seen: 0 });

async function send() {
  const reason = dialog.querySelector("[name=reason]").value.trim();
  const items = chosen().map(item);
  const missing = !items.length ? words.choosePupils : reason ? "" : words.sayWhy;
  dialog.querySelector("[data-wrong]").textContent = missing;
  if (!missing && (await sendFrom(dialog, "RequestCorrections", { items, ground: "omitted", reason }))) showAnew();
}

if (dialog) {
  dialog.addEventListener("change", count);
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "no") return;
    event.preventDefault();
    send();
  });
  form.querySelector("[data-omitted]").addEventListener("click", () => { count(); ask(dialog); });
}
