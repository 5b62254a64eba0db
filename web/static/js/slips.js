// The register of slips: those ticked are handed out, each to whom it names; js/dialog_send.js sends it.
import { sendFrom } from "./dialog_send.js";

const form = document.getElementById("slips");
const rows = [...form.querySelectorAll("[data-waits]")];
const ticked = () => rows.filter((row) => row.querySelector("[data-pick]").checked);
const known = { class_id: form.dataset.class, week: form.dataset.week };

function count() {
  const figure = form.querySelector("[data-send] b");
  if (figure) figure.textContent = ticked().length;
}

async function done(name, body) {
  if (await sendFrom(form, name, { ...known, ...body })) location.reload();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = ticked();
  if (!chosen.length) {
    form.querySelector("[data-wrong]").textContent = form.dataset.none;
    return;
  }
  done("HandOutSlips", {
    pupils: chosen.map((row) => row.dataset.pupil),
    receivers: chosen.map((row) => row.querySelector("select").value),
  });
});
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) for (const row of rows) row.querySelector("[data-pick]").checked = event.target.checked;
  count();
});
document.querySelector("[data-prepare]")?.addEventListener("click", ({ currentTarget }) => {
  done("PrepareSlips", { position: Number(currentTarget.dataset.position), pupils: JSON.parse(currentTarget.dataset.pupils) });
});
count();
