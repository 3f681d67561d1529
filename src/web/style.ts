// The one style sheet. It stands in every page, so that a page is one answer; its hash lets browsers apply no other.
import { createHash } from 'node:crypto';
import { html, htmlText } from './html.js';

export const STYLE = html`
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #16191d;
  --faint: #4d555e;
  --line: #c9ced4;
  --deed: #0a5c3b;
  --on-deed: #ffffff;
  --deed-held: #07452c;
  --notice: #e9f3ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a;
    --ink: #eceef0;
    --faint: #a9b1b9;
    --line: #3b424a;
    --deed: #8fd6b3;
    --on-deed: #06251a;
    --deed-held: #b3e5cd;
    --notice: #1d2b25;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
dl { margin: 0 0 1.5rem; }
dl > div { padding: 0.625rem 0; border-top: 1px solid var(--line); }
dt { color: var(--faint); font-size: 0.9375rem; }
dd { margin: 0; }
.notice { margin: 0 0 1.5rem; padding: 0.875rem 1rem; border-left: 0.25rem solid var(--deed); background: var(--notice); }
.faint { color: var(--faint); font-size: 0.9375rem; }
button {
  width: 100%;
  min-height: 3.5rem;
  padding: 0.75rem 1.5rem;
  border: 0;
  border-radius: 0.5rem;
  background: var(--deed);
  color: var(--on-deed);
  font: inherit;
  font-size: 1.25rem;
  font-weight: 600;
  cursor: pointer;
}
button:hover, button:active { background: var(--deed-held); }
button:focus-visible { outline: 0.1875rem solid var(--ink); outline-offset: 0.1875rem; }
@media (min-width: 40rem) { button { width: auto; min-width: 16rem; } }
@media print { button { display: none; } }
`;

/** As a Content-Security-Policy names it. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(htmlText(STYLE)).digest('base64')}'`;
