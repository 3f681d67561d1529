// The far side's last word, as we keep it.

const KEPT = 500;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a journal
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** `text` on one line, at most 500 characters. */
export function replyOf(text: string): string {
  return text
    .slice(0, 4 * KEPT)
    .replace(CONTROL, ' ')
    .trim()
    .slice(0, KEPT);
}

const QUEUE_IDS = [
  /\bqueued as ([\w.+-]{1,100})/i, // Postfix, Haraka, Sendmail's relatives
  /\bid=([\w.+-]{1,100})/i, // Exim
  /\bmessage accepted for delivery\b.{0,40}?\bid ([\w.+-]{1,100})/i,
  /^250 (?:\d\.\d\.\d )?([\w.+-]{6,100}) message accepted for delivery/i, // Sendmail
];

/** The receipt in a 250 reply; null when it names none. */
export function queueIdOf(reply: string): string | null {
  for (const pattern of QUEUE_IDS) {
    const id = pattern.exec(reply)?.[1];
    if (id) return id.replace(/[.]+$/, '');
  }
  return null;
}
