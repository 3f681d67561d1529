// @ts-check
// What every page does with scripts: menus close, times stay true, dialogs open.

/** @param {Event} event */
function closeMenus(event) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (event.target instanceof Node && menu.contains(event.target)) continue;
    menu.removeAttribute('open');
  }
}

/** @param {KeyboardEvent} event */
function closeMenuOnEscape(event) {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details.menu[open]');
  if (!menu) return;
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
}

/** `<button data-opens="id">` opens the dialog `id`. */
/** @param {MouseEvent} event */
function openDialog(event) {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest('[data-opens]');
  const dialog = opener && document.getElementById(opener.getAttribute('data-opens') ?? '');
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
}

document.addEventListener('click', closeMenus);
document.addEventListener('focusin', closeMenus);
document.addEventListener('keydown', closeMenuOnEscape);
document.addEventListener('click', openDialog);
