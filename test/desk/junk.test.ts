// Junk: what is put away starts nothing, shows nowhere and counts nothing; one deed brings all of it back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import type { Screened } from '../../src/domain/screened.js';
import { type City, openCity } from '../simulation/city.js';

const START = '2026-10-05T04:30:00.000Z'; // Monday, 10:00 in Kolkata
const DAY = 86_400_000;
const S0 = 's0@kolkatapolice.example';
const S1 = 's1@kolkatapolice.example';

const JUNK: Screened = {
  opinion: { from: 'rspamd', isJunk: true, score: 16, threshold: 15, words: ['GTUBE'] },
  isJunk: true,
  infection: null,
};

let city: City;
beforeEach(async () => {
  city = await openCity({ stations: 2, start: START });
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

let written = 0;

async function write(
  given: { text?: string; screened?: Screened; to?: string[]; inReplyTo?: string[] } = {},
) {
  written += 1;
  const {
    text = 'You have won a prize in our great draw',
    screened = JUNK,
    to = [S0],
    inReplyTo = [],
  } = given;
  const message = { subject: `Prize ${written}`, text: `${text}, number ${written}.`, inReplyTo };
  const filed = await city.file({ to, from: 'rita@home.example', message, screened });
  return filed.references[0] ?? '';
}

const order = (reference: string) => ({ actor: OPERATOR, reference });
const clocksOf = async (reference: string) => city.store.clocks.ofTicket((await city.ticket(reference)).id);
const listed = async (junk?: boolean) =>
  (await city.store.tickets.list({ limit: 100, junk })).map(({ reference }) => reference);

async function eventsOf(reference: string) {
  return (await city.store.journal.ofTicket((await city.ticket(reference)).id)).map(({ event }) => event);
}

describe('a letter of junk', () => {
  it('is put away: no receipt, no clock, no escalation, in no list and no figure', async () => {
    const reference = await write();
    expect(await city.ticket(reference)).toMatchObject({
      state: 'new',
      junk: 'junk',
      junkOpinion: JUNK.opinion,
    });
    city.clock.advance(20 * DAY);
    await city.sla.sweep();
    await city.outbox.runOnce();
    expect(city.delivered.filter(({ text }) => text.includes(reference))).toEqual([]);
    expect(await clocksOf(reference)).toEqual([]);
    expect(await city.store.escalations.countOpen()).toBe(0);
    expect(await city.store.tickets.counts(city.clock.now())).toEqual({ open: 0, overdue: 0 });
    expect(await listed()).toEqual([]);
    expect(await listed(true)).toEqual([reference]);
    const [receipt] = await city.store.outbox.list({ limit: 10 });
    expect(receipt).toMatchObject({ state: 'suppressed', reason: 'junk' });
    expect(await eventsOf(reference)).toEqual(['opened', 'acknowledgement-suppressed']);
  });

  it('comes back by one deed, with its clocks from the receipt, and its receipt can be sent', async () => {
    const reference = await write();
    city.clock.advance(2 * 3_600_000);
    const ticket = await city.desk.notJunk(order(reference));
    expect(ticket).toMatchObject({ state: 'new', junk: 'cleared' });
    expect(await clocksOf(reference)).toMatchObject([
      { name: 'acknowledgement', state: 'running', startedAt: START },
      { name: 'first-action', state: 'running', startedAt: START, metAt: null },
      { name: 'resolution', state: 'running', startedAt: START },
    ]);
    expect(await listed()).toEqual([reference]);
    expect(await city.store.tickets.counts(city.clock.now())).toEqual({ open: 1, overdue: 1 });
    expect(await city.store.tickets.list({ limit: 10, owed: true })).toHaveLength(1);
    await city.desk.sendAcknowledgement(order(reference));
    await city.outbox.runOnce();
    expect(city.delivered.map(({ to, kind }) => [to, kind])).toEqual([
      ['rita@home.example', 'acknowledgement'],
    ]);
    expect(await city.store.labels.listJunk(10)).toMatchObject([
      { actor: 'operator', opinion: JUNK.opinion, isJunk: false },
    ]);
  });

  it.each([
    ['a life in danger', 'He stands here with a knife'],
    ['a complaint about police', 'The constable asked for money'],
  ])('that tells of %s is only flagged', async (_name, text) => {
    const reference = await write({ text });
    expect(await city.ticket(reference)).toMatchObject({ junk: 'suspected' });
    expect(await clocksOf(reference)).toHaveLength(3);
    await city.outbox.runOnce();
    expect(
      city.delivered.some(({ kind, text: told }) => kind === 'acknowledgement' && told.includes(reference)),
    ).toBe(true);
    expect(await city.store.outbox.list({ state: 'suppressed', limit: 10 })).toEqual([]);
    expect(await listed()).toEqual([reference]);
  });

  it('that looks like a robot’s and tells of a life in danger is only flagged', async () => {
    const message = { subject: 'x', text: 'a knife!', headers: [{ name: 'precedence', value: 'bulk' }] };
    const filed = await city.file({ to: [S0], from: 'rita@home.example', message, screened: JUNK });
    expect(await city.ticket(filed.references[0] ?? '')).toMatchObject({ junk: 'suspected' });
  });

  it('to two stations is put away at both, and one receipt is withheld', async () => {
    await write({ to: [S0, S1] });
    expect(await listed(true)).toHaveLength(2);
    expect(await city.store.outbox.list({ state: 'suppressed', limit: 10 })).toHaveLength(1);
  });

  it('that joins a ticket is not put away', async () => {
    const clean = { ...JUNK, isJunk: false };
    const first = await write({ screened: clean, text: 'The street light is out' });
    await city.outbox.runOnce();
    const receipt = city.delivered.at(-1)?.messageId ?? '';
    const second = await write({ text: 'Here is my answer', inReplyTo: [receipt] });
    expect(second).toBe(first);
    expect(await city.ticket(first)).toMatchObject({ junk: null });
    expect(await listed(true)).toEqual([]);
  });

  it('does not swallow the same words coming again without suspicion', async () => {
    const message = {
      subject: 'Lamp',
      text: 'The street light in our lane has been out for three days now.',
    };
    await city.file({ to: [S0], from: 'rita@home.example', message, screened: JUNK });
    const again = await city.file({ to: [S0], from: 'rita@home.example', message });
    expect(again.outcome).toBe('opened');
    expect(await listed()).toEqual(again.references);
  });

  it('where nobody judges changes nothing', async () => {
    const message = { subject: 'x', text: 'You have won a prize.' };
    const { references } = await city.file({ to: [S0], from: 'rita@home.example', message });
    expect(await city.ticket(references[0] ?? '')).toMatchObject({ junk: null, junkOpinion: null });
  });
});

describe('an officer', () => {
  const CLEAN: Screened = { ...JUNK, isJunk: false };

  it('puts a ticket away: clocks lifted, nothing more is told, the receipt not yet sent stays', async () => {
    const reference = await write({ screened: CLEAN });
    await city.desk.junk(order(reference));
    expect(await city.ticket(reference)).toMatchObject({ junk: 'junk', state: 'new' });
    expect((await clocksOf(reference)).map(({ state }) => state)).toEqual(['lifted', 'lifted', 'lifted']);
    city.clock.advance(20 * DAY);
    await city.sla.sweep();
    await city.outbox.runOnce();
    expect(city.delivered.filter(({ text }) => text.includes(reference))).toEqual([]);
    expect(await city.store.tickets.counts(city.clock.now())).toEqual({ open: 0, overdue: 0 });
    expect(await city.store.labels.listJunk(10)).toMatchObject([{ isJunk: true }]);
  });

  it('takes that back, and the clocks run on as if nothing had been', async () => {
    const reference = await write({ screened: CLEAN });
    const before = await clocksOf(reference);
    await city.desk.junk(order(reference));
    await city.desk.notJunk(order(reference));
    expect(await clocksOf(reference)).toEqual(before);
  });

  it('does nothing to a ticket put away that would write to anybody', async () => {
    const reference = await write();
    const { desk } = city;
    const refused = { code: 'conflict', message: expect.stringContaining('bring it back first') };
    await expect(desk.reply({ ...order(reference), text: 'x' })).rejects.toMatchObject(refused);
    await expect(desk.sendAcknowledgement(order(reference))).rejects.toMatchObject(refused);
    await expect(desk.junk(order(reference))).rejects.toMatchObject(refused);
    const other = await write({ screened: CLEAN });
    await expect(desk.merge({ ...order(other), into: reference })).rejects.toMatchObject(refused);
    await desk.note({ ...order(reference), text: 'Seen before.' });
  });

  it('cannot call a ticket no junk that nobody took for any, nor registered information junk', async () => {
    const reference = await write({ screened: CLEAN });
    await expect(city.desk.notJunk(order(reference))).rejects.toMatchObject({ code: 'conflict' });
    await city.desk.registerInformation({ ...order(reference), substance: 'Theft.' });
    await expect(city.desk.junk(order(reference))).rejects.toThrow(/registered information/);
  });

  it('is overruled by the resident who answers our letter: it is in sight again', async () => {
    const reference = await write({ screened: CLEAN });
    await city.outbox.runOnce();
    const receipt = city.delivered.at(-1)?.messageId ?? '';
    await city.desk.junk(order(reference));
    await write({ text: 'Why does nobody answer me', inReplyTo: [receipt] });
    expect(await city.ticket(reference)).toMatchObject({ junk: 'suspected' });
    expect(await listed()).toEqual([reference]);
    expect((await clocksOf(reference)).map(({ state }) => state)).toEqual(['met', 'running', 'running']);
    expect(await eventsOf(reference)).toContain('brought-back');
  });
});

describe('an infected letter', () => {
  const attachment = { name: 'a.exe', type: 'application/octet-stream', size: 4, sha256: 'aa', part: '2' };
  const INFECTED: Screened = {
    opinion: null,
    isJunk: false,
    infection: { signature: 'Test.Virus', parts: [] },
  };

  it('is a ticket like any other, and nothing of what is attached leaves with our letters', async () => {
    const message = { subject: 'Light', text: 'SECRET-WORDS of the letter.', attachments: [attachment] };
    const { references } = await city.file({
      to: [S0],
      from: 'rita@home.example',
      message,
      screened: INFECTED,
    });
    const reference = references[0] ?? '';
    const [kept] = await city.store.messages.ofTicket((await city.ticket(reference)).id);
    expect(kept).toMatchObject({
      infected: 'Test.Virus',
      attachments: [{ ...attachment, infected: 'Test.Virus' }],
    });
    await city.desk.reply({ ...order(reference), text: 'An officer will come.' });
    await city.desk.transfer({ ...order(reference), to: 'control@otherforce.example', reason: 'Theirs.' });
    await city.outbox.runOnce();
    const kinds = city.delivered.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['acknowledgement', 'reply', 'transfer']));
    for (const letter of city.delivered) {
      expect(letter).not.toHaveProperty('attachments');
      expect(letter.text).not.toContain('SECRET-WORDS');
      expect(letter.text).not.toContain('a.exe');
    }
  });
});
