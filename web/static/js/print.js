// The browser's own print dialog behind a button: people look for one.
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
