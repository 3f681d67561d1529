// @ts-check
// Single keys. Pages say what they offer: `data-key="r"` is pressed, `data-go="m"` follows `g`, and on a list of tickets
// `data-row-key` acts on the row one is at.
import { openPalette } from './palette.js';

const GO_MS = 1_500;
/** Deeds that have their place on the page of the ticket. */
const ON_TICKET = new Set(['e', 'r', 'n']);
let goUntil = 0;

/** @returns {HTMLElement[]} */
function rows() {
  return [...document.querySelectorAll('.ticket-row[data-reference]')].filter(
    (one) => one instanceof HTMLElement,
  );
}

function hereRow() {
  return rows().find((row) => row.classList.contains('here'));
}

/** @param {number} step */
function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains('here'));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return false;
  for (const row of all) row.classList.toggle('here', row === next);
  const link = next.querySelector('.ticket-subject');
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

/** @param {string} [place] */
function openRow(place = '') {
  const link = hereRow()?.querySelector('.ticket-subject');
  if (!(link instanceof HTMLAnchorElement)) return false;
  location.assign(link.href + (place === '' ? '' : `#${place}`));
  return true;
}

function choose() {
  const box = hereRow()?.querySelector('.choose input');
  if (!(box instanceof HTMLInputElement)) return false;
  box.click();
  return true;
}

/** What is chosen counts; where nothing is, the row one is at. */
function chooseHereIfNone() {
  if (document.querySelector('.choose input:checked')) return true;
  return choose();
}

/** @param {string} key */
function pressed(key) {
  if (key === 'j') return move(1);
  if (key === 'k') return move(-1);
  if (key === 'o') return openRow();
  if (key === 'x') return choose();
  if (key === '/') return focusSearch();
  if (key === '?') return openHelp();
  if (key === 'g') {
    goUntil = performance.now() + GO_MS;
    return true;
  }
  return pressOffered(key);
}

function focusSearch() {
  const field = document.getElementById('find');
  if (!(field instanceof HTMLInputElement)) return false;
  field.select();
  return true;
}

function openHelp() {
  const dialog = document.getElementById('keys');
  const place = document.getElementById('keys-go');
  if (!(dialog instanceof HTMLDialogElement)) return false;
  place?.replaceChildren(
    ...[...document.querySelectorAll('[data-go]')].flatMap((one) => {
      const key = document.createElement('kbd');
      key.textContent = one.getAttribute('data-go');
      return [key, ` ${one.firstElementChild?.textContent ?? one.textContent ?? ''} `];
    }),
  );
  dialog.showModal();
  return true;
}

/** @param {string} key */
function pressOffered(key) {
  const offered = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (offered instanceof HTMLElement) {
    offered.click();
    if (offered instanceof HTMLTextAreaElement || offered instanceof HTMLInputElement) offered.focus();
    return true;
  }
  const onRow = document.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  if (onRow instanceof HTMLElement) return pressOnChosen(onRow);
  const menu = document.querySelector(`[data-row-menu="${CSS.escape(key)}"]`);
  if (menu instanceof HTMLDetailsElement) return openMenu(menu);
  return ON_TICKET.has(key) && openRow({ e: 'close', r: 'reply', n: 'note' }[key]);
}

/** @param {HTMLElement} button */
function pressOnChosen(button) {
  if (!chooseHereIfNone()) return false;
  button.click();
  return true;
}

/** @param {HTMLDetailsElement} menu */
function openMenu(menu) {
  if (!chooseHereIfNone()) return false;
  menu.open = true;
  const first = menu.querySelector('select, input');
  if (first instanceof HTMLElement) first.focus();
  return true;
}

/** @param {string} key */
function goTo(key) {
  const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  if (!(place instanceof HTMLElement)) return false;
  place.click();
  return true;
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}

/** @param {KeyboardEvent} event */
function withControl(event) {
  if (event.key.toLowerCase() === 'k') return openPalette();
  if (event.key !== 'Enter' || !(event.target instanceof HTMLTextAreaElement)) return false;
  event.target.form?.requestSubmit();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.altKey || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey) {
    if (withControl(event)) event.preventDefault();
    return;
  }
  if (event.key === 'Escape' && event.target instanceof HTMLElement && isTyping(event.target))
    return event.target.blur();
  if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
  const going = performance.now() < goUntil;
  goUntil = 0;
  if (going ? goTo(event.key) : pressed(event.key)) event.preventDefault();
});
