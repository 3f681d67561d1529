// The pages of signing in as plain data.

import type { Enrolment } from '../../sign-in/enrolling.js';
import type { Refused } from '../../sign-in/options.js';
import type { PhraseKey } from '../words/words.js';

export interface Notice {
  kind: 'info' | 'good' | 'warn' | 'bad';
  key: PhraseKey;
}

/** What is said of a try that did not do. */
export function refusalNotice({ kind }: Refused, wrong: PhraseKey = 'sign-in.refused'): Notice {
  return kind === 'too-many' ? { kind: 'warn', key: 'sign-in.too-many' } : { kind: 'bad', key: wrong };
}

/** 401 for what did not fit, 429 for too many tries. */
export function refusalStatus({ kind }: Refused): number {
  return kind === 'too-many' ? 429 : 401;
}

export interface EnrolmentView {
  /** A square a dark module, as the data of one SVG path; `size` modules on each side. */
  qr: { size: number; path: string };
  /** In groups of four, for who types it. */
  secret: string;
  sealed: string;
}

export function enrolmentView({ squares, secret, sealed }: Enrolment): EnrolmentView {
  return { qr: { size: squares.length, path: pathOf(squares) }, secret: inFours(secret), sealed };
}

/** One stroke a run of dark squares, so that the page stays small. */
function pathOf(squares: readonly (readonly boolean[])[]): string {
  return squares
    .flatMap((row, y) => runsOf(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
    .join('');
}

function runsOf(row: readonly boolean[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last.from + last.length === x) last.length += 1;
    else runs.push({ from: x, length: 1 });
  }
  return runs;
}

function inFours(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(' ');
}

const BROWSERS: readonly [name: string, mark: RegExp][] = [
  ['Edge', /\bEdg(?:A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chromium', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
];
const SYSTEMS: readonly [name: string, mark: RegExp][] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
];

/** `Firefox, Windows`; what the browser says of itself when nothing of it is known. */
export function browserName(userAgent: string): string {
  const names = [BROWSERS, SYSTEMS].flatMap(
    (known) => known.find(([, mark]) => mark.test(userAgent))?.[0] ?? [],
  );
  return names.length > 0 ? names.join(', ') : userAgent.slice(0, 60) || '?';
}
