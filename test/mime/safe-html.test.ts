// The HTML of hostile letters: what is left of it neither runs nor loads nor leads anywhere.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartReader } from '../../src/mime/part-reader.js';
import { readSafeHtml } from '../../src/mime/read-part.js';
import { safeHtml } from '../../src/mime/safe-html.js';
import { createLetterFolder, HEAD, type LetterFolder, multipart } from './letter-writing.js';

const TAG = /<(\/?)([a-z][a-z\d]*)((?: [a-z]+="[^"<>]*")*)( \/)?>/g;
const TAGS =
  /^(?:a[b-z]\w*|b|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|ins|kbd|li|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)$/;
const ATTRIBUTES =
  /^(?:style|dir|lang|class|color|colspan|rowspan|align|valign|bgcolor|border|cellpadding|cellspacing|start)$/;
const LOADING = /url|image|expression|import|binding|position|content|behavior|@|\\|\/\*|<|--/i;

/** Every `<` begins a harmless tag, and every style is harmless. */
function expectHarmless(safe: string): void {
  const rest = safe.replace(TAG, (_all, _slash, name: string, attributes: string) => {
    expect(name).toMatch(TAGS);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
      expect(attribute).toMatch(ATTRIBUTES);
      if (attribute === 'class') expect(value).toMatch(/^(?:picture|address)$/);
      if (attribute === 'style') expect(value).not.toMatch(LOADING);
    }
    return '';
  });
  expect(rest).not.toMatch(/[<>]/);
}

const HOSTILE: readonly [what: string, html: string][] = [
  ['a script', '<p>a<script>alert(1)</script>b'],
  ['a script in SVG', '<svg><script>alert(1)</script></svg>'],
  ['SVG that is animated', '<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>'],
  ['SVG with a style that holds a picture', '<svg><style><img src=x onerror=alert(1)></style></svg>'],
  [
    'MathML that changes its name space',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  ],
  ['events', '<p onclick=alert(1) onmouseover="alert(1)" ONLOAD=x>a</p>'],
  ['an event behind a slash', '<p/onclick=alert(1)//>a'],
  [
    'pictures from elsewhere',
    '<img src="http://track.example/1.gif" srcset="http://track.example/2 2x" width=1>',
  ],
  ['a picture that fails', '<img src=x onerror=alert(1)>'],
  ['cid: and data: pictures', '<img src="cid:a@b"><img src="data:image/svg+xml,<svg onload=alert(1)>">'],
  [
    'a background',
    '<table background="http://track.example/x"><tr><td background=//track.example style="background:url(//track.example)">x',
  ],
  [
    'styles that load',
    '<style>@import "//track.example"; p{background:url(//track.example)}</style><p style="background-image:url(x);list-style:url(x);content:url(x)">a',
  ],
  [
    'styles that are escaped',
    '<p style="b\\61 ckground:u\\72l(//track.example);color:red/**/;width:e/**/xpression(alert(1))">a',
  ],
  [
    'a style that covers the page',
    '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9">a</div>',
  ],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=http://track.example">a'],
  [
    'a base and links',
    '<base href="http://track.example/"><link rel=stylesheet href=x><link rel=prefetch href=//track.example>a',
  ],
  [
    'a form',
    '<form action="http://track.example"><input name=p autofocus onfocus=alert(1)><button formaction=//track.example>a</button></form>',
  ],
  [
    'frames',
    '<iframe src="http://track.example" srcdoc="<script>alert(1)</script>"></iframe><frameset><frame src=x></frameset>',
  ],
  ['objects', '<object data=x.svg></object><embed src=x.swf><applet code=x></applet>'],
  ['media', '<video src=//track.example autoplay poster=//track.example><source src=x></video><audio src=x>'],
  ['a link that acts', '<a href="javascript:alert(1)" target=_top ping=//track.example>a</a>'],
  [
    'links in capitals and entities',
    '<a href="&#106;avascript&colon;alert(1)">a</a><A HREF=" \u0001javascript:alert(1)">b</A>',
  ],
  ['noscript that a parser reads otherwise', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">'],
  [
    'a comment that ends otherwise',
    '<!--><img src=x onerror=alert(1)>--><!--[if gte mso 9]><img src=x onerror=alert(1)><![endif]-->',
  ],
  [
    'text areas and titles',
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea><title><img src=x onerror=alert(1)></title>',
  ],
  [
    'templates and custom elements',
    '<template><img src=x onerror=alert(1)></template><x-y onclick=alert(1)>a</x-y><slot>b</slot>',
  ],
  [
    'an XML document',
    '<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><html xmlns:xlink=x><a xlink:href="javascript:alert(1)">a</a>',
  ],
  [
    'names of attributes made to break out',
    '<p a"b\'><img src=x onerror=alert(1)>="1" __proto__=1 constructor=1>a',
  ],
  [
    'a nul and control characters',
    '<scr\u0000ipt>alert(1)</scr\u0000ipt><img\u000bsrc=x\u000conerror=alert(1)>',
  ],
  ['half a tag', '<img src="x" onerror="alert(1)"'],
  ['classes of ours', '<span class="address">http://bank.example</span><a title="http://bank.example">a</a>'],
];

describe('what a letter is shown as', () => {
  it.each(HOSTILE)('does nothing with %s', (_what, html) => expectHarmless(safeHtml(html)));

  it('does nothing, whatever the letter is made of', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE.map(([, html]) => html)),
      fc.string({ unit: 'binary' }),
    );
    const cut = fc.tuple(piece, fc.nat(80)).map(([html, length]) => html.slice(0, length));
    const letters = fc.array(fc.oneof(piece, cut), { maxLength: 5 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(letters, (html) => expectHarmless(safeHtml(html))),
      { numRuns: 100 },
    );
  });

  it.each([
    ['<p>Loud <b>music</b></p>', '<p>Loud <b>music</b></p>'],
    ['<p style="color: red; font-weight:bold">a</p>', '<p style="color:red;font-weight:bold">a</p>'],
    ['<td colspan=2 onclick=x>a', '<td colspan="2">a</td>'],
    ['2 < 3 & "so"', '2 &lt; 3 &amp; "so"'],
    [
      '<a href="https://news.example/?a=1&b=2">news</a>',
      '<span>news</span> <span class="address">https://news.example/?a=1&amp;b=2</span>',
    ],
    ['<a href="https://news.example/">https://news.example/</a>', '<span>https://news.example/</span>'],
    ['<a name=top>a</a>', '<span>a</span>'],
    ['<img src=x alt="our <street>">', '<span class="picture">our &lt;street&gt;</span>'],
    [
      '<a href="https://safe.example\u202e/moc">a</a>',
      '<span>a</span> <span class="address">https://safe.example/moc</span>',
    ],
    ['<p dir=rtl lang=bn>ক</p>', '<p dir="rtl" lang="bn">ক</p>'],
    ['<p style="font-size:1px">small</p>', '<p>small</p>'],
  ])('keeps the words and their arrangement: %j', (html, safe) => expect(safeHtml(html)).toBe(safe));

  it('is not deeper than a browser can bear', () => {
    expect(safeHtml(`${'<div>'.repeat(50_000)}deep`).match(/<div>/g)?.length).toBeLessThan(100);
  });
});

