// «Ознакомлен»: one entry by its own button, or all that wait by one.
import { sendFrom } from "./dialog_send.js";

for (const section of document.querySelectorAll("[data-acknowledge]")) {
  const { pupil, entries } = JSON.parse(section.dataset.acknowledge);
  section.addEventListener("click", async ({ target }) => {
    const one = target.closest("[data-one]");
    if (!one && !target.closest("[data-send]")) return;
    const said = one ? JSON.parse(one.dataset.one) : entries;
    if (await sendFrom(section, "Acknowledge", { pupil, entries: said })) taken(section, one);
  });
}

// The last line takes the block with it: the page then says who has read what.
function taken(section, one) {
  if (!one || section.querySelectorAll("li").length === 1) return location.reload();
  const line = one.closest("li");
  (line.nextElementSibling ?? line.previousElementSibling).querySelector("button").focus();
  line.remove();
  const title = section.querySelector(".title");
  title.textContent = title.textContent.replace(/\d+/, section.querySelectorAll("li").length);
}
