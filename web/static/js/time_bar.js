// The time bar: a chosen moment is gone to at once; Alt+Shift+← and → step through the page's changes.
const bar = document.querySelector("[data-time-bar]");
const KEYS = { ArrowLeft: "back", ArrowRight: "on", End: "now" };

bar.addEventListener("change", ({ target }) => {
  if ("moments" in target.dataset && target.value) target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  const step = event.altKey && event.shiftKey && KEYS[event.key];
  const link = step && bar.querySelector(`[data-step="${step}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
