// What the structure of an HTML letter says and its text would not: where an answered letter begins, what is a
// signature, and which blocks only look quoted. Written into the HTML before it becomes text.

/** Something that some mail program marks; nothing is done for the HTML of others. */
const ANY_MARK =
  /blockquote|appendonsend|divRplyFwdMsg|yahoo_quoted|mail-editor-reference-message|ms-outlook-mobile|OLK_SRC_BODY_SECTION|gmail_signature|ymail_signature|border-top:\s?solid #(?:E1E1E1|B5C4DF)/i;

/** The line that Outlook itself draws in plain text. */
const ANSWERED_LINE = `<p>${'_'.repeat(32)}</p>`;
const SIGNATURE_LINE = '<div>-- </div>';
const MAX_MARKS = 20;
const NEAR = 300;
const MAX_ATTRIBUTES = 2_000;

const ANSWERED = new RegExp(
  `<(?:div|span|hr)\\b[^<>]{0,${MAX_ATTRIBUTES}}(?:\\bid=["']?(?:x_)*(?:appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|ms-outlook-mobile-body-separator-line|OLK_SRC_BODY_SECTION)\\b|border-top:\\s?solid #(?:E1E1E1|B5C4DF))`,
  'gi',
);
const YAHOO = new RegExp(
  `<div\\b[^<>]{0,${MAX_ATTRIBUTES}}\\bclass=["']?[^"'<>]{0,80}\\byahoo_quoted\\b`,
  'gi',
);
const SIGNATURE = new RegExp(
  `<div\\b[^<>]{0,${MAX_ATTRIBUTES}}(?:\\bclass=["']?[^"'<>]{0,80}\\b(?:gmail_signature|ymail_signature)\\b|\\bid=["']?(?:x_)*ms-outlook-mobile-signature\\b)`,
  'gi',
);
const BLOCK = new RegExp(`<(/?)blockquote\\b([^<>]{0,${MAX_ATTRIBUTES}})>`, 'gi');
const QUOTES_ALL_THE_SAME = /gmail_quote|type=["']?cite/i;

/** `html` with marks that survive as text: a line above answered letters, `-- ` above signatures, `>` where due. */
export function markHtml(html: string): string {
  if (!ANY_MARK.test(html)) return html;
  return markAnswered(markSignatures(markYahoo(releaseIndented(html))));
}

/** Gmail's "indent more" makes blocks without a border; these are a person's own words. */
function releaseIndented(html: string): string {
  const quoting: boolean[] = [];
  return html.replace(BLOCK, (tag, slash: string, attributes: string) => {
    if (slash === '') {
      const isQuote = QUOTES_ALL_THE_SAME.test(attributes) || !/border:\s?none/i.test(attributes);
      quoting.push(isQuote);
      return isQuote ? tag : '<div>';
    }
    return quoting.pop() === false ? '</div>' : tag;
  });
}

/** The answered letter of Yahoo is a block of its own, with its end. */
function markYahoo(html: string): string {
  return insert(html, YAHOO, (start) => {
    const end = endOfBlock(html, start);
    return end === undefined
      ? [{ at: start, text: ANSWERED_LINE }]
      : [
          { at: start, text: '<blockquote>' },
          { at: end, text: '</blockquote>' },
        ];
  });
}

/** Only where nothing but an answered letter follows: people write below their signature too. */
function markSignatures(html: string): string {
  return insert(html, SIGNATURE, (start) => {
    const end = endOfBlock(html, start);
    if (
      end === undefined ||
      /--(?:\s|&nbsp;|<[^<>]{1,80}>){0,10}$/i.test(html.slice(Math.max(0, start - 300), start))
    ) {
      return [];
    }
    return isNothing(html.slice(end, end + 20_000)) ? [{ at: start, text: SIGNATURE_LINE }] : [];
  });
}

/** Whether `rest` has no words before an answered letter. */
function isNothing(rest: string): boolean {
  const until = rest.search(
    /gmail_(?:quote|attr)|appendonsend|divRplyFwdMsg|yahoo_quoted|<blockquote|ms-outlook-mobile-body/i,
  );
  const between = until < 0 ? rest : rest.slice(0, rest.lastIndexOf('<', until));
  return !/[\p{L}\p{N}]/u.test(between.replace(/<[^<>]*>/g, ' ').replace(/&\w{1,10};/g, ' '));
}

/** Where the HTML draws a line itself, its text has one. */
function markAnswered(html: string): string {
  return insert(html, ANSWERED, (start) => {
    const around = html.slice(Math.max(0, start - NEAR), start + NEAR);
    return /<hr\b|_{32}/i.test(around) ? [] : [{ at: start, text: ANSWERED_LINE }];
  });
}

interface Insertion {
  at: number;
  text: string;
}

function insert(html: string, pattern: RegExp, insertionsAt: (start: number) => Insertion[]): string {
  const insertions: Insertion[] = [];
  let marks = 0;
  for (const match of html.matchAll(pattern)) {
    marks += 1;
    if (marks > MAX_MARKS) break;
    insertions.push(...insertionsAt(match.index));
  }
  if (insertions.length === 0) return html;
  const pieces: string[] = [];
  let from = 0;
  for (const { at, text } of insertions.sort((one, other) => one.at - other.at)) {
    pieces.push(html.slice(from, at), text);
    from = at;
  }
  return pieces.join('') + html.slice(from);
}

/** Behind the `</div>` that closes the block which begins at `start`. */
function endOfBlock(html: string, start: number): number | undefined {
  const tag = /<(\/?)div\b[^<>]{0,2000}>/gi;
  tag.lastIndex = start;
  let depth = 0;
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    depth += match[1] === '' ? 1 : -1;
    if (depth === 0) return match.index + match[0].length;
  }
  return undefined;
}
