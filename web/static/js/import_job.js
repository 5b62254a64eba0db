// Asks how the import is doing, and shows the page anew when it is done.
const working = document.querySelector("[data-state-at]");
const EVERY = 700; // ms

async function ask() {
  try {
    const response = await fetch(working.dataset.stateAt, { headers: { Accept: "application/json" } });
    if (!response.ok) return location.reload();
    const { busy, seconds } = await response.json();
    if (!busy) return location.reload();
    working.querySelector("[data-seconds]").textContent = seconds;
  } catch { /* the connection may come back: asked again */ }
  setTimeout(ask, EVERY);
}
setTimeout(ask, EVERY);
