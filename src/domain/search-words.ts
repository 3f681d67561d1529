// One form of a word for the search index and for the query, so that they meet (NFC, joiners, digits, case).

const JOINERS = /[\u200b-\u200d\ufeff]/gu;
const INDIC_DIGIT = /[০-৯०-९]/gu;

/**
 * Folds text for search: NFC, zero-width joiners removed (র‌্য and র্য are one word), Bengali and Devanagari digits
 * as 0-9, lower case.
 */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFC')
    .replace(JOINERS, '')
    .replace(INDIC_DIGIT, (digit) => String(digitValue(digit)))
    .toLowerCase();
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  return code >= 0x09e6 ? code - 0x09e6 : code - 0x0966;
}

/** The words of a query in folded form: letters, digits and combining marks only; at most 16. */
export function searchTokens(query: string): string[] {
  return (foldForSearch(query).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, 16);
}
