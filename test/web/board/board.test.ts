// The board over HTTP, with the real daemon and store: what it says, to whom, and that its figures lead to their tickets.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZone } from '../../../src/domain/zone.js';
import { readDrill } from '../../../src/web/board/drill-query.js';
import { type Browser, openBrowser, signedIn } from '../../support/browser.js';
import { type BoardHouse, fillBoard, openBoardHouse } from './board-house.js';

const zone = openZone('Asia/Kolkata');
let house: BoardHouse;
let filled: Awaited<ReturnType<typeof fillBoard>>;
const browsers = new Map<string, Browser>();
const as = (officer: string) => browsers.get(officer) ?? openBrowser(house.daemon.webPort);

beforeAll(async () => {
  house = await openBoardHouse();
  filled = await fillBoard(house);
  for (const officer of ['dc-sw', 'oc-behala', 'oc-lake', 'si-roy', 'it', 'aud']) {
    browsers.set(officer, await signedIn(house.daemon, officer));
  }
});
afterAll(() => house[Symbol.asyncDispose]());

/** Every link of the page to a list with its number, as the page shows it. */
function figuresOn(body: string): { href: string; count: number }[] {
  const links = body.matchAll(/<a[^>]*href="(\/desk\?[^"]*)"[^>]*>([^<]*)<\/a>/g);
  return [...links].flatMap(([, href = '', text = '']) =>
    /^[\d,]+$/.test(text)
      ? [{ href: href.replaceAll('&amp;', '&'), count: Number(text.replaceAll(',', '')) }]
      : [],
  );
}

async function listed(href: string): Promise<number> {
  const values = Object.fromEntries(new URLSearchParams(href.slice('/desk?'.length)));
  const { station } = values;
  const found = await house.daemon.store.tickets.list({
    ...readDrill(values, zone),
    ...(station ? { station } : {}),
    limit: 1_000,
  });
  return found.length;
}

