// What is sent is what was previewed, and a preview leaves nothing behind.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { shift } from '../../src/domain/time.js';
import { type City, openCity } from '../simulation/city.js';

const DAY = 86_400_000;

let city: City;
let reference: string;
beforeEach(async () => {
  city = await openCity({ stations: 12, start: '2026-10-05T04:30:00.000Z' });
  const message = { subject: 'Street light', text: 'The street light is out.' };
  const filed = await city.file({ to: ['s0@kolkatapolice.example'], from: 'rita@home.example', message });
  reference = filed.references[0] ?? '';
  await city.outbox.runOnce();
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

const order = () => ({ actor: OPERATOR, reference });
const UNTIL = shift('2026-10-05T04:30:00.000Z', 3 * DAY);

async function traces() {
  const ticket = await city.ticket(reference);
  return {
    ticket,
    clocks: await city.store.clocks.ofTicket(ticket.id),
    journal: await city.store.journal.ofTicket(ticket.id),
    messages: await city.store.messages.ofTicket(ticket.id),
    waits: await city.store.waits.ofTicket(ticket.id),
    outbox: await city.store.outbox.list({ ticketId: ticket.id, limit: 50 }),
  };
}

const DEEDS = {
  reply: { text: 'An officer will come.' },
  ask: { text: 'Which street?', until: UNTIL },
  close: { outcome: 'settled', text: 'The light was mended.' },
  transfer: { to: 's1', reason: 'It is their street.' },
  refer: { agency: 'kmc', text: 'Please mend the light.' },
};
type Name = keyof typeof DEEDS;

function run(name: Name, more: object = {}) {
  const full = { ...order(), ...DEEDS[name], ...more };
  return { preview: () => city.previews[name](full as never), deed: () => city.desk[name](full as never) };
}

describe('a preview', () => {
  it.each(Object.keys(DEEDS) as Name[])(
    'of %s is the letter that then goes, and changes nothing',
    async (name) => {
      const before = await traces();
      const preview = await run(name).preview();
      expect(preview.letters.length).toBeGreaterThan(0);
      expect(await traces()).toEqual(before);
      city.clock.advance(60_000);
      await run(name, { previewed: preview.mark }).deed();
      const known = new Set(before.outbox.map(({ letter }) => letter.id));
      const sent = (await traces()).outbox.filter(({ letter }) => !known.has(letter.id)).reverse();
      const seen = sent.map(({ letter: { kind, to, from, replyTo, subject, text, headers } }) => ({
        kind,
        to,
        from,
        replyTo,
        subject,
        text,
        headers: headers.map(({ name: header }) => header),
      }));
      const shown = preview.letters.map((letter) => ({
        ...letter,
        headers: letter.headers.map(({ name: header }) => header),
      }));
      expect(seen).toEqual(shown);
    },
  );

  it('of another letter is a conflict, and nothing is sent', async () => {
    const { mark } = await run('reply').preview();
    const before = await traces();
    await expect(
      city.desk.reply({ ...order(), text: 'Another answer.', previewed: mark }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await traces()).toEqual(before);
  });

  it('of a matter that was hidden since is a conflict: the subject would be another', async () => {
    const { mark } = await run('reply').preview();
    await city.desk.restrict({ ...order(), restriction: 'named', reason: 'A child is named.' });
    await expect(run('reply', { previewed: mark }).deed()).rejects.toThrow(/not be the one you saw/);
  });

  it('is refused as the deed is', async () => {
    await expect(city.previews.reply({ ...order(), text: ' ' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(city.previews.reply({ ...order(), text: 'A', seen: { version: 7 } })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(city.previews.refer({ ...order(), agency: 'nobody', text: 'A' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
