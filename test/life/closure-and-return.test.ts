import { describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse } from '../support/house.js';

const HOUR = 3_600_000;

describe('from a letter to closure and back', () => {
  it('every letter out is seen, and "হয়নি" opens it again one rank higher', async () => {
    await using house = await openHouse();
    const { daemon } = house;
    await house.send({ raw: aLetter({ text: 'আমাদের পাড়ায় রোজ রাতে জোরে গান বাজে। দয়া করে ব্যবস্থা নিন।' }) });
    await daemon.idle();
    const [ticket] = await daemon.store.tickets.list({ limit: 1 });
    const reference = ticket?.reference ?? '';
    const order = { actor: OPERATOR, reference };
    await daemon.desk.reply({ ...order, text: 'আমরা দেখছি।' });
    await daemon.idle();
    await daemon.desk.close({ ...order, outcome: 'action-taken', text: 'রাতে টহল পাঠানো হয়েছে।' });
    await daemon.idle();
    const [receipt, reply, closure] = await house.sent();
    expect(receipt?.subject).toContain(reference);
    expect(reply?.text).toContain('আমরা দেখছি।');
    expect(closure?.text).toContain('রাতে টহল পাঠানো হয়েছে।');
    expect(closure?.text).toContain('না');

    const answer = aLetter({ subject: 'Re:', text: 'হয়নি', headers: `In-Reply-To: ${closure?.messageId}` });
    await house.send({ raw: answer });
    await daemon.idle();
    expect(await daemon.store.tickets.find(reference)).toMatchObject({
      state: 'open',
      level: 'oc',
      reopened: 1,
      closedAt: null,
    });
    const id = ticket?.id ?? '';
    expect(await daemon.store.escalations.ofTicket(id)).toMatchObject([{ clock: 'reopened', rank: 'dc' }]);
    const notice = (await house.sent()).at(-1);
    expect(notice?.to).toMatchObject({ text: 'dc.sw@kolkatapolice.example' });
    expect(notice?.text).toContain(reference);
    expect(notice?.text).not.toContain('গান');
    const events = (await daemon.store.journal.ofTicket(id)).map(({ event }) => event);
    expect(events).toEqual([
      'opened',
      'acknowledgement-sent',
      'replied',
      'reply-sent',
      'closed',
      'closure-sent',
      'message-joined',
      'reopened',
      'escalated',
      'escalation-sent',
    ]);
  });

  it.each([
    ['thanks', 'ধন্যবাদ', '', 'closed'],
    ['an automatic reply', 'হয়নি', 'Auto-Submitted: auto-replied', 'closed'],
    ['news without a judgement', 'The gate on the north side is the one with the blue paint.', '', 'open'],
  ])('%s leaves it as it should', async (_name, text, header, state) => {
    await using house = await openHouse();
    const { daemon } = house;
    const reference = await closedTicket(house);
    const closure = (await house.sent()).at(-1);
    const headers = [`In-Reply-To: ${closure?.messageId}`, header].filter(Boolean).join('\r\n');
    await house.send({ raw: aLetter({ subject: 'Re:', text, headers }) });
    await daemon.idle();
    const ticket = await daemon.store.tickets.find(reference);
    expect(ticket).toMatchObject({ state, level: 'officer' });
    expect(await daemon.store.messages.ofTicket(ticket?.id ?? '')).toHaveLength(3);
  });

  it('after too many returns a person decides', async () => {
    await using house = await openHouse('closure: { reopenings: 1 }');
    const { daemon } = house;
    const reference = await closedTicket(house);
    for (const expected of ['open', 'closed']) {
      const closure = (await house.sent()).findLast(({ text }) => text?.includes('NO'));
      await house.send({ raw: aLetter({ text: 'No!', headers: `In-Reply-To: ${closure?.messageId}` }) });
      await daemon.idle();
      expect(await daemon.store.tickets.find(reference)).toMatchObject({ state: expected });
      if (expected === 'open') await closeAgain(house, reference);
    }
    expect(await daemon.store.tickets.find(reference)).toMatchObject({
      attention: 'reopening-capped',
      reopened: 1,
    });
  });

  it('after the term a person decides', async () => {
    const clock = fixedClock();
    await using house = await openHouse('closure: { return_window: 2d }', { clock });
    const reference = await closedTicket(house);
    const closure = (await house.sent()).at(-1);
    clock.advance(49 * HOUR);
    await house.send({ raw: aLetter({ text: 'No!', headers: `In-Reply-To: ${closure?.messageId}` }) });
    await house.daemon.idle();
    expect(await house.daemon.store.tickets.find(reference)).toMatchObject({
      state: 'closed',
      attention: 'answer-too-late',
    });
  });
});

