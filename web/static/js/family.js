import "./acknowledge.js";
import { sendFrom } from "./dialog_send.js";

// A pupil of age lets the parents read, or no more.
for (const section of document.querySelectorAll("[data-admit]")) {
  const button = section.querySelector("[data-send]");
  button.addEventListener("click", async () => {
    const body = { ...JSON.parse(section.dataset.admit), allowed: button.dataset.allowed === "true" };
    if (await sendFrom(section, "AdmitGuardians", body)) location.reload();
  });
}
