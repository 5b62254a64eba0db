// «Заполнено … кем» of a page follows what is saved on it.
import { outbox } from "./outbox.js";
import { hhmm, words } from "./words.js";

const line = document.querySelector(".page-head .filled");
const by = document.querySelector(".top .who")?.textContent.split(" · ")[0] ?? "";

outbox.addEventListener("change", ({ detail: { item, answer } }) => {
  if (line && answer?.kind === "saved" && answer.position && item.name !== "RequestLateEntry") line.textContent = words.filled(hhmm(answer.recorded_at), by);
});
