// The HTML of a letter as it may be shown: words and their arrangement, and nothing that acts, loads or leads away.
// Built from a list of what stays; whatever is not on it goes, however a browser would read it.
import sanitizeHtml from 'sanitize-html';
import { cleanLine, cleanText, clip } from './clean.js';

const BLOCKS =
  'address blockquote caption center col colgroup dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th thead tr ul';
const WORDS = 'abbr b big br cite code del em font i ins kbd q s samp small span strike strong sub sup tt u';
/** What stands between these is no text of the writer's, or is drawn by something that does not stay. */
const WITHOUT_TEXT =
  'applet audio canvas datalist embed iframe math noembed noframes noscript object optgroup option param plaintext script select source style svg template textarea title track video xmp';

const NUMBER = /^\d{1,3}$/;
const COLOUR =
  /^(?:#[\da-f]{3,8}|[a-z]{3,25}|rgba?\( ?\d{1,3}%? ?, ?\d{1,3}%? ?, ?\d{1,3}%? ?(?:, ?[\d.]{1,5} ?)?\))$/i;
const LENGTH = /^(?:0|\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|%))$/i;
const LENGTHS =
  /^(?:(?:0|auto|\d{1,3}(?:\.\d{1,3})?(?:px|pt|em))(?: (?:0|auto|\d{1,3}(?:\.\d{1,3})?(?:px|pt|em))){0,3})$/i;
const BORDER =
  /^(?:none|\d{1,2}(?:\.\d)?(?:px|pt) (?:solid|dashed|dotted|double) (?:#[\da-f]{3,8}|[a-z]{3,25}))$/i;

/** Properties with the values each may have: none can load, move, cover or hide anything. */
const STYLES: Record<string, RegExp[]> = {
  color: [COLOUR],
  'background-color': [COLOUR],
  'font-weight': [/^(?:normal|bold|bolder|lighter|[1-9]00)$/i],
  'font-style': [/^(?:normal|italic|oblique)$/i],
  'font-size': [/^(?:[89]|[1-3]\d)(?:\.\d{1,3})?(?:px|pt)$/i, /^(?:small|medium|large|x-large)$/i],
  'text-align': [/^(?:left|right|center|justify|start|end)$/i],
  'text-decoration': [/^(?:none|underline|line-through)$/i],
  'white-space': [/^(?:normal|pre|pre-wrap|pre-line)$/i],
  'list-style-type': [
    /^(?:disc|circle|square|decimal|lower-alpha|upper-alpha|lower-roman|upper-roman|none)$/i,
  ],
  'vertical-align': [/^(?:top|middle|bottom|baseline)$/i],
  'border-collapse': [/^(?:collapse|separate)$/i],
  padding: [LENGTHS],
  margin: [LENGTHS],
  width: [LENGTH],
  ...Object.fromEntries(
    ['', '-top', '-right', '-bottom', '-left'].map((side) => [`border${side}`, [BORDER]]),
  ),
};

const MOST_DEPTH = 60;
/** Characters of an address or of the words for a picture that are shown. */
const MOST_SHOWN = 300;

const PLAIN_TAGS = [...BLOCKS.split(' '), ...WORDS.split(' ')];

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...PLAIN_TAGS, 'a'],
  nonTextTags: WITHOUT_TEXT.split(' '),
  disallowedTagsMode: 'discard',
  nestingLimit: MOST_DEPTH,
  allowedAttributes: {
    '*': ['style', 'dir', 'lang'],
    a: ['title'],
    span: ['class'],
    font: ['color'],
    td: ['colspan', 'rowspan', 'align', 'valign', 'bgcolor'],
    th: ['colspan', 'rowspan', 'align', 'valign', 'bgcolor'],
    tr: ['align', 'valign', 'bgcolor'],
    table: ['border', 'cellpadding', 'cellspacing', 'bgcolor'],
    ol: ['start'],
    p: ['align'],
    div: ['align'],
  },
  allowedStyles: { '*': STYLES },
  allowedSchemes: [],
  transformTags: {
    ...Object.fromEntries(PLAIN_TAGS.map((tag) => [tag, plainTag])),
    a: (_tagName, attribs) => ({ tagName: 'a', attribs: { title: shownAddress(attribs.href) } }),
    img: (_tagName, attribs) => pictureOf(attribs.alt),
    image: (_tagName, attribs) => pictureOf(attribs.alt),
  },
};

const VALUES = new Map<string, RegExp>(
  Object.entries({
    dir: /^(?:ltr|rtl|auto)$/i,
    lang: /^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}$/i,
    color: COLOUR,
    bgcolor: COLOUR,
    align: /^(?:left|right|center|justify)$/i,
    valign: /^(?:top|middle|bottom|baseline)$/i,
    colspan: NUMBER,
    rowspan: NUMBER,
    border: NUMBER,
    cellpadding: NUMBER,
    cellspacing: NUMBER,
    start: NUMBER,
  }),
);

/** What a letter gives to classes and titles of ours is not kept: those are written here only. */
function plainTag(tagName: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const kept = Object.entries(attributes).filter(
    ([name, value]) => name === 'style' || VALUES.get(name)?.test(value),
  );
  return { tagName, attribs: Object.fromEntries(kept) };
}

function shownAddress(address: string | undefined): string {
  return clip(cleanLine(address ?? '').replace(TURNING, ''), MOST_SHOWN);
}

const TURNING = /\p{Bidi_Control}|[\u200b\u2060\ufeff]/gu;

function pictureOf(words: string | undefined): sanitizeHtml.Tag {
  const text = clip(cleanLine(words ?? '').replace(TURNING, ''), MOST_SHOWN);
  return { tagName: 'span', attribs: { class: 'picture' }, text };
}

/**
 * `html` of a stranger as a fragment that is shown: no script, no address that anything is loaded from or that a click
 * leads to. A link is its words and its address (`span.address`), a picture what its writer called it (`span.picture`).
 */
export function safeHtml(html: string): string {
  return spellOutLinks(sanitizeHtml(cleanText(html), OPTIONS));
}

const LINK = /<a(?: title="([^"<>]*)")?>|<\/a>/g;

/** `html` is what the sanitiser wrote, in which `<` begins a tag and nothing else. */
function spellOutLinks(html: string): string {
  const open: { address: string; from: number }[] = [];
  return html.replace(LINK, (tag, address: string | undefined, at: number) => {
    if (tag !== '</a>') {
      open.push({ address: address ?? '', from: at + tag.length });
      return '<span>';
    }
    const link = open.pop();
    if (!link) return '';
    const isSaid = link.address === '' || html.slice(link.from, at).trim() === link.address;
    return isSaid ? '</span>' : `</span> <span class="address">${link.address}</span>`;
  });
}
