// Text from strangers made safe to keep: no control characters, no halves of characters, bounded length.

const UNWANTED_IN_TEXT = /(?![\n\t])\p{Cc}|\p{Cs}/u;
const UNWANTED_IN_TEXT_ALL = new RegExp(UNWANTED_IN_TEXT.source, 'gu');
const UNWANTED_IN_LINE = /\p{Cc}|\p{Cs}/u;
const LINE_BREAKS = /[\r\n\t\u2028\u2029]+ */g;
const CONTROLS = /\p{Cc}/gu;
const HALVES = /\p{Cs}/gu;
const BIDI_AND_BLANK = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** A text of several lines: `\n` line ends, tabs kept, every other control character removed. */
export function cleanText(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!UNWANTED_IN_TEXT.test(lines)) return lines;
  return lines.replace(UNWANTED_IN_TEXT_ALL, (found) => (found >= '\ud800' ? '\ufffd' : ''));
}

/** A text of one line: breaks and tabs become one space, other control characters go, ends trimmed. */
export function cleanLine(text: string): string {
  if (!UNWANTED_IN_LINE.test(text)) return text.trim();
  return text.replace(LINE_BREAKS, ' ').replace(CONTROLS, '').replace(HALVES, '\ufffd').trim();
}

/**
 * A display name: one line without the characters that turn or hide its neighbours. Joiners stay, Bengali and
 * Hindi need them.
 */
export function cleanName(name: string): string {
  return clip(cleanLine(name).replace(BIDI_AND_BLANK, '').trim(), 200);
}

/** Whether `name` has characters that `cleanName` takes out because they turn or hide their neighbours. */
export function hidesCharacters(name: string): boolean {
  return name.search(BIDI_AND_BLANK) >= 0;
}

/** The first `max` UTF-16 units of `text`, never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}
