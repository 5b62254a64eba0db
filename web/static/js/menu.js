// «Ещё»: Escape closes it and goes back to its word, so does a click or a step of Tab elsewhere (WCAG 2.1.1, 1.4.13).
const menu = document.querySelector(".menu-more");

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
const leave = (event) => { if (menu && !menu.contains(event.target)) menu.open = false; };
document.addEventListener("pointerdown", leave);
document.addEventListener("focusin", leave);
