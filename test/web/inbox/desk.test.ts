import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../../src/domain/rights.js';
import type { Ticket } from '../../../src/domain/ticket.js';
import { type Browser, signedIn } from '../../support/browser.js';
import { aLetter, openHouse, type TestHouse } from '../../support/house.js';

const OFFICERS = `
officers:
  - { id: si-roy, name: Mita Roy, title: SI, rank: officer, stations: [behala] }
  - { id: si-das, name: Anil Das, title: SI, rank: officer, stations: [behala] }
  - { id: si-lake, name: Rahul Khan, title: SI, rank: officer, stations: [lake] }
  - { id: dc-sw, name: K. Mitra, title: DC, rank: dc, divisions: [kp/sw] }
  - { id: auditor, name: Auditor, rank: auditor }
`;

let house: TestHouse;
let roy: Browser;
let das: Browser;
let lake: Browser;
const tickets = new Map<string, Ticket>();

async function letter(subject: string, to = 'behala'): Promise<void> {
  await house.send({
    to: `${to}.ps@kolkatapolice.example`,
    raw: aLetter({ subject, text: `About ${subject}.` }),
  });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  if (ticket) tickets.set(subject, ticket);
}

const of = (subject: string) => {
  const ticket = tickets.get(subject);
  if (!ticket) throw new Error(`no ticket ${subject}`);
  return ticket;
};
const now = async (subject: string) =>
  (await house.daemon.store.tickets.find(of(subject).reference)) ?? of(subject);
const value = async (subject: string) => `${of(subject).reference}:${(await now(subject)).version}`;

beforeAll(async () => {
  house = await openHouse(OFFICERS);
  await letter('Drum <script>alert(1)</script>');
  await letter('Whistle');
  await letter('Trumpet');
  await letter('Lakeside', 'lake');
  roy = await signedIn(house.daemon, 'si-roy');
  das = await signedIn(house.daemon, 'si-das');
  lake = await signedIn(house.daemon, 'si-lake');
});
afterAll(() => house[Symbol.asyncDispose]());

const references = (body: string) => [...body.matchAll(/data-reference="([^"]+)"/g)].map(([, one]) => one);
const countOf = (body: string, view: string) => new RegExp(`data-count="${view}">([^<]*)<`).exec(body)?.[1];

