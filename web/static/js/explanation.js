// «Почему эта отметка?» opens beside the cell it was asked from; without us the link is a page of its own.
import { words } from "./words.js";

const SHEET = "/static/css/explanation.css";
const dialog = document.createElement("dialog");
dialog.id = "explanation";
dialog.className = "side";
dialog.setAttribute("aria-label", words.why);
document.body.append(dialog);

function dressed() {
  if (document.querySelector(`link[href^="${SHEET}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = SHEET;
  document.head.append(link);
}

async function open(address) {
  dressed();
  const url = new URL(address, location.href);
  url.searchParams.set("panel", "1");
  dialog.textContent = words.loading;
  if (!dialog.open) dialog.showModal();
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error(response.status);
    dialog.innerHTML = await response.text(); // our own server's escaped template
    dialog.scrollTop = 0;
  } catch {
    location.assign(address); // the page says better than we what is wrong
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="/explanations/"]:not([data-whole])');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.getAttribute("href"));
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
