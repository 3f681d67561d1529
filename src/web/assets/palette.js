// @ts-check
// One field that goes anywhere: to the views, to what the page offers, to a ticket, to a search.

const REFERENCE = /^[a-z0-9]+(-[a-z0-9]+)*-\d{2}-\d{6,12}-[0-9a-z]$/i;

/** @typedef {{ label: string, hint: string, run(): void }} Entry */

/** @returns {Entry[]} */
function offered() {
  const places = document.querySelectorAll(
    '.places a, .view-links a, [data-key], [data-row-key], .account a',
  );
  return [...places].flatMap((one) => {
    if (!(one instanceof HTMLElement) || one.closest('dialog')) return [];
    const label = (one.firstElementChild?.textContent || one.textContent || '').trim();
    const key = one.dataset.go ? `g ${one.dataset.go}` : (one.dataset.key ?? one.dataset.rowKey ?? '');
    return label === '' ? [] : [{ label, hint: key, run: () => one.click() }];
  });
}

/** @param {string} text @returns {Entry[]} */
function entriesFor(text) {
  const wanted = text.trim().toLowerCase();
  const found = offered().filter(({ label }) => label.toLowerCase().includes(wanted));
  if (wanted === '') return found;
  const go = (/** @type {string} */ address) => () => location.assign(address);
  if (REFERENCE.test(wanted)) {
    return [
      {
        label: wanted.toUpperCase(),
        hint: '',
        run: go(`/tickets/${encodeURIComponent(wanted.toUpperCase())}`),
      },
    ];
  }
  return [
    ...found,
    { label: `“${text.trim()}”`, hint: '/', run: go(`/desk?q=${encodeURIComponent(text.trim())}`) },
  ];
}

/** @type {Entry[]} */
let entries = [];
let at = 0;

/** @param {HTMLElement} list @param {HTMLInputElement} field */
function draw(list, field) {
  list.replaceChildren(
    ...entries.map(({ label, hint }, index) => {
      const item = document.createElement('li');
      item.id = `palette-${index}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', String(index === at));
      const key = document.createElement('kbd');
      key.textContent = hint;
      item.append(label, ...(hint === '' ? [] : [key]));
      return item;
    }),
  );
  field.setAttribute('aria-activedescendant', `palette-${at}`);
  document.getElementById(`palette-${at}`)?.scrollIntoView({ block: 'nearest' });
}

/** @returns {boolean} */
export function openPalette() {
  const dialog = document.getElementById('palette');
  const field = document.getElementById('palette-field');
  const list = document.getElementById('palette-list');
  if (!(dialog instanceof HTMLDialogElement) || !(field instanceof HTMLInputElement) || !list) return false;
  const ask = () => {
    entries = entriesFor(field.value);
    at = 0;
    draw(list, field);
  };
  const run = (/** @type {number} */ index) => {
    dialog.close();
    entries[index]?.run();
  };
  field.oninput = ask;
  field.onkeydown = (event) => {
    if (event.key === 'Enter') run(at);
    else if (event.key === 'ArrowDown') at = Math.min(at + 1, entries.length - 1);
    else if (event.key === 'ArrowUp') at = Math.max(at - 1, 0);
    else return;
    event.preventDefault();
    draw(list, field);
  };
  list.onclick = (event) => {
    const item = event.target instanceof Element ? event.target.closest('li') : null;
    if (item) run(Number(item.id.replace('palette-', '')));
  };
  field.value = '';
  ask();
  if (!dialog.open) dialog.showModal();
  return true;
}
