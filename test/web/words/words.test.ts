import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/station.js';
import { html, htmlText, isHtml } from '../../../src/web/html.js';
import { type Phrase, say, type Words } from '../../../src/web/words/phrases.js';
import { AREAS, type PhraseKey, sayIn } from '../../../src/web/words/words.js';

const root = join(import.meta.dirname, '../../..');

const filesBelow = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));

const phrases = Object.entries<Words>(AREAS).flatMap(([area, words]) =>
  Object.entries(words).map(([key, phrase]) => ({ key: `${area}.${key}`, phrase })),
);
const keys = new Set(phrases.map(({ key }) => key));

const forms = (phrase: Phrase) => (typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other]);
const places = (phrase: Phrase) =>
  [...new Set(forms(phrase).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe('the words of the interface', () => {
  it.each(phrases)('$key has the same places in every language, and says something', ({ phrase }) => {
    for (const language of LANGUAGES) {
      expect(forms(phrase[language]).every((form) => form.trim() !== '')).toBe(true);
      expect(places(phrase[language])).toEqual(places(phrase.en));
    }
  });

  it.each(phrases)('$key is written in the script of its language', ({ phrase }) => {
    for (const form of forms(phrase.bn)) expect(form).not.toMatch(/\p{Script=Devanagari}(?<!।)/u);
    for (const form of forms(phrase.hi)) expect(form).not.toMatch(/\p{Script=Bengali}/u);
    for (const form of forms(phrase.en))
      expect(form).not.toMatch(/[\p{Script=Bengali}\p{Script=Devanagari}]/u);
  });

  it('fill their places, in the right number', () => {
    const phrase = { one: '{count} letter', other: '{count} letters of {name}' };
    expect(say(phrase, 'en', { count: 1 })).toBe('1 letter');
    expect(say(phrase, 'en', { count: 1234567, name: 'R' })).toBe('12,34,567 letters of R');
    expect(() => say(phrase, 'en', { count: 2 })).toThrow('{name}');
    expect(() => sayIn('en')('frame.nothing' as PhraseKey)).toThrow('no phrase');
  });

  it('become markup only with markup in them, and stay escaped', () => {
    const said = say('<{name}>', 'en', { name: html`<b>1</b>` });
    expect(isHtml(said) && htmlText(said)).toBe('&lt;<b>1</b>&gt;');
  });
});

describe('the templates', () => {
  const templates = filesBelow('src/web/views', '.eta').map((file) => ({
    name: relative(join(root, 'src/web/views'), file),
    text: readFileSync(file, 'utf8'),
  }));

  it.each(templates)('$name writes nothing unescaped, inline or in a language', ({ text }) => {
    expect(text).not.toMatch(/<%[-_]?\s*~/);
    expect(text).not.toMatch(/\b(output|include|includeAsync|layout|block|capture)\s*\(/);
    expect(text).not.toMatch(/\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:/i);
    expect(text).not.toMatch(/<script(?! type="module" src="<%= it\.asset\()/);
  });

  it.each(templates)('$name quotes every attribute it fills', ({ text }) => {
    expect(text).not.toMatch(/\s[\w-]+=<%=/);
  });

  it.each(templates)('$name names only phrases that are there', ({ text }) => {
    const named = [...text.matchAll(/\bit\.(?:t|phrase)\(\s*'([^']+)'(\s*\+)?/g)];
    const missing = named.filter(([, key = '', joined]) =>
      joined ? ![...keys].some((one) => one.startsWith(key)) : !keys.has(key),
    );
    expect(missing.map(([, key]) => key)).toEqual([]);
  });

  it.each(templates)('$name gives every form that changes something the token', ({ text }) => {
    for (const [form] of text.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/gi)) {
      expect(form).toMatch(/name="csrf" value="<%= it\.csrf %>"|frame\/csrf/);
    }
  });
});

describe('markup', () => {
  it('is trusted in few places', () => {
    const trusting = filesBelow('src', '.ts').filter((file) =>
      readFileSync(file, 'utf8').includes('trustedMarkup('),
    );
    expect(trusting.map((file) => relative(join(root, 'src/web'), file)).sort()).toEqual([
      'board/drawn.ts',
      'frame/views.ts',
      'html.ts',
      'ticket/letter-frame.ts',
    ]);
  });
});
