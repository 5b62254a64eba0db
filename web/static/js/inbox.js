// The deputy decides many requests with one reason.
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const form = document.getElementById("inbox");
const boxes = [...form.querySelectorAll("[name=case]")];
const saying = form.querySelector("[data-saying]");
const ref = (element) => ({ case: element.value || element.dataset.withdraw, lesson: element.dataset.lesson });
const chosen = () => boxes.filter((box) => box.checked);

function count() {
  const n = chosen().length;
  form.querySelectorAll("[data-count]").forEach((span) => { span.textContent = n ? `(${n})` : ""; });
}

form.addEventListener("change", (event) => {
  if ("all" in event.target.dataset) boxes.forEach((box) => { box.checked = event.target.checked; });
  count();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = event.submitter?.value ?? "PermitLateEntries";
  const reason = form.elements.reason.value.trim();
  const missing = !chosen().length ? words.chooseCases : name === "DeclineLateEntries" && !reason ? words.reasonNeeded : "";
  saying.textContent = missing;
  if (!missing) submit("inbox", name, { cases: chosen().map(ref), reason }, document.title);
});
document.querySelectorAll("[data-withdraw]").forEach((button) => button.addEventListener("click", () => {
  submit("inbox", "WithdrawLateEntry", { ...ref(button), reason: "" }, document.title);
}));
watch("inbox", form, { saved: showAnew });
count();