type House = Awaited<ReturnType<typeof openHouse>>;

async function closedTicket(house: House): Promise<string> {
  await house.send({ raw: aLetter() });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  await closeAgain(house, ticket?.reference ?? '');
  return ticket?.reference ?? '';
}

async function closeAgain({ daemon }: House, reference: string): Promise<void> {
  await daemon.desk.close({
    actor: OPERATOR,
    reference,
    outcome: 'action-taken',
    text: 'A patrol was sent.',
  });
  await daemon.idle();
}

describe('a question to the resident', () => {
  it('is reminded of, then the ticket is closed with a letter that says so', async () => {
    const clock = fixedClock();
    await using house = await openHouse('waiting: { close_after: 7d }', { clock });
    const { daemon } = house;
    await house.send({ raw: aLetter() });
    await daemon.idle();
    const [ticket] = await daemon.store.tickets.list({ limit: 1 });
    const reference = ticket?.reference ?? '';
    const until = '2026-11-26T04:00:00.000Z';
    await daemon.desk.ask({ actor: OPERATOR, reference, text: 'Which house is it?', until });
    await daemon.idle();
    clock.advance(47 * HOUR);
    await daemon.sweep();
    expect(await subjects(house)).toHaveLength(2);
    clock.advance(2 * HOUR);
    await daemon.sweep();
    await daemon.sweep();
    await daemon.idle();
    expect((await house.sent()).at(-1)?.text).toMatch(/reply to this mail by/i);
    clock.advance(7 * 24 * HOUR);
    await daemon.sweep();
    await daemon.idle();
    expect(
      (await house.sent()).filter(({ to }) => to && 'text' in to && to.text.includes('rita')),
    ).toHaveLength(4);
    expect((await house.sent()).findLast(({ text }) => text?.includes('closed'))?.text).toContain(
      'We have not heard from you',
    );
    expect(await daemon.store.tickets.find(reference)).toMatchObject({
      state: 'closed',
      outcome: 'no-answer',
    });
  });

  it('is answered: the wait is over and the clock runs on', async () => {
    const clock = fixedClock();
    await using house = await openHouse('', { clock });
    const { daemon } = house;
    await house.send({ raw: aLetter() });
    await daemon.idle();
    const [ticket] = await daemon.store.tickets.list({ limit: 1 });
    const [reference = '', id = ''] = [ticket?.reference, ticket?.id];
    const before = await resolution(house, id);
    await daemon.desk.ask({
      actor: OPERATOR,
      reference,
      text: 'Which house?',
      until: '2026-11-28T04:00:00.000Z',
    });
    await daemon.idle();
    expect(await resolution(house, id)).toMatchObject({ state: 'paused' });
    clock.advance(5 * HOUR);
    const question = (await house.sent()).at(-1);
    await house.send({
      raw: aLetter({ text: 'Number 12.', headers: `In-Reply-To: ${question?.messageId}` }),
    });
    await daemon.idle();
    expect(await daemon.store.tickets.find(reference)).toMatchObject({ state: 'open', waitingFor: null });
    const after = await resolution(house, id);
    expect(after?.state).toBe('running');
    expect(Date.parse(after?.dueAt ?? '') - Date.parse(before?.dueAt ?? '')).toBe(5 * HOUR);
  });
});

