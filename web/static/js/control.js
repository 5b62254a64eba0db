// Control: a period of one's own days, and what each report comes to, fetched one after the other.
const form = document.getElementById("control-filter");
const period = form?.querySelector("[data-period]");

function days() {
  form.querySelector(".own-days").hidden = period.value !== "own";
}

if (form) {
  days();
  period.addEventListener("change", () => {
    days();
    if (period.value !== "own") form.requestSubmit();
    else form.querySelector("[data-own-day]").focus();
  });
}

async function headlines() {
  for (const place of document.querySelectorAll("[data-headline]")) {
    const answer = await fetch(place.dataset.headline, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) continue;
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    place.replaceChildren(...shown.children);
  }
}

headlines();
