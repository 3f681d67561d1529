// @ts-check
// The ticket's page with scripts: what is typed is kept, Ctrl+Enter sends, deeds open at their first field, and who else
// is here is told.
import { listen, showCompany } from './live.js';

const page = document.querySelector('.ticket');
const reference = page?.getAttribute('data-reference') ?? '';

const PAUSE_MS = 2_500;
/** @type {Map<HTMLTextAreaElement, ReturnType<typeof setTimeout>>} */
const waiting = new Map();

/** @param {HTMLTextAreaElement} area @param {boolean} leaving */
async function keep(area, leaving = false) {
  clearTimeout(waiting.get(area));
  waiting.delete(area);
  const body = new URLSearchParams({ csrf: csrfOf(area), field: area.dataset.draft ?? '', text: area.value });
  const answer = await fetch(`/tickets/${reference}/drafts`, { method: 'POST', body, keepalive: leaving });
  const kept = area.form?.querySelector('[data-kept]');
  if (kept instanceof HTMLElement) kept.hidden = !answer.ok;
}

const ANSWERING_MS = 20_000;
let answeredAt = Number.NEGATIVE_INFINITY;

/** Others see that somebody is writing to the resident. */
/** @param {HTMLTextAreaElement} area */
function tellAnswering(area) {
  if (area.dataset.draft === 'note' || performance.now() - answeredAt < ANSWERING_MS) return;
  answeredAt = performance.now();
  const body = new URLSearchParams({ csrf: csrfOf(area), ticket: reference });
  fetch('/live/answering', { method: 'POST', body }).catch(() => undefined);
}

/** @param {HTMLTextAreaElement} area */
function csrfOf({ form }) {
  const field = form?.elements.namedItem('csrf');
  return field instanceof HTMLInputElement ? field.value : '';
}

/** @param {Event} event */
function keepSoon({ target }) {
  if (!(target instanceof HTMLTextAreaElement) || !target.dataset.draft) return;
  tellAnswering(target);
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
  if (event.defaultPrevented || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target instanceof Element ? event.target.closest('form.deed-form') : null;
  const button = form?.querySelector('.buttons button');
  if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  form.requestSubmit(button);
}

/** A deed that was opened by hand or by key is typed into. */
/** @param {MouseEvent} event */
function enter({ target }) {
  const summary = target instanceof Element ? target.closest('details.deed[data-deed] > summary') : null;
  const deed = summary?.parentElement;
  if (deed instanceof HTMLDetailsElement) setTimeout(() => deed.open && focusIn(deed));
}

/** The list leads to `#reply`. */
function openNamed() {
  const deed = document.getElementById(`deed-${location.hash.slice(1)}`);
  if (!(deed instanceof HTMLDetailsElement)) return;
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
document.addEventListener('click', enter);
document.addEventListener('toggle', closeOthers, true);
addEventListener('pagehide', keepAll);
openNamed();

const place = document.querySelector('.ticket-company');
if (place instanceof HTMLElement) {
  listen({
    after: place.dataset.after ?? '',
    ticket: reference,
    onEvent(name, data) {
      if (name === 'company' && data.reference === reference) showCompany(place, data.who);
      if (name === 'tickets') tellChange(data.tickets);
    },
  });
}

/** The page stays as it is: somebody may be typing in it. */
/** @param {{ reference: string, version: number, by: string[] }[]} tickets */
function tellChange(tickets) {
  const news = tickets.find((one) => one.reference === reference);
  const link = document.querySelector('.ticket-changed');
  if (!news || !(link instanceof HTMLElement)) return;
  if (String(news.version) === page?.getAttribute('data-version')) return;
  link.hidden = false;
}