async function subjects(house: House): Promise<(string | undefined)[]> {
  return (await house.sent()).map(({ subject }) => subject);
}

async function resolution({ daemon }: House, id: string) {
  return (await daemon.store.clocks.ofTicket(id)).find(({ name }) => name === 'resolution');
}

describe('a transfer', () => {
  it('keeps reference and clocks, and tells the resident once; the answer finds the ticket', async () => {
    await using house = await openHouse();
    const { daemon } = house;
    await house.send({ raw: aLetter() });
    await daemon.idle();
    const [ticket] = await daemon.store.tickets.list({ limit: 1 });
    const [reference = '', id = ''] = [ticket?.reference, ticket?.id];
    const clocks = await daemon.store.clocks.ofTicket(id);
    await daemon.desk.transfer({ actor: OPERATOR, reference, to: 'lake', reason: 'It is in Lake.' });
    await daemon.idle();
    expect(await daemon.store.tickets.find(reference)).toMatchObject({ station: 'lake', officer: null });
    const after = await daemon.store.clocks.ofTicket(id);
    expect(after.find(({ name }) => name === 'resolution')?.dueAt).toBe(
      clocks.find(({ name }) => name === 'resolution')?.dueAt,
    );
    const told = (await house.sent()).filter(({ text }) => text?.includes('Lake Police Station'));
    expect(told).toHaveLength(1);
    await house.send({
      to: told[0]?.replyTo?.value[0]?.address ?? '',
      raw: aLetter({ text: 'It is still loud.', subject: 'More' }),
    });
    await daemon.idle();
    expect(await daemon.store.tickets.list({ limit: 10 })).toHaveLength(1);
    expect(await daemon.store.messages.ofTicket(id)).toHaveLength(3);
  });

  it('to a foreign force goes there with a signed address, from which the answer joins', async () => {
    await using house = await openHouse();
    const { daemon } = house;
    await house.send({ raw: aLetter() });
    await daemon.idle();
    const [ticket] = await daemon.store.tickets.list({ limit: 1 });
    const [reference = '', id = ''] = [ticket?.reference, ticket?.id];
    await daemon.desk.transfer({
      actor: OPERATOR,
      reference,
      to: 'desk@force.example',
      reason: 'It is theirs.',
    });
    await daemon.idle();
    const out = (await house.sent()).find(({ to }) => to && 'text' in to && to.text === 'desk@force.example');
    expect(out?.text).toContain('loud music');
    const answer = aLetter({ subject: 'Taken over', text: 'We have it under number 7.' });
    const raw = answer.replace('Rita Basu <rita@home.example>', 'Desk <desk@force.example>');
    await house.send({ from: 'desk@force.example', to: out?.replyTo?.value[0]?.address ?? '', raw });
    await daemon.idle();
    expect(await daemon.store.tickets.list({ limit: 10 })).toHaveLength(1);
    expect((await daemon.store.messages.ofTicket(id)).at(-1)?.text).toContain('under number 7');
    const to = (await house.sent()).map((letter) => (letter.to && 'text' in letter.to ? letter.to.text : ''));
    expect(to.filter((address) => address === 'desk@force.example')).toHaveLength(1);
  });
});

describe('a complaint against police', () => {
  it('is hidden from the station and goes straight to the deputy commissioner', async () => {
    await using house = await openHouse();
    const { daemon } = house;
    const text =
      'A constable of your station demanded a bribe from me. I want to complain against the police officer.';
    await house.send({ raw: aLetter({ subject: 'Complaint against a police officer', text }) });
    await daemon.idle();
    const [ticket] = await daemon.store.tickets.list({ limit: 1 });
    expect(ticket).toMatchObject({ category: 'CPL', restriction: 'dc' });
    const notice = (await house.sent()).find(
      ({ to }) => to && 'text' in to && to.text === 'dc.sw@kolkatapolice.example',
    );
    expect(notice?.text).toContain(ticket?.reference);
    expect(notice?.text).not.toContain('bribe');
  });
});
