import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LetterView } from '../../src/admin/views/letter-view.js';
import type { SpooledLetter } from '../../src/domain/letter.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { LETTER, openTicket, spoolLetter } from './records.js';

let house: TestHouse;
let filed: SpooledLetter;
let leftover: SpooledLetter;
let held: SpooledLetter;
let spooled: SpooledLetter;
let ticket: Ticket;

beforeAll(async () => {
  house = await openTestHouse();
  filed = await spoolLetter(house);
  ticket = await openTicket(house, { number: 1, letter: filed });
  await house.spool.remove(filed.id);
  leftover = await spoolLetter(house);
  await openTicket(house, { number: 2, letter: leftover });
  held = await spoolLetter(house, '');
  await house.spool.hold(held.id, 'The worker died twice.');
  spooled = await spoolLetter(house);
});
afterAll(() => house.close());

async function list(...argv: string[]): Promise<LetterView[]> {
  return (await house.run('letter', 'list', '--json', ...argv)).json();
}

describe('letter list', () => {
  it('gives every letter once, newest first; one filed but still in the spool is filed', async () => {
    expect((await list()).map(({ id, state }) => [id, state])).toEqual([
      [spooled.id, 'spooled'],
      [held.id, 'held'],
      [leftover.id, 'filed'],
      [filed.id, 'filed'],
    ]);
  });

  it.each([
    ['spooled', () => [spooled.id]],
    ['held', () => [held.id]],
    ['filed', () => [leftover.id, filed.id]],
  ])('--state %s narrows it', async (state, ids) => {
    expect((await list('--state', state)).map(({ id }) => id)).toEqual(ids());
  });

  it('keeps to the limit', async () => {
    expect((await list('--limit', '2')).map(({ id }) => id)).toEqual([spooled.id, held.id]);
  });

  it('has the promised shape', async () => {
    const [letter] = await list('--state', 'held');
    expect(letter).toEqual({
      id: held.id,
      state: 'held',
      from: '',
      to: ['behala.ps@kolkatapolice.example'],
      receivedAt: '2026-11-24T09:35:00.000Z',
      bytes: LETTER.length,
      sha256: createHash('sha256').update(LETTER).digest('hex'),
      tickets: [],
      problem: 'The worker died twice.',
      duplicateOf: null,
      parked: null,
    });
    expect((await list('--state', 'filed'))[1]).toMatchObject({ id: filed.id, tickets: [ticket.reference] });
  });

  it('is a table for people', async () => {
    const { out } = await house.run('letter', 'list');
    expect(out).toMatch(/^ID +STATE +RECEIVED +SIZE +FROM +TICKETS +PROBLEM\n/);
    expect(out).toMatch(
      new RegExp(`${held.id}  held +24 Nov 15:05 \\(just now\\) .*<> .*The worker died twice\\.`),
    );
  });
});

describe('letter show', () => {
  it('tells the envelope', async () => {
    expect((await house.run('letter', 'show', filed.id, '--json')).json()).toMatchObject({
      id: filed.id,
      state: 'filed',
      protocol: 'ESMTPS',
      client: { address: '192.0.2.7', name: 'mail.resident.example', relay: null },
    });
    const { out } = await house.run('letter', 'show', spooled.id);
    expect(out).toContain('mail.resident.example [192.0.2.7], ESMTPS, TLSv1.3');
  });

  it('--raw gives exactly the bytes, wherever the letter lies', async () => {
    for (const letter of [filed, leftover, held, spooled]) {
      const { code, raw, out } = await house.run('letter', 'show', letter.id, '--raw');
      expect([code, out]).toEqual([0, '']);
      expect(raw.equals(LETTER)).toBe(true);
    }
  });

  it.each(['01NOSUCHLETTER', '../held/x', '..%2f', ''])('ends with 3 for %j', async (id) => {
    const { code, raw } = await house.run('letter', 'show', id, '--raw');
    expect([code, raw.length]).toEqual([3, 0]);
  });
});

describe('letter release', () => {
  it('ends with 5 when the letter is not held, and says where it is', async () => {
    const { code, err } = await house.run('letter', 'release', filed.id);
    expect(code).toBe(5);
    expect(err).toContain(`is not held: it is filed already, on ${ticket.reference}.`);
    expect((await house.run('letter', 'release', spooled.id)).code).toBe(5);
    expect((await house.run('letter', 'release', '01NOSUCHLETTER')).code).toBe(3);
  });

  it('puts a held letter back into the spool', async () => {
    const { code, json } = await house.run('letter', 'release', held.id, '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({ id: held.id, state: 'spooled', problem: null });
    expect(await house.spool.list()).toContain(held.id);
    expect(await house.spool.listHeld()).toEqual([]);
  });
});