describe('the HTML of an archived letter', () => {
  let folder: LetterFolder;
  beforeAll(async () => {
    folder = await createLetterFolder();
  });
  afterAll(() => folder.remove());

  const html = (body: string) => `${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`;

  it.each([
    ['a letter of HTML', html('<p>রাতে <b>মাইক</b></p><script>x</script>'), '<p>রাতে <b>মাইক</b></p>'],
    [
      'one beside a photo',
      multipart(['Content-Type: text/html\r\n\r\n<i>a</i>', 'Content-Type: image/png\r\n\r\nx']),
      '<i>a</i>',
    ],
    ['a letter of text', `${HEAD}\r\nText.`, null],
    [
      'a file of HTML',
      multipart([
        'Content-Type: text/plain\r\n\r\na',
        'Content-Type: text/html; name=a.html\r\nContent-Disposition: attachment\r\n\r\n<b>x</b>',
      ]),
      null,
    ],
  ])('is what stands in %s', async (_what, letter, safe) => {
    expect((await readSafeHtml(await folder.write(letter)))?.replace(/\r/g, '') ?? null).toBe(safe);
  });

  it('and an attachment are read in a thread', async () => {
    const reader = createPartReader({ memoryMb: 128, deadlineMs: 20_000 });
    try {
      const path = await folder.write(
        multipart(['Content-Type: text/html\r\n\r\n<i>a</i>', 'Content-Type: image/png\r\n\r\nbytes']),
      );
      expect(await reader.html(path)).toBe('<i>a</i>');
      expect((await reader.part(path, '2'))?.toString()).toBe('bytes');
      expect(await reader.part(path, '9')).toBeNull();
      await expect(reader.html('/nowhere.eml')).rejects.toMatchObject({ code: 'unavailable' });
      expect(await reader.html(path)).toBe('<i>a</i>');
    } finally {
      await reader.close();
    }
  });

  it('of a letter that takes too long is refused, and the next one is read', async () => {
    const slow = await folder.write(`${HEAD}Content-Type: text/plain\r\n\r\n${'x'.repeat(30_000_000)}`);
    const reader = createPartReader({ memoryMb: 128, deadlineMs: -4_990 });
    try {
      await expect(reader.html(slow)).rejects.toMatchObject({ code: 'refused' });
    } finally {
      await reader.close();
    }
  });
});
