// Long substitutions: the pages of whoever is away go to whoever stands in.
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const section = document.getElementById("long");
const form = section.querySelector("[data-long]");
watch("long", section, { saved: showAnew });

form?.elements.absent.addEventListener("change", ({ target }) => {
  let shown = 0;
  for (const label of form.querySelectorAll("[data-teacher]")) {
    label.hidden = label.dataset.teacher !== target.value;
    label.querySelector("input").checked = !label.hidden;
    shown += label.hidden ? 0 : 1;
  }
  form.querySelector("[data-none]").hidden = shown > 0;
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { absent, substitute, first, until, number } = form.elements;
  const journals = [...form.querySelectorAll("[name=journal]:checked")].map((box) => box.value);
  if (!journals.length) {
    section.querySelector("[data-saying]").textContent = words.substitutions.noPage;
    return;
  }
  const body = { journals, absent: absent.value, substitute: substitute.value, first: first.value, until: until.value || null, order: { number: number.value.trim() } };
  submit("long", "RecordLongSubstitution", body, document.title);
});
for (const button of section.querySelectorAll("[data-grant]")) {
  button.addEventListener("click", () => submit("long", "GrantPeriodMarks", { substitution: button.dataset.grant }, document.title));
}
for (const end of section.querySelectorAll("[data-end]")) {
  end.addEventListener("submit", (event) => {
    event.preventDefault();
    submit("long", "EndLongSubstitution", { substitution: end.dataset.end, last: end.elements.last.value }, document.title);
  });
}
