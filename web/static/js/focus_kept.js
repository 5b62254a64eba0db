// A page made anew after an act or a choice of a filter: whoever works without a mouse goes on from where they were.
const KEY = "letopis:focus", FRESH = 15_000; // ms
let last = document.activeElement; // it may have been chosen before this came

// What finds it again: its id, what it is called, its name in its form, or the form it sends.
function place(field) {
  if (field.id) return `#${CSS.escape(field.id)}`;
  const called = field.getAttribute("aria-label"), target = field.form?.getAttribute("action") ?? field.form?.dataset.command;
  if (called) return `main ${field.localName}[aria-label="${CSS.escape(called)}"]`;
  if (field.localName === "button" && target) return `main :is([action="${CSS.escape(target)}"], [data-command="${CSS.escape(target)}"]) button`;
  const form = field.form?.id ? `#${CSS.escape(field.form.id)} ` : "";
  const value = /^(checkbox|radio)$/.test(field.type) ? `[value="${CSS.escape(field.value)}"]` : "";
  return field.name && form ? `${form}[name="${CSS.escape(field.name)}"]${value}` : "#content";
}

function kept() {
  try {
    const said = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return said;
  } catch { return null; }
}

document.addEventListener("focusin", ({ target }) => { last = target; });
addEventListener("pagehide", () => {
  if (!last?.closest("main")) return;
  const said = { path: location.pathname, place: place(last), at: Date.now() };
  try { sessionStorage.setItem(KEY, JSON.stringify(said)); } catch { /* then the page begins at its top */ }
});

const said = kept();
if (said?.path === location.pathname && Date.now() - said.at < FRESH && document.activeElement === document.body) {
  const unmoved = { preventScroll: true };
  document.querySelector(said.place)?.focus(unmoved);
  if (document.activeElement === document.body) document.getElementById("content").focus(unmoved); // it is shut now
}
