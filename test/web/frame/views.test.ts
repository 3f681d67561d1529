import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { failurePage } from '../../../src/web/frame/failure-page.js';
import { html } from '../../../src/web/html.js';
import { anOfficer } from '../escalation-house.js';
import { anOnlooker, viewsFrom } from './page-house.js';

const folders: string[] = [];

function viewsOf(templates: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-views-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(templates)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, `${name}.eta`), text);
  }
  return viewsFrom(folder);
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const HOSTILE = `<script>alert(1)</script>" onload='x' \u0007`;
const TAMED = '&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; \uFFFD';

describe('a view', () => {
  it('escapes whatever it is given, in text and in attributes', () => {
    const views = viewsOf({ 'a/one': '<p title="<%= it.text %>"><%= it.text %></p>' });
    expect(views.fragment('a/one', { text: HOSTILE }, anOnlooker())).toBe(`<p title="${TAMED}">${TAMED}</p>`);
  });

  it('escapes inside phrases and parts, and puts parts in as they are', () => {
    const views = viewsOf({
      'a/whole': `<%= it.t('frame.title', { title: it.part('a/part', { text: it.text }) }) %>`,
      'a/part': '<b><%= it.text %></b>',
    });
    expect(views.fragment('a/whole', { text: HOSTILE }, anOnlooker())).toBe(`<b>${TAMED}</b> – Thanadak`);
  });

  it('takes markup only from `html`', () => {
    const views = viewsOf({ 'a/one': '<%= it.piece %><%= it.list %><%= it.none %>' });
    const data = { piece: html`<i>${'<'}</i>`, list: [html`<b>1</b>`, '<'], none: null };
    expect(views.fragment('a/one', data, anOnlooker())).toBe('<i>&lt;</i><b>1</b>&lt;');
    const forged = { piece: { markup: '<i>', toString: () => '<i>' }, list: [], none: null };
    expect(views.fragment('a/one', forged, anOnlooker())).toBe('&lt;i&gt;');
  });

  it('is not made when it would write without escaping', () => {
    expect(() => viewsOf({ 'a/one': '<%~ it.text %>' })).toThrow('writes without escaping');
  });

  it('fails rather than show nothing for what it was not given', () => {
    const views = viewsOf({ 'a/one': '<%= it.forgotten %>' });
    expect(() => views.fragment('a/one', {}, anOnlooker())).toThrow(TypeError);
    expect(() => views.fragment('a/other', {}, anOnlooker())).toThrow('There is no view a/other');
  });
});

describe('the frame', () => {
  const views = viewsFrom();
  const page = (changes = {}) =>
    views.render('frame/failure', { ...failurePage(404, 'en') }, anOnlooker(changes));

  it('says language and theme, and holds nothing inline', () => {
    const text = page({ language: 'bn', settings: { theme: 'dark', shortcuts: false } });
    expect(text).toContain('<html lang="bn" data-theme="dark">');
    expect(page()).toContain('data-shortcuts>');
    expect(text).not.toMatch(/<style|style="|<script(?![^>]* src=)|\son\w+="/);
  });

  it('leads everybody where they may go, and marks where they are', () => {
    const places = (text: string) =>
      [...text.matchAll(/<a href="(\/(?:desk|board|office))"(?: aria-current="page")?>/g)].map(
        ([, path]) => path,
      );
    expect(places(page({ officer: anOfficer({ rank: 'officer' }) }))).toEqual(['/desk']);
    expect(places(page({ officer: anOfficer({ rank: 'dc' }) }))).toEqual(['/desk', '/board']);
    expect(places(page({ officer: anOfficer({ rank: 'admin' }) }))).toEqual(['/desk', '/board', '/office']);
    const there = views.render('frame/failure', { here: 'desk', ...failurePage(404, 'en') }, anOnlooker());
    expect(there).toContain('<a href="/desk" aria-current="page">');
  });

  it('gives every form of it the token, and nobody who is not signed in a form', () => {
    const forms = (text: string) => text.match(/<form[^>]*method="post"/g)?.length ?? 0;
    expect(forms(page())).toBe(2);
    expect(page().match(/name="csrf" value="CSRF-1"/g)).toHaveLength(2);
    expect(forms(page({ officer: undefined }))).toBe(0);
    expect(page({ officer: undefined })).toContain('href="?language=hi"');
  });

  it('has no header on the wall', () => {
    const wall = views.render(
      'frame/failure',
      { wall: true, refresh: 60, ...failurePage(404, 'en') },
      anOnlooker(),
    );
    expect(wall).not.toContain('<header');
    expect(wall).toContain('<meta http-equiv="refresh" content="60">');
  });

  it('says what failed, and why if it is known', () => {
    expect(
      views.render('frame/failure', { ...failurePage(409, 'en', 'It was <closed>.') }, anOnlooker()),
    ).toContain('It was &lt;closed&gt;.');
    expect(failurePage(418, 'en')).toMatchObject({ status: 418, why: 'frame.failure.400.why' });
    expect(failurePage(599, 'bn')).toMatchObject({ title: 'এখানে কিছু একটা বিফল হয়েছে' });
  });
});
