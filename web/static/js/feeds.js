// A calendar's address is shown once: it is copied by a press, and revoking asks first.
import { sure } from "./confirm.js";

const field = document.querySelector("[data-address]");
field?.addEventListener("focus", () => field.select());
document.querySelector("[data-copy]")?.addEventListener("click", async ({ target }) => {
  field.focus();
  // Where the school serves without a certificate the browser has no clipboard for us: the selection is copied.
  const copied = await (navigator.clipboard?.writeText(field.value).then(() => true) ?? Promise.resolve(document.execCommand("copy"))).catch(() => false);
  document.querySelector("span[data-copied]").textContent = copied ? target.dataset.copied : target.dataset.selected;
});

for (const form of document.querySelectorAll("form[data-revoke]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { title, text, yes, no } = form.dataset;
    if (await sure({ title, text, yes, no })) form.submit();
  });
}
