// @ts-check
// The ticket's page with scripts: what is typed is kept, Ctrl+Enter sends, single keys open deeds.

const page = document.querySelector('.ticket');
const reference = page?.getAttribute('data-reference') ?? '';

const PAUSE_MS = 2_500;
/** @type {Map<HTMLTextAreaElement, ReturnType<typeof setTimeout>>} */
const waiting = new Map();

/** @param {HTMLTextAreaElement} area @param {boolean} leaving */
async function keep(area, leaving = false) {
  clearTimeout(waiting.get(area));
  waiting.delete(area);
  const csrf = /** @type {HTMLInputElement | null} */ (area.form?.elements.namedItem('csrf'))?.value ?? '';
  const body = new URLSearchParams({ csrf, field: area.dataset.draft ?? '', text: area.value });
  const answer = await fetch(`/tickets/${reference}/drafts`, { method: 'POST', body, keepalive: leaving });
  const kept = area.form?.querySelector('[data-kept]');
  if (kept instanceof HTMLElement) kept.hidden = !answer.ok;
}

/** @param {Event} event */
function keepSoon({ target }) {
  if (!(target instanceof HTMLTextAreaElement) || !target.dataset.draft) return;
  const kept = target.form?.querySelector('[data-kept]');
  if (kept instanceof HTMLElement) kept.hidden = true;
  clearTimeout(waiting.get(target));
  waiting.set(
    target,
    setTimeout(() => keep(target).catch(() => undefined), PAUSE_MS),
  );
}

/** What is being sent is not kept as well. */
/** @param {SubmitEvent} event */
function forget({ target }) {
  for (const [area, timer] of waiting) {
    if (area.form !== target) continue;
    clearTimeout(timer);
    waiting.delete(area);
  }
}

function keepAll() {
  for (const area of [...waiting.keys()]) keep(area, true).catch(() => undefined);
}

/** @param {KeyboardEvent} event */
function send(event) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target instanceof Element ? event.target.closest('form.deed-form') : null;
  const button = form?.querySelector('.buttons button');
  if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  form.requestSubmit(button);
}

/** @type {Record<string, string>} */
const KEYS = { r: 'reply', n: 'note', a: 'assign', t: 'triage', e: 'close' };

/** @param {KeyboardEvent} event */
function openByKey(event) {
  const isTyping =
    event.target instanceof Element && event.target.closest('input, select, textarea, [contenteditable]');
  if (event.key === 'Escape' && isTyping instanceof HTMLElement) isTyping.blur();
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!document.documentElement.hasAttribute('data-shortcuts')) return;
  const deed = document.getElementById(`deed-${KEYS[event.key]}`);
  if (!(deed instanceof HTMLDetailsElement)) return;
  event.preventDefault();
  deed.open = true;
  focusIn(deed);
}

/** @param {Element} deed */
function focusIn(deed) {
  const field = deed.querySelector('textarea, .field select, .field input, .buttons button');
  if (!(field instanceof HTMLElement)) return;
  field.focus();
  field.scrollIntoView({ block: 'nearest' });
}

/** Only one form is open, also where browsers do not know `details[name]`. */
/** @param {Event} event */
function closeOthers({ target }) {
  if (!(target instanceof HTMLDetailsElement) || !target.open || !target.dataset.deed) return;
  for (const other of document.querySelectorAll('details.deed[data-deed][open]')) {
    if (other !== target && other instanceof HTMLDetailsElement) other.open = false;
  }
}

document.addEventListener('input', keepSoon);
document.addEventListener('submit', forget);
document.addEventListener('keydown', send);
document.addEventListener('keydown', openByKey);
document.addEventListener('toggle', closeOthers, true);
addEventListener('pagehide', keepAll);