describe('the board', () => {
  it('leads every figure to exactly its tickets', async () => {
    const { status, body } = await as('dc-sw').get('/board');
    expect(status).toBe(200);
    const figures = figuresOn(body);
    expect(figures.length).toBeGreaterThan(20);
    for (const { href, count } of figures) expect([href, await listed(href)]).toEqual([href, count]);
    expect(figures.some(({ href }) => href.includes('weekday='))).toBe(true);
    expect(figures.some(({ href }) => href.includes('atRisk=1'))).toBe(true);
  });

  it('leads to a page of the desk that lists them, and keeps to them', async () => {
    const { body } = await as('dc-sw').get('/board');
    const late = figuresOn(body).find(({ href }) => href.includes('atRisk=1'));
    const page = (await as('dc-sw').get(late?.href ?? '')).body;
    expect(page).toContain(filled.risky.reference);
    for (const other of [filled.overdue, filled.settled, filled.hidden])
      expect(page).not.toContain(other.reference);
    expect(page).toContain('a figure of the board');
    expect(page).toContain('<input type="hidden" name="atRisk" value="1">');
    const hour = figuresOn(body).find(({ href }) => href.includes('weekday='));
    const references = (await as('dc-sw').get(hour?.href ?? '')).body.match(/href="\/tickets\/[^"/?#]+/g);
    expect(new Set(references).size).toBe(hour?.count);
  });

  it('shows what waits, the oldest first, with the deed for those who may do it', async () => {
    const { body } = await as('dc-sw').get('/board');
    const places = [filled.overdue, filled.hidden].map(({ reference }) =>
      body.indexOf(`/tickets/${reference}`),
    );
    expect(places[0]).toBeGreaterThan(0);
    expect(places[1]).toBeGreaterThan(places[0] ?? 0);
    expect(body).toContain(`/board/escalations/${filled.toDc.id}/acknowledge`);
    expect((await as('aud').get('/board')).body).not.toContain('/acknowledge"');
  });

  it('tells each of what they serve and of nothing else', async () => {
    const behala = (await as('oc-behala').get('/board')).body;
    expect(behala).toContain(filled.overdue.reference);
    expect(behala).not.toContain('About an officer');
    expect(behala).not.toContain('Lake Police Station');
    const lake = (await as('oc-lake').get('/board')).body;
    for (const text of [filled.overdue.reference, filled.hidden.reference, 'Behala', 'station=behala']) {
      expect(lake).not.toContain(text);
    }
    expect((await as('oc-lake').get('/board?place=behala')).status).toBe(404);
    expect((await as('oc-lake').get('/board/stations.csv?place=kp/nw')).status).toBe(404);
    expect((await as('oc-lake').get('/board/stations.csv')).body).not.toContain('behala');
  });

  it.each([
    ['a desk officer', 'si-roy', 404],
    ['an auditor', 'aud', 200],
    ['the IT cell', 'it', 200],
    ['a stranger', 'nobody', 303],
  ])('is for %s: %s %i', async (_who, officer, status) => {
    for (const path of ['/board', '/board/wall', '/board/stations.csv']) {
      expect([path, (await as(officer).get(path)).status]).toEqual([path, status]);
    }
  });

  it('counts what is restricted for the officer in charge, who cannot list it', async () => {
    const { body } = await as('oc-behala').get('/board');
    const received = figuresOn(body).find(({ href }) => /receivedBefore=[^&]*$/.test(href));
    expect(received?.count).toBe(3);
    const seen = await house.daemon.store.tickets.list({
      ...readDrill(Object.fromEntries(new URLSearchParams(received?.href.slice(6))), zone),
      scope: { stations: ['behala'], restrictions: ['none', 'named'] },
      limit: 10,
    });
    expect(seen).toHaveLength(2);
  });

  it('is drawn without styles and scripts of its own, in every language', async () => {
    for (const language of ['en', 'bn', 'hi']) {
      const { body } = await as('dc-sw').get('/board', { 'accept-language': language });
      expect(body).toMatch(new RegExp(`<html lang="${language}"`));
      expect(body.match(/<svg [^>]*class="chart"/g)).toHaveLength(2);
      expect(body).not.toMatch(/ style="|<style|onclick|<script>/);
      expect(body.length).toBeLessThan(120_000);
    }
  });

  it('renews itself on the wall, without scripts too', async () => {
    const { body } = await as('dc-sw').get('/board/wall?place=kp/sw');
    expect(body).toMatch(/<noscript><meta http-equiv="refresh" content="60"><\/noscript>/);
    expect(body).toMatch(/<script type="module" src="\/assets\/[^"]*wall\.js">/);
    expect(body).not.toContain('<form');
  });

  it('gives the same figures for a spreadsheet', async () => {
    const { body, headers } = await as('dc-sw').get('/board/stations.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="stations 2026-10-26 to 2026-11-24\.csv"/,
    );
    expect(body).toContain('\r\nbehala,Behala Police Station,3,1,0,1,0,1,0,1,0,3,1,1,100,0,');
    expect(body).toContain('\r\nlake,Lake Police Station,1,1,0,0,0,0,0,0,1,0,0,0,100,,');
  });

  it('lets those take an escalation whom it concerns, once', async () => {
    const path = `/board/escalations/${filled.toOc.id}/acknowledge`;
    expect((await as('oc-lake').post(path)).status).toBe(404);
    expect((await as('aud').post(path)).status).toBe(404);
    expect((await as('si-roy').post(path)).status).toBe(404);
    expect((await as('oc-behala').post(path, { csrf: 'forged' })).status).toBe(403);
    expect(await house.daemon.store.escalations.find(filled.toOc.id)).toMatchObject({ acknowledgedAt: null });
    const done = await as('oc-behala').post(path, { back: '/board?days=30' });
    expect(done).toMatchObject({ status: 303, to: `/board?days=30&taken=${filled.overdue.reference}` });
    expect(await house.daemon.store.escalations.find(filled.toOc.id)).toMatchObject({
      acknowledgedBy: 'oc-behala',
    });
    const after = (await as('oc-behala').get(done.to ?? '')).body;
    expect(after).toContain('Nobody above is told any more');
    expect(after).not.toContain(path);
  });

  it('sends nobody away by a made-up way back', async () => {
    const path = `/board/escalations/${filled.toDc.id}/acknowledge`;
    const { to } = await as('dc-sw').post(path, { back: 'https://evil.example/board?' });
    expect(to).toBe(`/board?&taken=${filled.hidden.reference}`);
  });
});

describe('an address of the desk', () => {
  it.each([
    [{ receivedFrom: 'yesterday' }, {}],
    [{ acknowledged: 'always', breached: 'yes', weekday: '9', hour: '3' }, {}],
    [{ stations: "a,b,'; drop table ticket" }, { stations: ['a', 'b'] }],
    [{ weekday: '1', hour: '3' }, {}],
    [
      { overdue: '1', acknowledged: 'late' },
      { overdue: true, acknowledged: 'late' },
    ],
  ])('of %o asks for %o', (values, filter) => {
    expect(readDrill(values, zone)).toEqual(filter);
  });
});
