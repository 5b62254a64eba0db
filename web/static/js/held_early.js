// Runs before everything: a form that a script sends, or a button of a script, pressed before that script came, waits
// for it. Sent by the browser instead, a form's words would stand in the address, and a button would do nothing. Forms
// that need no script say their method or address.
(() => {
  let ready = false;
  document.addEventListener("DOMContentLoaded", () => { ready = true; }); // after every module
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("method") || form.hasAttribute("action")) return;
    event.preventDefault();
    if (ready) return;
    event.stopImmediatePropagation();
    // Pressed again, not only sent again: some scripts listen to the button.
    const press = () => (event.submitter ? event.submitter.click() : form.requestSubmit());
    document.addEventListener("DOMContentLoaded", press, { once: true });
  }, true);
  document.addEventListener("click", (event) => {
    const button = ready ? null : event.target.closest("button[type=button]");
    if (!button) return;
    event.stopImmediatePropagation();
    document.addEventListener("DOMContentLoaded", () => button.click(), { once: true });
  }, true);
})();
