// The few icons, drawn as strokes on a field of 16 by 16.
import { type Html, html } from '../html.js';

const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  menu: 'M2 4h12M2 8h12M2 12h12',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  left: 'm10 4-4 4 4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3L13 4.5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5',
  warning: 'M8 2 1.5 13.5h13zM8 6.5v3M8 11.5v.2',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14a5.5 5.5 0 0 1 11 0',
  letter: 'M2 3.5h12v9H2zM2 4l6 5 6-5',
  clip: 'm12.5 7-5 5a2.8 2.8 0 0 1-4-4l5.3-5.3a1.9 1.9 0 0 1 2.7 2.7L6.3 10.6',
  lock: 'M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  reply: 'M6.5 3.5 2.5 7.5l4 4M3 7.5h6.5a4 4 0 0 1 4 4v1',
  note: 'M3 2.5h10v8L9.5 14H3zM9.5 14v-3.5H13',
  pause: 'M5.5 3v10M10.5 3v10',
  none: 'M3 8h10',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it says must stand beside it as text. */
export function icon(name: string): Html {
  const path = PATHS[name as IconName];
  if (path === undefined) throw new TypeError(`There is no icon ${name}.`);
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
}
