// What is written in a field and not yet saved stays in this tab: a page left by mistake loses nothing. Signing out
// clears it.
const named = (cell) => `letopis:draft:${document.body.dataset.account}:${cell}`;

export function keep(cell, draft) {
  try {
    if (draft) sessionStorage.setItem(named(cell), JSON.stringify(draft));
    else sessionStorage.removeItem(named(cell));
  } catch { /* storage is forbidden or full: it stays on the page only */ }
}

export function kept(cell) {
  try { return JSON.parse(sessionStorage.getItem(named(cell))); } catch { return null; }
}