describe('the desk', () => {
  it('lists what the officer may see, and nothing of another station, in list, search and counts', async () => {
    const body = (await roy.get('/desk?view=open')).body;
    expect(references(body)).toContain(of('Whistle').reference);
    expect(body).not.toContain('Lakeside');
    expect(countOf(body, 'open')).toBe('3');
    const theirs = (await lake.get('/desk?view=open')).body;
    expect(references(theirs)).toEqual([of('Lakeside').reference]);
    expect(countOf(theirs, 'open')).toBe('1');
    expect(references((await roy.get('/desk?q=Lakeside')).body)).toEqual([]);
    expect(references((await roy.get('/desk/list?q=about')).body)).toHaveLength(3);
    expect(references((await roy.get('/desk?view=open&station=lake')).body)).toEqual([]);
    expect(JSON.parse((await lake.get('/desk/counts')).body)).toMatchObject({ open: '1', unowned: '1' });
    expect(references((await (await signedIn(house.daemon, 'dc-sw')).get('/desk')).body)).toHaveLength(4);
  });

  it('escapes what letters say, and says in words what is due and for whom', async () => {
    const { body } = await roy.get('/desk?view=open');
    expect(body).toContain('Drum &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).toMatch(/First action in \d+ (?:h|min)/);
    expect(body).toMatch(/unowned; .+ answers|nobody answers/);
  });

  it('leads a reference straight to its ticket, and a search to the list', async () => {
    const { reference } = of('Whistle');
    expect(await roy.get(`/desk?q=${reference.toLowerCase()}`)).toMatchObject({
      status: 303,
      to: `/tickets/${reference}`,
    });
    expect(references((await roy.get('/desk?q=whis')).body)).toEqual([reference]);
    expect((await roy.get('/desk?q=nothing-such')).body).toContain('No ticket matches');
  });

  it('gives the list alone to a script that asks for it', async () => {
    const { body } = await roy.get('/desk/list?view=open');
    expect(references(body)).toHaveLength(3);
    expect(body).not.toContain('<html');
  });

  it('shows an empty view as what it is, in the language of the officer', async () => {
    expect((await das.get('/desk')).body).toContain('You have no open ticket');
    await house.daemon.store.transact((unit) =>
      unit.preferences.save('si-das', { language: 'bn', theme: 'dark', shortcuts: false }),
    );
    const { body } = await das.get('/desk');
    expect(body).toContain('<html lang="bn" data-theme="dark">');
    expect(body).toContain('আপনার কোনও খোলা টিকিট নেই');
    expect(body).not.toContain('keys.js');
    await house.daemon.store.transact((unit) =>
      unit.preferences.save('si-das', { language: null, theme: 'auto', shortcuts: true }),
    );
  });

  it('is read and not acted on by an auditor', async () => {
    const auditor = await signedIn(house.daemon, 'auditor');
    expect((await auditor.get('/desk')).body).not.toContain('name="deed"');
    const page = await auditor.post('/desk/deeds', {
      deed: 'junk',
      tickets: await value('Whistle'),
      list: 'view=open',
    });
    expect((await auditor.get(page.to ?? '')).body).toContain('On 1 ticket nothing was done');
    expect((await now('Whistle')).junk).toBeNull();
  });
});

describe('a deed on several tickets', () => {
  it('is done on each, told on the list, and taken back', async () => {
    const list = 'view=open&sort=newest';
    const owed = (await house.daemon.store.clocks.ofTicket(of('Drum <script>alert(1)</script>').id)).find(
      ({ name }) => name === 'first-action',
    );
    const chosen = [await value('Drum <script>alert(1)</script>'), await value('Trumpet')];
    const did = await roy.post('/desk/deeds', { deed: 'take', tickets: chosen, list });
    expect(did.to).toMatch(/^\/desk\?view=open&sort=newest&did=[\w-]{16}$/);
    const { body } = await roy.get(did.to ?? '');
    expect(body).toContain('2 tickets are yours now.');
    expect((await now('Trumpet')).officer).toBe('si-roy');
    const token = /name="did" value="([^"]+)"/.exec(body)?.[1] ?? '';
    // Nobody else can take it back, whatever they know.
    await das.post('/desk/undo', { did: token, list });
    expect((await now('Trumpet')).officer).toBe('si-roy');
    const undone = await roy.post('/desk/undo', { did: token, list });
    expect((await roy.get(undone.to ?? '')).body).toContain('Taken back on 2 tickets.');
    expect((await now('Trumpet')).officer).toBeNull();
    const again = (await house.daemon.store.clocks.ofTicket(of('Drum <script>alert(1)</script>').id)).find(
      ({ name }) => name === 'first-action',
    );
    expect(again).toMatchObject({ state: owed?.state, dueAt: owed?.dueAt, metAt: null });
    await roy.post('/desk/undo', { did: token, list });
    expect((await now('Trumpet')).officer).toBeNull();
  });

  it('leaves alone what somebody has changed meanwhile, and says so', async () => {
    const stale = await value('Whistle');
    await house.daemon.desk.note({ actor: OPERATOR, reference: of('Whistle').reference, text: 'Seen.' });
    const did = await roy.post('/desk/deeds', {
      deed: 'take',
      tickets: [stale, await value('Trumpet')],
      list: 'view=mine',
    });
    const { body } = await roy.get(did.to ?? '');
    expect(body).toContain('1 ticket is yours now.');
    expect(body).toContain('On 1 ticket nothing was done:');
    expect(body).toContain('Somebody else has just changed');
    expect((await now('Whistle')).officer).toBeNull();
  });

  it('does not tell a foreign ticket from one that is not there', async () => {
    const did = await roy.post('/desk/deeds', {
      deed: 'take',
      tickets: [await value('Lakeside'), 'LAKE-26-999999-X:0'],
      list: 'view=open',
    });
    const { body } = await roy.get(did.to ?? '');
    expect(body).toContain('On 2 tickets nothing was done:');
    expect(body).not.toMatch(/may not act|si-roy may/);
    expect((await now('Lakeside')).officer).toBeNull();
  });

  it('waits, judges, puts away as junk and brings back', async () => {
    const does = async (form: Record<string, string>) => {
      await roy.post('/desk/deeds', { ...form, tickets: await value('Trumpet'), list: 'view=open' });
      return now('Trumpet');
    };
    expect(await does({ deed: 'triage', as: 'urgent', about: '' })).toMatchObject({
      urgency: 'urgent',
      urgencyBy: 'si-roy',
    });
    expect(await does({ deed: 'wait', for: 'resident', days: '3' })).toMatchObject({ state: 'waiting' });
    expect(await does({ deed: 'resume' })).toMatchObject({ state: 'open' });
    expect(await does({ deed: 'junk' })).toMatchObject({ junk: 'junk' });
    expect((await roy.get('/desk?view=junk')).body).toContain('value="not-junk"');
    expect(await does({ deed: 'not-junk' })).toMatchObject({ junk: 'cleared' });
    expect(await does({ deed: 'assign', to: 'si-das' })).toMatchObject({ officer: 'si-das' });
  });

  it('does nothing without a deed, and leads only to a list', async () => {
    const tickets = await value('Whistle');
    expect(await roy.post('/desk/deeds', { deed: '', tickets, list: 'view=open' })).toMatchObject({
      to: '/desk?view=open',
    });
    const elsewhere = await roy.post('/desk/deeds', { deed: '', tickets, list: '//evil.example/?view=x' });
    expect(elsewhere.to).toMatch(/^\/desk/);
    expect(await roy.post('/desk/deeds', { csrf: 'wrong', deed: 'take', tickets })).toMatchObject({
      status: 403,
    });
    expect((await now('Whistle')).officer).toBeNull();
  });
});

