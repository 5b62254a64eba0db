// What the plan (КТП) has for the lesson: Enter in an empty topic takes the line whose turn it is, with its homework.
const turn = document.querySelector("[data-turn]");
const options = [...document.querySelectorAll("#plan-topics option")];
const plain = (text) => text.toLowerCase().split(/\s+/).join(" ").trim();
const says = (text, topic) => plain(text).includes(plain(topic));

// The number of the line a topic is: a prefix before it or words after it leave it the plan's.
export function itemOf(text) {
  if (!text) return null;
  if (turn && says(text, turn.dataset.topic)) return Number(turn.dataset.item);
  const same = options.filter((option) => plain(option.value) === plain(text));
  const found = same.find((option) => !("taken" in option.dataset)) ?? same[0] ?? longest(options.filter((option) => says(text, option.value)));
  return found ? Number(found.dataset.item) : null;
}

const longest = (found) => found.toSorted((a, b) => b.value.length - a.value.length)[0];

// Puts the line into an empty topic, and its homework into an empty task that nobody has written yet.
export function takeTurn(topic, homework) {
  if (!turn || turn.hidden || topic.value.trim()) return false;
  topic.value = turn.dataset.topic;
  turn.hidden = true;
  if (turn.dataset.homework && isFree(homework)) takeHomework(homework, turn.dataset.homework);
  return true;
}

const isFree = (homework) => !homework.elements.text.value.trim() && !Number(homework.dataset.seen);

function takeHomework(homework, text) {
  const task = homework.elements.text;
  task.value = text;
  task.dispatchEvent(new Event("input", { bubbles: true }));
  homework.querySelector("[data-saying]").textContent = homework.dataset.fromPlan;
}

// While nobody wrote a task, that of the line the topic is stands beside it, a page opened anew included.
export function offerHomework(topic, homework) {
  const offer = homework.querySelector("[data-plan-homework]");
  if (!offer) return;
  const item = itemOf(topic.value.trim());
  const text = options.find((option) => Number(option.dataset.item) === item)?.dataset.homework ?? "";
  offer.hidden = !text || !isFree(homework);
  offer.querySelector("b").textContent = text;
  offer.querySelector("button").onclick = () => takeHomework(homework, text);
}

turn?.addEventListener("click", () => {
  const form = turn.closest("form");
  form.elements.text.value = "";
  form.requestSubmit();
});
