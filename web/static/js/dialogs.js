// A <dialog> as a question: its answer is the value of the button that closed it, "" for Esc.
export function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

// As above, but `check(value)` may keep it open by returning a sentence of what is wrong.
export function askChecked(dialog, check) {
  const wrong = dialog.querySelector("[data-wrong]");
  const onSubmit = (event) => {
    wrong.textContent = check(event.submitter?.value ?? "") ?? "";
    if (wrong.textContent) event.preventDefault();
  };
  wrong.textContent = "";
  dialog.addEventListener("submit", onSubmit);
  return ask(dialog).finally(() => dialog.removeEventListener("submit", onSubmit));
}
