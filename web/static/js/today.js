// «Все на месте» from the day's list: one press, or the key 0 for the lesson that is running.
import { submit, watch } from "./field.js";
import { words } from "./words.js";

const lessons = [...document.querySelectorAll("li.lesson[data-lesson]")];

function allPresent(li) {
  const lesson = li.dataset.lesson;
  submit(`${lesson}/attendance`, "TakeAttendance", { lesson, absent: [] }, `${li.querySelector(".what").textContent.trim()}: ${words.allPresent.toLowerCase()}`);
}

for (const li of lessons) {
  const button = li.querySelector("[data-all-present]");
  if (!button) continue;
  button.addEventListener("click", () => allPresent(li));
  watch(`${li.dataset.lesson}/attendance`, li, () => { button.hidden = true; });
}
addEventListener("keydown", (event) => {
  const running = document.querySelector("li.lesson.running");
  const free = running?.querySelector("[data-all-present]:not([hidden])");
  if (free && /^(Digit|Numpad)0$/.test(event.code) && !event.target.closest("input, textarea, dialog")) allPresent(running);
});
