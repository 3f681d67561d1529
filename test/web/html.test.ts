import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foreignName, html, htmlText } from '../../src/web/html.js';

describe('markup', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onload="x', '&quot; onload=&quot;x'],
    ["' onload='x", '&#39; onload=&#39;x'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['a\u0000b\u001bc\u0085', 'a\uFFFDb\uFFFDc\uFFFD'],
    ['a\ud800b', 'a\uFFFDb'],
    ['বেহালা থানা 🚓\tx\ny', 'বেহালা থানা 🚓\tx\ny'],
  ])('makes text of %j', (value, escaped) => {
    expect(htmlText(html`<p title="${value}">${value}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('puts pieces together without escaping them twice', () => {
    const items = ['<a>', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(htmlText(html`<ul>${items}</ul>${html`<hr>`}${7}`)).toBe(
      '<ul><li>&lt;a&gt;</li><li>&lt;b&gt;</li></ul><hr>7',
    );
  });

  it('cannot be made by what only looks like it', () => {
    const forged = JSON.parse('{"markup":"<script>","length":0}') as never;
    expect(() => htmlText(html`${forged}`)).toThrow(TypeError);
  });

  it('lets no value out of its quotes or its element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(htmlText(html`${value}`)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });

  it('keeps the direction of foreign names to themselves', () => {
    expect(htmlText(foreignName('\u202eeht <b>'))).toBe('<bdi>\u202eeht &lt;b&gt;</bdi>');
  });
});
