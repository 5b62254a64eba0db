// Runs before the first paint, so that a dark page never flashes white. It and held_early.js are no modules.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  let chosen = null;
  try { chosen = localStorage.getItem("letopis:theme"); } catch { /* storage is forbidden: follow the system */ }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => { root.dataset.bsTheme = chosen ?? (dark.matches ? "dark" : "light"); };
  apply();
  dark.addEventListener("change", apply);
})();
