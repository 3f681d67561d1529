// @ts-check
// The desk: choosing rows, searching as one types, taking back, and what changes while it is open.
import { listen, phraseFor, showCompany } from './live.js';

const UNDO_MS = 10_000;
const TYPING_MS = 180;

/** @template {Element} T @param {string} selector @param {new () => T} kind @returns {T | undefined} */
function find(selector, kind) {
  const found = document.querySelector(selector);
  return found instanceof kind ? found : undefined;
}

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [...document.querySelectorAll('.choose input')].filter((one) => one instanceof HTMLInputElement);
}

function showChosen() {
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  // On a telephone the bar of deeds is there when there is something to do them to.
  find('.bulk', HTMLElement)?.classList.toggle('idle', count === 0);
  const place = find('.chosen-count', HTMLElement);
  if (place) place.textContent = count === 0 ? '' : phraseFor(place, count);
  const every = find('#choose-all', HTMLInputElement);
  if (!every) return;
  every.checked = count > 0 && count === all.length;
  every.indeterminate = count > 0 && count < all.length;
}

/** @type {HTMLInputElement | undefined} */
let lastBox;

/** With shift, everything between the last box and this one. @param {MouseEvent} event */
function chooseRange(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest('.choose')) return;
  const all = boxes();
  if (event.shiftKey && lastBox && all.includes(lastBox)) {
    const [from = 0, to = 0] = [all.indexOf(lastBox), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  }
  lastBox = box;
}

function prepareList() {
  find('.choose-all', HTMLElement)?.removeAttribute('hidden');
  showChosen();
}

document.addEventListener('click', chooseRange);
document.addEventListener('change', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.id === 'choose-all') {
    for (const box of boxes()) box.checked = event.target.checked;
  }
  showChosen();
});

// Searching as one types: the same list, asked for without its frame.

const field = find('#find', HTMLInputElement);
let asked = 0;
/** @type {number | undefined} */
let typing;

async function search() {
  if (!field) return;
  const number = ++asked;
  const query = new URLSearchParams(location.search);
  query.delete('after');
  query.delete('did');
  if (field.value.trim() === '') query.delete('q');
  else query.set('q', field.value.trim());
  if (!new URLSearchParams(location.search).has('q')) query.delete('view');
  await show(`/desk/list?${query}`, number);
  history.replaceState(null, '', query.size === 0 ? '/desk' : `/desk?${query}`);
}

/** A slower answer to an older question is not shown. @param {string} address @param {number} number */
async function show(address, number) {
  const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  find('#list', HTMLElement)?.replaceChildren(...page.body.childNodes);
  prepareList();
}

field?.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(search, TYPING_MS);
});

// Taking back is offered for ten seconds.

const undo = find('[data-undo]', HTMLButtonElement);
if (undo) setTimeout(() => undo.form?.remove(), UNDO_MS);
// The report is told once; loading the page again must not tell it again.
if (new URLSearchParams(location.search).has('did')) {
  const query = new URLSearchParams(location.search);
  query.delete('did');
  history.replaceState(null, '', query.size === 0 ? '/desk' : `/desk?${query}`);
}

// What changes: rows stay where they are, and say so.

/** @type {Set<string>} */
const news = new Set();
/** @type {number | undefined} */
let counting;

/** @param {{ tickets: { reference: string, version: number, isNew: boolean }[] }} data */
function markChanged({ tickets }) {
  for (const { reference } of tickets) {
    news.add(reference);
    document
      .querySelector(`[data-reference="${CSS.escape(reference)}"] [data-changed]`)
      ?.removeAttribute('hidden');
  }
  const bar = find('#news', HTMLAnchorElement);
  if (bar) {
    bar.hidden = false;
    bar.href = location.pathname + location.search;
    bar.textContent = phraseFor(bar, news.size);
  }
  clearTimeout(counting);
  counting = setTimeout(refreshCounts, 1_000);
}

async function refreshCounts() {
  const answer = await fetch('/desk/counts', { headers: { accept: 'application/json' } }).catch(
    () => undefined,
  );
  if (!answer?.ok) return;
  for (const [view, count] of Object.entries(await answer.json())) {
    const place = document.querySelector(`[data-count="${view}"]`);
    if (place) place.textContent = String(count);
  }
}

/** @param {{ reference: string, who: { name: string, doing: 'looking' | 'answering' }[] }} data */
function markCompany({ reference, who }) {
  const place = document.querySelector(`[data-reference="${CSS.escape(reference)}"] [data-company]`);
  if (place) showCompany(place, who);
}

listen({
  after: find('[data-mark]', HTMLElement)?.dataset.mark ?? '',
  onEvent(name, data) {
    if (name === 'company') markCompany(data);
    else if (name === 'tickets') markChanged(data);
    else location.reload();
  },
  onConnection(connected) {
    const place = find('#offline', HTMLElement);
    if (place) place.hidden = connected;
  },
});
prepareList();
