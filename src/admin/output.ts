// Tables, fact sheets and JSON on stdout.
import { cutTo, oneLine, pad, widthOf } from './text.js';

export interface Column<Row> {
  title: string;
  value(row: Row): string;
  /** May be cut when the terminal is too narrow. */
  flexible?: boolean;
}

const GAP = '  ';
const NARROWEST = 8;

/** Aligned columns under their titles, one line a row; cut to `width` cells when there is a terminal. */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number | undefined,
): string {
  const cells = rows.map((row) => columns.map((column) => oneLine(column.value(row)) || '-'));
  const lines = [columns.map((column) => column.title), ...cells];
  const widths = widthsOf(columns, lines, width);
  return lines.map((line) => `${joinCells(line, widths)}\n`).join('');
}

function joinCells(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => pad(cutTo(cell, widths[index] ?? 0), widths[index] ?? 0))
    .join(GAP)
    .trimEnd();
}

function widthsOf<Row>(
  columns: readonly Column<Row>[],
  lines: readonly string[][],
  limit: number | undefined,
): number[] {
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ''))));
  if (limit === undefined) return widths;
  let excess = sum(widths) + GAP.length * (columns.length - 1) - limit;
  const flexible = columns.flatMap((column, index) => (column.flexible ? [index] : []));
  while (excess > 0) {
    const widest = flexible.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), flexible[0] ?? 0);
    const current = widths[widest] ?? 0;
    if (flexible.length === 0 || current <= NARROWEST) break;
    widths[widest] = current - 1;
    excess -= 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `name  value` lines with the values in one column. */
export function formatFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...facts.map(([name]) => widthOf(name)));
  return facts.map(([name, value]) => `${pad(name, width)}${GAP}${oneLine(value) || '-'}\n`).join('');
}

const UNSAFE_IN_TERMINAL = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** JSON with what could steer a terminal escaped; the value is the same. */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(UNSAFE_IN_TERMINAL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** `1 letter`, `2 letters`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `850 bytes`, `1.2 kB`, `35 MB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
