// «Все на месте» from the day's list: one press, or the key 0 for the lesson that is running. An «н» the page shows
// stays; one it does not show is asked about.
import { submit, watch } from "./field.js";
import { words } from "./words.js";

const lessons = [...document.querySelectorAll("li.lesson[data-lesson]")];
const list = (text) => text.split(" ").filter(Boolean);

function allPresent(li) {
  const { lesson, absentees, seen } = li.dataset;
  const body = { lesson, absent: list(absentees), seen: list(seen).map(Number) };
  submit(`${lesson}/attendance`, "TakeAttendance", body, `${li.querySelector(".what").textContent.trim()}: ${words.allPresent.toLowerCase()}`);
}

// The row says what was just done, without a reload.
function show(li, button) {
  button.hidden = true;
  const thing = li.querySelector("[data-attendance] .thing");
  thing.className = "thing done";
  thing.querySelector("use").setAttribute("href", "/static/signs.svg#done");
  thing.querySelector(".visually-hidden").textContent = words.is;
  thing.querySelector("small")?.remove();
  const filled = li.querySelector(".filled");
  if (filled.firstChild.nodeType === Node.TEXT_NODE) filled.firstChild.remove(); // «сохранено» is newer
}

for (const li of lessons) {
  const button = li.querySelector("[data-all-present]");
  if (!button) continue;
  button.addEventListener("click", () => allPresent(li));
  watch(`${li.dataset.lesson}/attendance`, li, { saved: () => show(li, button) });
}
addEventListener("keydown", (event) => {
  const running = document.querySelector("li.lesson.running");
  const free = running?.querySelector("[data-all-present]:not([hidden])");
  if (free && /^(Digit|Numpad)0$/.test(event.code) && !event.target.closest("input, textarea, dialog")) allPresent(running);
});
