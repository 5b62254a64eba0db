import "./acknowledge.js";
import { sendFrom } from "./dialog_send.js";

// On a phone the week opens at today's box, and a mark opens its explanation (it does so by focus, without us).
if (matchMedia("(max-width: 640px)").matches && !location.hash) document.getElementById("today")?.scrollIntoView();

// A finger opens a line of the day: «ошибка?» stands in the opened one alone.
document.querySelector(".week").addEventListener("click", ({ target }) => {
  const row = target.closest("tr");
  for (const other of document.querySelectorAll("tr.opened")) if (other !== row) other.classList.remove("opened");
  if (row && !target.closest("button, a")) row.classList.toggle("opened");
});

// A parent's word to an attestation against the rule; the page then says that it is written.
for (const section of document.querySelectorAll("[data-agree]")) {
  section.querySelector("[data-send]").addEventListener("click", async () => {
    if (await sendFrom(section, "AgreeToException", JSON.parse(section.dataset.agree))) location.reload();
  });
}
