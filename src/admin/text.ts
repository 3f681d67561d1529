// Text for a terminal: nothing a letter contains may steer it, and columns stay columns in every script.

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

// Joiners (ZWJ, ZWNJ) are kept: Bengali and Devanagari need them.
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6])/u;

/** One line without control characters, line ends or marks that turn the direction of writing. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(STEERING, '').trim();
}

/** Lines of `text`, each without control characters. */
export function cleanLines(text: string): string[] {
  return text.split(/\r\n?|\n/).map((line) => line.replace(/\t/g, '    ').replace(STEERING, '').trimEnd());
}

/** Cells `text` takes in a terminal: one for a grapheme cluster, two for a wide one. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** `text` in at most `width` cells, `…` where it was cut. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** `text` with spaces up to `width` cells. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** `line` broken at spaces into lines of at most `width` cells; a longer word stays whole. */
export function wrap(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && widthOf(longer) > width) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}
