// One command to the journal and what its answer means. Nothing here remembers anything.
import { words } from "./words.js";

const page = document.body.dataset;
const PATIENCE = 20_000; // ms; after it the answer counts as lost, and the same id is sent again

// {kind: saved | refused | confirm | conflict | locked | signed-out | stale | unreachable, …the answer's fields}
export async function send(id, name, body) {
  let response;
  try {
    response = await fetch(`/api/v1/commands/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": id, "X-CSRFToken": page.csrf },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { kind: "unreachable" };
  }
  return meaning(response.status, await readJson(response), response.headers.get("Retry-After"));
}

async function readJson(response) {
  try { return await response.json(); } catch { return {}; }
}

function meaning(status, answer, retryAfter) {
  const code = answer.code ?? answer.error?.code;
  const sentence = code === "malformed" ? words.malformed : answer.sentence ?? answer.error?.sentence ?? words.broken;
  if (status === 200) return { kind: "saved", ...answer };
  if (status === 409 && answer.error === "conflict") return { kind: "conflict", ...answer, sentence };
  if (status === 422 && answer.mode === "confirm") return { kind: "confirm", ...answer, sentence };
  if (status === 423) return { kind: "locked" };
  if (status === 401) return { kind: "signed-out" };
  if (status === 400 && code === "stale-form") return { kind: "stale" };
  if (status === 429 || status >= 500 || status < 400) return { kind: "unreachable", wait: Number(retryAfter) || 0 };
  return { kind: "refused", ...answer, code, sentence };
}

// After signing in again the page's token is of the old session: take the one of the same page, read anew.
export async function freshToken() {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body.dataset;
    if (!response.ok || fresh.account !== page.account) return false;
    page.csrf = fresh.csrf;
    return true;
  } catch {
    return false;
  }
}
