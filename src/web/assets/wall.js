// @ts-check
// The board on the wall: fetched anew every half minute, put in place without a blink; without scripts the page reloads.

const EVERY_MS = 30_000;
/** Tries that may fail before the page says that it is old. */
const PATIENCE = 3;
let failed = 0;

async function renew() {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (answer.redirected) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('main');
    const old = document.querySelector('main');
    if (!fresh || !old) throw new Error('no main');
    old.replaceChildren(...fresh.childNodes);
    failed = 0;
  } catch {
    failed += 1;
  }
  document.body.classList.toggle('stale', failed >= PATIENCE);
}

setInterval(() => void renew(), EVERY_MS);
