// Runs before everything: a form that a script sends, pressed before that script came, waits for it. Sent by the
// browser instead, its words would stand in the address. Forms that need no script say their method or address.
(() => {
  let ready = false;
  document.addEventListener("DOMContentLoaded", () => { ready = true; }); // after every module
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("method") || form.hasAttribute("action")) return;
    event.preventDefault();
    if (ready) return;
    event.stopImmediatePropagation();
    document.addEventListener("DOMContentLoaded", () => form.requestSubmit(event.submitter), { once: true });
  }, true);
})();
