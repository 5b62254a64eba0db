// One decision on promotion for all the pupils chosen in the register.
import { showAnew, submit, watch } from "./field.js";
import { words } from "./words.js";

const form = document.getElementById("register");
const boxes = [...(form?.querySelectorAll("[name=pupil]") ?? [])];
const chosen = () => boxes.filter((box) => box.checked);

function count() {
  const n = chosen().length;
  form.querySelectorAll("[data-count]").forEach((span) => { span.textContent = n ? `(${n})` : ""; });
}

function body(name) {
  const { decision, order_number: number, order_date: on } = form.elements;
  const said = { year: Number(form.dataset.year), items: chosen().map((box) => ({ pupil: box.value, decision: decision.value })) };
  return name === "DecidePromotion" ? { ...said, order_number: number.value.trim(), order_date: on.value || null } : said;
}

if (boxes.length) {
  form.addEventListener("change", (event) => {
    if ("all" in event.target.dataset) boxes.forEach((box) => { box.checked = event.target.checked; });
    count();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = event.submitter?.value ?? form.querySelector("button[value]").value;
    form.querySelector("[data-saying]").textContent = chosen().length ? "" : words.choosePupils;
    if (chosen().length) submit("promotion", name, body(name), document.title);
  });
  watch("promotion", form, { saved: showAnew });
  count();
}
