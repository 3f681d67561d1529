import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acknowledgeEscalation } from '../../src/desk/escalations.js';
import { peopleOf } from '../../src/domain/people.js';
import { actorOf, OPERATOR } from '../../src/domain/rights.js';
import { shift } from '../../src/domain/time.js';
import { type City, openCity } from '../simulation/city.js';

const START = '2026-10-05T04:30:00.000Z'; // Monday, 10:00 in Kolkata
const HOUR = 3_600_000;

let city: City;
beforeEach(async () => {
  city = await openCity({ stations: 12, start: START });
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

let written = 0;

/** Each says something else, or it would be the same letter said again. */
async function open(text = 'The street light is out.', from = 'rita@home.example'): Promise<string> {
  written += 1;
  const message = { subject: `Letter ${written}`, text: `${text} It is number ${written}.` };
  const filed = await city.file({ to: ['s0@kolkatapolice.example'], from, message });
  await city.outbox.runOnce();
  return filed.references[0] ?? '';
}

const order = (reference: string) => ({ actor: OPERATOR, reference });

async function clocks(reference: string) {
  const { id } = await city.ticket(reference);
  return Object.fromEntries(
    (await city.store.clocks.ofTicket(id)).map((clock) => [`${clock.name} ${clock.round}`, clock]),
  );
}

async function events(reference: string): Promise<string[]> {
  const { id } = await city.ticket(reference);
  return (await city.store.journal.ofTicket(id)).map(({ event }) => event);
}

async function officer(id: string) {
  const found = peopleOf(city.rules.officers, await city.store.officers.list()).get(id);
  if (!found) throw new Error(`no officer ${id}`);
  return actorOf(found);
}

describe('the first deed of a person', () => {
  it('opens the ticket and meets the first-action clock; warnings of it end', async () => {
    const reference = await open('My bicycle was stolen.');
    city.clock.advance(5 * HOUR);
    await city.sla.sweep();
    const { id } = await city.ticket(reference);
    expect(await city.store.escalations.ofTicket(id)).not.toEqual([]);
    await city.desk.note({ ...order(reference), text: 'Seen.' });
    expect(await city.ticket(reference)).toMatchObject({ state: 'open', version: 1 });
    expect((await clocks(reference))['first-action 1']).toMatchObject({
      state: 'met',
      metAt: city.clock.now(),
    });
    const told = (await city.store.escalations.ofTicket(id)).filter(({ clock }) => clock === 'first-action');
    expect(told.every(({ endedAt, nextAt }) => endedAt !== null || nextAt === null)).toBe(true);
  });
});

describe('two people at once', () => {
  it('the second, who saw an older version, conflicts and changes nothing', async () => {
    const reference = await open();
    const seen = { version: 0 };
    await city.desk.assign({ ...order(reference), officer: 'si-s0-a', seen });
    const before = await events(reference);
    await expect(city.desk.assign({ ...order(reference), officer: 'si-s0-b', seen })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await city.ticket(reference)).toMatchObject({ officer: 'si-s0-a', version: 1 });
    expect(await events(reference)).toEqual(before);
  });

  it('the second, who began before the first was done, conflicts', async () => {
    const reference = await open();
    const seen = { at: city.clock.now() };
    city.clock.advance(10);
    await city.desk.note({ ...order(reference), text: 'First.' });
    await expect(city.desk.note({ ...order(reference), text: 'Second.', seen })).rejects.toThrow(
      /just changed/,
    );
    expect(await city.store.notes.ofTicket((await city.ticket(reference)).id)).toHaveLength(1);
  });

  it('a deed that fails half-way leaves nothing', async () => {
    const reference = await open();
    const before = await city.ticket(reference);
    await expect(
      city.desk.ask({ ...order(reference), text: 'Where?', until: shift(city.clock.now(), -HOUR) }),
    ).rejects.toMatchObject({ code: 'invalid' });
    expect(await city.ticket(reference)).toEqual(before);
    expect(await city.store.outbox.list({ ticketId: before.id, limit: 10 })).toHaveLength(1);
    expect(await city.store.messages.ofTicket(before.id)).toHaveLength(1);
  });
});

describe('triage', () => {
  it('keeps the officer correction as a label and plans the clocks anew from acceptance', async () => {
    const reference = await open();
    city.clock.advance(2 * HOUR);
    await city.desk.triage({ ...order(reference), urgency: 'urgent' });
    expect(await city.ticket(reference)).toMatchObject({ urgency: 'urgent', urgencyBy: 'operator' });
    expect((await clocks(reference))['resolution 1']?.dueAt).toBe(shift(START, 24 * HOUR));
    expect(await city.store.labels.list(10)).toMatchObject([
      { proposedUrgency: 'non-urgent', urgency: 'urgent' },
    ]);
  });

  it('to a hidden category takes it from the station and tells the deputy commissioner', async () => {
    const reference = await open();
    await city.desk.assign({ ...order(reference), officer: 'si-s0-a' });
    await city.desk.triage({ actor: await officer('si-s0-a'), reference, category: 'CPL' });
    expect(await city.ticket(reference)).toMatchObject({ restriction: 'dc', officer: null });
    const { id } = await city.ticket(reference);
    expect(await city.store.escalations.ofTicket(id)).toMatchObject([{ clock: 'restricted', rank: 'dc' }]);
    const deed = city.desk.note({ actor: await officer('si-s0-a'), reference, text: 'Mine.' });
    await expect(deed).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('names the known categories for one that is unknown', async () => {
    const deed = city.desk.triage({ ...order(await open()), category: 'NOISE' });
    await expect(deed).rejects.toThrow(/There is no category NOISE\. Known are .*NOI/);
  });
});

describe('giving back', () => {
  it('leaves the ticket to nobody, and owes the first action again when nothing else was done', async () => {
    const reference = await open();
    const owed = (await clocks(reference))['first-action 1'];
    await city.desk.assign({ ...order(reference), officer: 'si-s0-a' });
    city.clock.advance(60_000);
    expect(await city.desk.assign({ ...order(reference), officer: null })).toMatchObject({ officer: null });
    expect((await clocks(reference))['first-action 1']).toEqual(owed);
    expect(await events(reference)).toContain('unassigned');
  });

  it('owes nothing again to a ticket on which somebody has acted', async () => {
    const reference = await open();
    await city.desk.assign({ ...order(reference), officer: 'si-s0-a' });
    city.clock.advance(60_000);
    await city.desk.note({ ...order(reference), text: 'Seen.' });
    city.clock.advance(60_000);
    await city.desk.assign({ ...order(reference), officer: null });
    expect((await clocks(reference))['first-action 1']).toMatchObject({ state: 'met' });
  });

  it('keeps a breach', async () => {
    const reference = await open();
    city.clock.advance(200 * HOUR);
    await city.sla.sweep();
    await city.desk.assign({ ...order(reference), officer: 'si-s0-a' });
    await city.desk.assign({ ...order(reference), officer: null });
    expect((await clocks(reference))['first-action 1']).toMatchObject({ state: 'breached', metAt: null });
  });
});

describe('assigning', () => {
  it.each([
    ['nobody', 'nobody', 'not-found'],
    ['an officer of another station', 'si-s1-a', 'conflict'],
  ])('%s is refused', async (_name, id, code) => {
    const deed = city.desk.assign({ ...order(await open()), officer: id });
    await expect(deed).rejects.toMatchObject({ code });
  });
});

describe('merging', () => {
  it('carries the earlier start and its waits, shows the ticket inside the other, and can be undone', async () => {
    const first = await open();
    await city.desk.wait({ ...order(first), for: 'agency', until: shift(START, 4 * HOUR) });
    city.clock.advance(2 * HOUR);
    await city.desk.resume(order(first));
    city.clock.advance(HOUR);
    const second = await open();
    const before = (await clocks(first))['resolution 1'];
    await city.desk.merge({ ...order(first), into: second });
    expect(await city.ticket(first)).toMatchObject({ state: 'merged', mergedInto: second });
    expect((await clocks(first))['resolution 1']?.state).toBe('lifted');
    expect((await clocks(second))['resolution 1']).toMatchObject({ startedAt: START, dueAt: before?.dueAt });
    expect((await city.store.tickets.mergedInto(second)).map(({ reference }) => reference)).toEqual([first]);
    await expect(city.desk.note({ ...order(first), text: 'x' })).rejects.toThrow(/was merged into/);
    await city.desk.unmerge(order(first));
    expect(await city.ticket(first)).toMatchObject({ state: 'open', mergedInto: null });
    expect((await clocks(first))['resolution 1']).toMatchObject({ state: 'running', dueAt: before?.dueAt });
  });

  it.each([
    ['itself', (first: string) => first, 'invalid'],
    ['a ticket more people may read', (_first: string, second: string) => second, 'conflict'],
  ])('into %s is refused', async (_name, target, code) => {
    const [first, second] = [await open(), await open()];
    await city.desk.restrict({ ...order(first), restriction: 'named', reason: 'A child.' });
    await expect(city.desk.merge({ ...order(first), into: target(first, second) })).rejects.toMatchObject({
      code,
    });
  });

  it('an answer to the merged ticket joins the one it was merged into', async () => {
    const [first, second] = [await open(), await open()];
    await city.desk.reply({ ...order(first), text: 'We look into it.' });
    const { id } = await city.ticket(first);
    const ours = (await city.store.messages.ofTicket(id)).at(-1)?.messageId ?? '';
    await city.desk.merge({ ...order(first), into: second });
    const filed = await city.file({
      to: ['s0@kolkatapolice.example'],
      from: 'rita@home.example',
      message: { text: 'Thank you.', inReplyTo: [ours] },
    });
    expect(filed).toMatchObject({ outcome: 'joined', references: [second] });
  });
});

describe('splitting', () => {
  it('makes a letter a ticket of its own whose clocks run from its receipt', async () => {
    const reference = await open();
    await city.desk.reply({ ...order(reference), text: 'We look into it.' });
    const { id } = await city.ticket(reference);
    const ours = (await city.store.messages.ofTicket(id)).at(-1)?.messageId ?? '';
    city.clock.advance(5 * HOUR);
    const receivedAt = city.clock.now();
    await city.file({
      to: ['s0@kolkatapolice.example'],
      from: 'rita@home.example',
      message: { subject: 'Another matter', text: 'My bicycle was stolen.', inReplyTo: [ours] },
    });
    city.clock.advance(HOUR);
    const messageId = (await city.store.messages.ofTicket(id)).at(-1)?.id ?? '';
    const opened = await city.desk.split({ ...order(reference), messageId });
    expect(opened).toMatchObject({ station: 's0', subject: 'Another matter', receivedAt });
    expect((await clocks(opened.reference))['resolution 1']?.startedAt).toBe(receivedAt);
    expect(await city.store.tickets.linkedTo(id)).toEqual([opened.reference]);
    expect(await city.store.messages.ofTicket(id)).toHaveLength(2);
  });

  it('refuses to leave nothing behind', async () => {
    const reference = await open();
    const [message] = await city.store.messages.ofTicket((await city.ticket(reference)).id);
    const deed = city.desk.split({ ...order(reference), messageId: message?.id ?? '' });
    await expect(deed).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a transfer', () => {
  it('takes the other division along: its officers may act, the old ones may not', async () => {
    const reference = await open();
    await city.desk.transfer({ ...order(reference), to: 'S11', reason: 'It lies there.' });
    expect(await city.ticket(reference)).toMatchObject({ station: 's11', state: 'new', officer: null });
    const old = city.desk.note({ actor: await officer('si-s0-a'), reference, text: 'x' });
    await expect(old).rejects.toMatchObject({ code: 'not-allowed' });
    await city.desk.note({ actor: await officer('si-s11-a'), reference, text: 'Ours.' });
  });

  it.each([
    ['a station nobody knows', 'nowhere', 'invalid'],
    ['where it is', 's0', 'conflict'],
    ['an address nobody can write to', 'a b@c', 'invalid'],
  ])('to %s is refused', async (_name, to, code) => {
    const deed = city.desk.transfer({ ...order(await open()), to, reason: 'Why not.' });
    await expect(deed).rejects.toMatchObject({ code });
  });
});

describe('closing', () => {
  it('as "not ours" needs that it was passed on', async () => {
    const reference = await open();
    const close = { ...order(reference), outcome: 'not-ours', text: 'It is the force next door.' };
    await expect(city.desk.close(close)).rejects.toThrow(/was not passed on/);
    await city.desk.transfer({ ...order(reference), to: 'desk@force.example', reason: 'Theirs.' });
    expect(await city.desk.close(close)).toMatchObject({ state: 'closed', outcome: 'not-ours' });
  });

  it('a ticket opened by a robot writes no letter', async () => {
    const headers = [{ name: 'auto-submitted', value: 'auto-generated' }];
    const filed = await city.file({
      to: ['s0@kolkatapolice.example'],
      from: 'robot@shop.example',
      message: { headers },
    });
    const reference = filed.references[0] ?? '';
    await city.desk.close({ ...order(reference), outcome: 'action-taken', text: 'Nothing to do.' });
    await city.outbox.runOnce();
    expect(city.delivered).toEqual([]);
  });
});

describe('electronic information of a cognizable offence', () => {
  it('is reminded of, escalated on day three, decided, and never closed before', async () => {
    const reference = await open('My bicycle was stolen.');
    await city.desk.registerInformation({ ...order(reference), substance: 'Theft of a bicycle' });
    const day = async () => {
      city.clock.advance(24 * HOUR + 60_000);
      await city.sla.sweep();
      await city.outbox.runOnce();
    };
    await day();
    await day();
    const { id } = await city.ticket(reference);
    expect(city.delivered.filter(({ kind }) => kind === 'signature')).toHaveLength(3);
    const close = { ...order(reference), outcome: 'action-taken', text: 'Done.' };
    await expect(city.desk.close(close)).rejects.toThrow(/was not signed/);
    await day();
    const told = (await city.store.escalations.ofTicket(id)).filter(({ clock }) => clock === 'signature');
    expect(told).toMatchObject([{ rank: 'oc' }]);
    expect(await city.ticket(reference)).toMatchObject({ state: 'open' });
    const decide = { reference, decision: 'fir', text: 'FIR 12/2026' } as const;
    await expect(city.desk.decide({ ...decide, actor: await officer('si-s0-a') })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await city.desk.decide({ ...decide, actor: await officer('oc.s0@kolkatapolice.example') });
    expect(await city.ticket(reference)).toMatchObject({ firNumber: 'FIR 12/2026' });
    expect((await clocks(reference))['progress 1']?.dueAt).toBe(shift(city.clock.now(), 90 * 24 * HOUR));
    expect(await city.desk.close(close)).toMatchObject({ state: 'closed' });
  });

  it('is numbered by station and year without gaps', async () => {
    for (const n of [1, 2]) {
      const reference = await open();
      await city.desk.registerInformation({ ...order(reference), substance: `Matter ${n}` });
    }
    expect((await city.store.information.list({})).map(({ serial }) => serial)).toEqual([1, 2]);
  });
});

describe('an escalation', () => {
  it('is acknowledged by who was told or a superior, once; then it climbs no more', async () => {
    const reference = await open('A man with a knife!');
    city.clock.advance(10 * 60_000);
    await city.sla.sweep();
    const { id } = await city.ticket(reference);
    const [told] = await city.store.escalations.ofTicket(id);
    const answer = async (by: string) =>
      acknowledgeEscalation(city.deskOptions, { id: told?.id ?? '', actor: await officer(by) });
    expect(told).toMatchObject({ rank: 'oc', told: ['oc.s0@kolkatapolice.example'] });
    await expect(answer('si-s0-a')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(answer('oc.s1@kolkatapolice.example')).rejects.toMatchObject({ code: 'not-allowed' });
    await answer('dc.d0@kolkatapolice.example');
    expect(await answer('oc.s0@kolkatapolice.example')).toMatchObject({
      acknowledgedBy: 'dc.d0@kolkatapolice.example',
    });
    city.clock.advance(60 * 60_000);
    await city.sla.sweep();
    expect((await city.store.escalations.ofTicket(id)).filter(({ rank }) => rank === 'ac')).toEqual([]);
  });

  it('mail waits for the end of the quiet hours, unless it is urgent', async () => {
    city.clock.advance(13 * HOUR); // 23:00
    const plain = await open();
    await city.desk.close({ ...order(plain), outcome: 'action-taken', text: 'Done.' });
    const urgent = await open('A man with a knife!');
    const { id } = await city.ticket(urgent);
    const mails = async (ticketId: string) =>
      (await city.store.outbox.list({ ticketId, limit: 20 })).filter(
        ({ letter }) => letter.kind === 'escalation',
      );
    city.clock.advance(15 * 60_000);
    await city.sla.sweep();
    expect((await mails(id)).every(({ dueAt, letter }) => dueAt === letter.createdAt)).toBe(true);
    const ours = (await city.store.messages.ofTicket((await city.ticket(plain)).id)).at(-1)?.messageId ?? '';
    await city.file({
      to: ['s0@kolkatapolice.example'],
      from: 'rita@home.example',
      message: { text: 'No!', inReplyTo: [ours] },
    });
    const [notice] = await mails((await city.ticket(plain)).id);
    expect(notice?.dueAt).toBe('2026-10-06T01:30:00.000Z'); // 07:00
  });
});
