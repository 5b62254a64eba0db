// The switch of light and dark; without it the page follows the system.
const root = document.documentElement;
document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
  const chosen = root.dataset.bsTheme === "dark" ? "light" : "dark";
  root.dataset.bsTheme = chosen;
  try { localStorage.setItem("letopis:theme", chosen); } catch { /* for this page only, then */ }
});
document.querySelectorAll("[data-submit-on-change]").forEach((field) => field.addEventListener("change", () => field.form.submit()));