describe('saved views', () => {
  it('are kept, shown to their officer alone, and removed', async () => {
    const saved = await roy.post('/desk/views', {
      name: 'Night <music>',
      list: 'view=open&urgency=urgent&after=x',
    });
    expect(saved.to).toBe('/desk?view=open&urgency=urgent');
    const { body } = await roy.get(saved.to ?? '');
    expect(body).toContain(
      '<a href="/desk?view=open&amp;urgency=urgent" aria-current="page"><bdi>Night &lt;music&gt;</bdi></a>',
    );
    expect((await das.get('/desk')).body).not.toContain('Night');
    const id = /name="id" value="([^"]+)"/.exec(body)?.[1] ?? '';
    await das.post('/desk/views/remove', { id, list: '' });
    expect((await roy.get('/desk')).body).toContain('Night');
    await roy.post('/desk/views/remove', { id, list: '' });
    expect((await roy.get('/desk')).body).not.toContain('Night');
    await roy.post('/desk/views', { name: ' ', list: 'view=open' });
    expect(await house.daemon.store.savedViews.ofOfficer('si-roy')).toEqual([]);
  });
});

/** The events that one page hears, as far as they are awaited. */
async function listen(browser: Browser, path: string) {
  const leave = new AbortController();
  const cookie = [...browser.cookies].map(([name, text]) => `${name}=${text}`).join('; ');
  const answer = await fetch(`http://127.0.0.1:${house.daemon.webPort}${path}`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: leave.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  return {
    status: answer.status,
    heard: () => heard,
    async until(pattern: RegExp) {
      while (!pattern.test(heard)) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) throw new Error(`It ended without ${pattern}: ${heard}`);
        heard += chunk.value;
      }
      return heard;
    },
    leave: () => leave.abort(),
  };
}

describe('what changes while pages are open', () => {
  it('is told to whoever may see it and to nobody else, new letters and deeds alike', async () => {
    const [mine, theirs] = [await listen(roy, '/live'), await listen(lake, '/live')];
    // Both are listening once each has heard of something of its own.
    await letter('Flute');
    await letter('Boat', 'lake');
    const { reference } = of('Flute');
    await mine.until(new RegExp(`"reference":"${reference}".*"isNew":true`));
    await theirs.until(new RegExp(`"reference":"${of('Boat').reference}"`));
    await house.daemon.desk.note({ actor: OPERATOR, reference: of('Boat').reference, text: 'Seen.' });
    await house.daemon.desk.note({ actor: OPERATOR, reference, text: 'Seen.' });
    await mine.until(
      new RegExp(`"reference":"${reference}","version":1,"isNew":false,"by":\\["operator"\\]`),
    );
    await theirs.until(new RegExp(`"reference":"${of('Boat').reference}","version":1`));
    expect(mine.heard()).not.toContain('LAKE-');
    expect(theirs.heard()).not.toContain('BEHALA-');
    mine.leave();
    theirs.leave();
  });

  it('is made up for from where the page was read, and from where a connection broke', async () => {
    const mark = /data-mark="(\d+)"/.exec((await roy.get('/desk')).body)?.[1];
    await house.daemon.desk.note({ actor: OPERATOR, reference: of('Flute').reference, text: 'Again.' });
    const page = await listen(roy, `/live?after=${mark}`);
    const heard = await page.until(/event: tickets/);
    expect(heard).toContain(of('Flute').reference);
    expect(heard).toMatch(/id: \d+\nevent: tickets/);
    page.leave();
  });

  it('names who looks at a ticket and who answers it, and not to another station', async () => {
    const { reference } = of('Flute');
    const [mine, theirs] = [await listen(roy, '/live'), await listen(lake, `/live?ticket=${reference}`)];
    const atIt = await listen(das, `/live?ticket=${reference}`);
    await atIt.until(new RegExp(`"reference":"${reference}","who":\\[\\]`));
    await mine.until(/"name":"SI Anil Das","doing":"looking"/);
    expect((await roy.get('/desk?view=open')).body).toContain('SI Anil Das is looking');
    expect((await das.post('/live/answering', { ticket: reference })).status).toBe(200);
    await mine.until(/"name":"SI Anil Das","doing":"answering"/);
    expect((await lake.post('/live/answering', { ticket: reference })).status).toBe(404);
    atIt.leave();
    await mine.until(new RegExp(`"reference":"${reference}","who":\\[\\]`));
    expect(mine.heard()).not.toContain('Rahul Khan');
    expect(theirs.heard()).not.toContain('Anil Das');
    mine.leave();
    theirs.leave();
  });

  it('is not told to strangers', async () => {
    const stranger = { ...roy, cookies: new Map<string, string>() };
    const page = await listen(stranger, '/live');
    expect(page.status).toBe(401);
    page.leave();
  });
});
