// Markup that cannot be made without escaping: `html` is the only way to it, and every value it is given is escaped.

const MARKUP = Symbol('markup');

/** A piece of a page. */
export interface Html {
  readonly [MARKUP]: string;
}

/** Text is escaped; pieces of pages are put in as they are. */
export type HtmlValue = string | number | Html | readonly Html[];

/** Attribute values must stand in quotes. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = literals.map((literal, index) => literal + markupOf(values[index] ?? ''));
  return { [MARKUP]: parts.join('') };
}

/**
 * Makes a piece of a page of text that is markup already. Only what compiles views and what draws charts may: a test
 * holds everybody else to `html`.
 */
export function trustedMarkup(text: string): Html {
  return { [MARKUP]: text };
}

export function isHtml(value: unknown): value is Html {
  return typeof value === 'object' && value !== null && MARKUP in value;
}

/** A value of any kind as a view puts it in. Throws TypeError for undefined: a place that nothing was given for. */
export function escapeValue(value: unknown): string {
  if (value === undefined) throw new TypeError('A view has a place that nothing was given for.');
  if (value === null || value === false) return '';
  if (isHtml(value)) return htmlText(value);
  return Array.isArray(value) ? value.map(escapeValue).join('') : escapeText(String(value));
}

/** The finished text, for the wire. */
export function htmlText(page: Html): string {
  return page[MARKUP];
}

/** A name that somebody else chose: whatever it holds, it does not turn the direction of the text beside it. */
export function foreignName(name: string): Html {
  return html`<bdi>${name}</bdi>`;
}

function markupOf(value: HtmlValue): string {
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return 'length' in value ? value.map(htmlText).join('') : htmlText(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and halves of characters have no place in HTML, and become U+FFFD. */
function escapeText(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\P{Cc}\t\n]|\p{Cs}/gu, '\uFFFD');
}
