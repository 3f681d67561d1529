// Comma-separated values (RFC 4180) that a spreadsheet opens rightly and without doing what a cell says.

const BYTE_ORDER_MARK = '\ufeff';

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * The whole file: `rows` with the heads first, CRLF after each, with a byte order mark (to be written as UTF-8), because
 * without it spreadsheets spoil every script but Latin. A cell that could be a formula gets a leading apostrophe.
 */
export function formatCsv(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + [heads, ...rows].map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');
}

function formatCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
