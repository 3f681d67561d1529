// What stands at the end of one's own lines and is not one's own: "Sent from my iPhone", disclaimers of offices.
import type { SortedLines } from './own-words.js';
import { isDisclaimer, isOutsideWarning, isProgramsLine } from './own-words-marks.js';

const MAX_TAILS = 6;
const MAX_PARAGRAPH_LINES = 40;

/** Marks them in every run of own lines, from its end upwards; and a server's warning at the very top. */
export function markTails(sorted: SortedLines): void {
  markWarning(sorted);
  let end = sorted.kinds.length;
  while (end > 0) {
    while (end > 0 && sorted.kinds[end - 1] !== 'own') end -= 1;
    let start = end;
    while (start > 0 && sorted.kinds[start - 1] === 'own') start -= 1;
    markRun(sorted, { start, end });
    end = start;
  }
}

const ARMOUR = '-----BEGIN PGP SIGN';
const ARMOUR_ENDS = '-----END PGP SIGNATURE';
const MAX_ARMOUR_LINES = 100;

/** The lines around a text that PGP signed: `-----BEGIN PGP SIGNED MESSAGE-----`, `-----BEGIN PGP SIGNATURE-----`. */
export function isArmour(line: string): boolean {
  return line.startsWith(ARMOUR);
}

/** The line after the armour that begins at line `at`: behind its head, or behind the whole signature. */
export function endOfArmour(lines: readonly string[], at: number): number {
  const isHead = lines[at]?.startsWith('-----BEGIN PGP SIGNED') ?? false;
  for (let end = at + 1; end < Math.min(lines.length, at + MAX_ARMOUR_LINES); end++) {
    const line = lines[end] ?? '';
    if (isHead ? isBlank(line) : line.startsWith(ARMOUR_ENDS)) return end + 1;
  }
  return at + 1;
}

function markRun(sorted: SortedLines, run: { start: number; end: number }): void {
  let end = run.end;
  for (let tails = 0; tails < MAX_TAILS; tails++) {
    while (end > run.start && isBlank(sorted.lines[end - 1])) end -= 1;
    const start = tailStart(sorted.lines, { start: run.start, end });
    if (start === undefined) return;
    sorted.kinds.fill('signature', start, end);
    end = start;
  }
}

/** Where the tail begins with which the lines up to `end` close; undefined when they close with own words. */
function tailStart(lines: readonly string[], run: { start: number; end: number }): number | undefined {
  if (run.end <= run.start) return undefined;
  if (isProgramsLine(lines[run.end - 1] ?? '')) return run.end - 1;
  let start = run.end - 1;
  while (start > run.start && !isBlank(lines[start - 1]) && run.end - start < MAX_PARAGRAPH_LINES) start -= 1;
  return isDisclaimer(lines.slice(start, run.end).join(' ')) ? start : undefined;
}

function markWarning({ lines, kinds }: SortedLines): void {
  const start = lines.findIndex((line) => !isBlank(line));
  if (start < 0 || kinds[start] !== 'own') return;
  let end = start;
  while (end < lines.length && end < start + MAX_PARAGRAPH_LINES && !isBlank(lines[end])) end += 1;
  if (isOutsideWarning(lines.slice(start, end).join(' '))) kinds.fill('signature', start, end);
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}
