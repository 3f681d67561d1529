import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../src/domain/errors.js';
import type { Officer } from '../../src/domain/people.js';
import type { EscalationPages } from '../../src/web/escalation-pages.js';
import { ask, expectGuarded, post } from './asking.js';
import { anOfficer, type EscalationHouse, ID, openEscalationHouse, type Scene } from './escalation-house.js';

const opened: EscalationHouse[] = [];

async function open(scene?: Scene): Promise<EscalationHouse> {
  const house = await openEscalationHouse(scene);
  opened.push(house);
  return house;
}

afterEach(async () => {
  for (const house of opened.splice(0)) await house[Symbol.asyncDispose]();
});

describe('a link that is not right', () => {
  const oc = anOfficer();
  let reference: Awaited<ReturnType<typeof ask>>;

  beforeEach(async () => {
    const house = await open();
    reference = await ask(house.link().replace(/.{4}$/, 'aaaa'));
    expect(reference.status).toBe(404);
  });

  async function expectNothing(house: EscalationHouse, link: string): Promise<void> {
    const before = await house.escalation();
    for (const answer of [await ask(link), await post(link)]) {
      expect(answer).toMatchObject({ status: 404, body: reference.body });
      expectGuarded(answer.headers);
    }
    expect(await house.escalation()).toEqual(before);
    expect(await house.journal()).toEqual([]);
  }

  it.each<[string, (link: string) => string]>([
    ['a wrong code', (link) => link.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))],
    ['a code in capitals', (link) => link.replace(/[^/]+$/, (code) => code.toUpperCase())],
    ['half a code', (link) => link.slice(0, -13)],
    ['a longer code', (link) => `${link}a`],
    ['no code', (link) => link.replace(/[^/]+$/, '')],
    ['the code of another officer', (link) => link.replace('/oc-behala/', '/ac-sw/')],
    ['the code of another escalation', (link) => link.replace(ID, ID.replace(/1$/, '2'))],
    ['markup for a code', (link) => link.replace(/[^/]+$/, encodeURIComponent('<script>'))],
    ['an officer without end', (link) => link.replace('/oc-behala/', `/${'a'.repeat(2_000)}/`)],
  ])('opens nothing: %s', async (_what, change) => {
    const ac = anOfficer({ id: 'ac-sw', rank: 'ac', divisions: ['kp/sw'] });
    const house = await open({ officers: [oc, ac] });
    await expectNothing(house, change(house.link()));
  });

  it.each<[string, Officer[], Scene]>([
    ['an officer nobody knows', [], {}],
    ['a disabled officer', [anOfficer({ disabled: true })], {}],
    [
      'an officer below the rank, who was not told',
      [anOfficer({ rank: 'officer' })],
      { escalation: { told: [] } },
    ],
    [
      'an officer of another station, who was not told',
      [anOfficer({ stations: ['lake'] })],
      { escalation: { told: [] } },
    ],
    ['an auditor', [anOfficer({ rank: 'auditor' })], { escalation: { told: [] } }],
    [
      'an officer from whom the matter is hidden',
      [oc],
      { escalation: { told: [] }, ticket: { restriction: 'dc' } },
    ],
    ['a reminder to the resident', [oc], { escalation: { rank: 'resident' } }],
  ])('opens nothing: %s', async (_whom, officers, scene) => {
    const house = await open({ ...scene, officers });
    await expectNothing(house, house.link());
  });

  it('opens nothing: an escalation nobody knows', async () => {
    const house = await open();
    await expectNothing(house, house.link('oc-behala', '01NOTHING00000000000000000'));
  });

  it('opens nothing once an officer is disabled by command', async () => {
    const house = await open();
    expect((await ask(house.link())).status).toBe(200);
    await house.store.transact((unit) =>
      unit.officers.save({ ...anOfficer({ disabled: true }), absenceOnly: true }),
    );
    await expectNothing(house, house.link());
  });

  it('opens the page to a superior who was not told', async () => {
    const ac = anOfficer({ id: 'ac-sw', name: 'B. Roy', title: 'AC', rank: 'ac', divisions: ['kp/sw'] });
    const house = await open({ officers: [oc, ac] });
    await post(house.link('ac-sw'));
    expect(await house.escalation()).toMatchObject({ acknowledgedBy: 'ac-sw' });
  });

  it('is refused by 429 after sixty, while the right one is still answered', async () => {
    const house = await open();
    const wrong = house.link().replace(/.{4}$/, 'aaaa');
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length < 200) {
      statuses.push((await (statuses.length % 2 ? post(wrong) : ask(wrong))).status);
    }
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([404]));
    expect(statuses.at(-1)).toBe(429);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(wrong)));
    const refused = answers.find(({ status }) => status === 429);
    expectGuarded(refused?.headers ?? new Headers());
    expect(refused?.headers.get('retry-after')).toBe('60');
    expect((await ask(house.link())).status).toBe(200);
    expect((await post(house.link())).status).toBe(303);
  });
});

describe('when something of ours fails', () => {
  const failing = (error: Error): EscalationPages => ({
    open: () => Promise.reject(error),
    acknowledge: () => Promise.reject(error),
  });

  it.each<[Error, number, string]>([
    [new Error('SQLITE_CORRUPT /secret'), 500, 'error'],
    [new TemporaryFailure('The database is busy.'), 503, 'warn'],
  ])('%s is a page that tells nobody but the log', async (error, status, level) => {
    const house = await open({ web: { escalations: failing(error) } });
    const answer = await post(house.link());
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expectGuarded(answer.headers);
    expect(answer.body).not.toMatch(/SQLITE|secret|database/);
    const [warning] = house.log.takeWarnings();
    expect(warning).toMatchObject({ level, fields: { error, route: '/escalations/:id/:officer/:code' } });
  });

  it('a link that cannot be decoded is refused before that', async () => {
    const house = await open();
    const socket = connect(house.port, '127.0.0.1');
    socket.write(`GET /escalations/${ID}/%zz/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/\r\nx-frame-options: DENY\r\n/i);
  });

  it('a house without these pages has no such address', async () => {
    const house = await open({ web: { escalations: undefined } });
    expect((await ask(house.link())).status).toBe(404);
    expect((await post(house.link())).status).toBe(405);
  });
});
