// The teacher of the lesson or the deputy decides whether the pupil was there.
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const form = document.getElementById("disputes");

function decide(box, upheld) {
  const reason = box.querySelector("input").value.trim();
  const missing = !upheld && !reason;
  form.querySelector("[data-saying]").textContent = missing ? words.keepReason : "";
  if (missing) box.querySelector("input").focus();
  else submit("disputes", "DecideDispute", { case: box.dataset.case, lesson: box.dataset.lesson, upheld, reason }, document.title);
}

form?.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-upheld], [data-declined]");
  if (pressed) decide(pressed.closest("[data-case]"), "upheld" in pressed.dataset);
});
form?.addEventListener("submit", (event) => event.preventDefault());
if (form) watch("disputes", form, { saved: showAnew });
