// A letter forwarded from another mailbox, filed for the citizen inside it.
import { describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

const FORWARDED = [
  'Please see below, it came to my own mailbox.',
  '',
  '---------- Forwarded message ---------',
  'From: Mita Sen <mita@home.example>',
  'Date: Tue, Nov 24, 2026 at 8:30 AM',
  'Subject: দোকানে চুরি',
  'To: Inspector <inspector@elsewhere.example>',
  '',
  'কাল রাতে আমাদের দোকানে চুরি হয়েছে। তালা ভেঙে টাকা নিয়ে গেছে।',
].join('\r\n');

async function filed(house: TestHouse, text: string) {
  await house.send({ raw: aLetter({ subject: 'Fwd: theft', text }) });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  return ticket?.reference ?? '';
}

describe('a forwarded letter', () => {
  it('becomes the ticket of the citizen who wrote it, in their language, and they are told', async () => {
    await using house = await openHouse();
    const reference = await filed(house, FORWARDED);
    const before = await house.daemon.store.tickets.find(reference);
    const opened = await house.daemon.desk.fileFor({ actor: OPERATOR, reference });
    await house.daemon.idle();
    expect(opened).toMatchObject({
      station: 'behala',
      subject: 'দোকানে চুরি',
      language: 'bn',
      resident: { address: 'mita@home.example', name: 'Mita Sen', verdict: 'unknown' },
      receivedAt: before?.receivedAt,
    });
    expect(opened.urgencyBy).toBe('rule');
    expect(opened.category).not.toBe(before?.category);
    expect(await house.daemon.store.tickets.find(reference)).toMatchObject({
      state: 'merged',
      mergedInto: opened.reference,
    });
    const [words] = await house.messages(opened.reference);
    expect(words?.text).toBe('কাল রাতে আমাদের দোকানে চুরি হয়েছে। তালা ভেঙে টাকা নিয়ে গেছে।');
    const told = (await house.sent()).find(({ text }) => text?.includes(opened.reference));
    expect(told?.to).toMatchObject({ value: [{ address: 'mita@home.example' }] });
    expect((await house.daemon.store.tickets.find(opened.reference))?.acknowledgedAt).not.toBeNull();
  });

  it('needs an address to write to, which the officer may give', async () => {
    await using house = await openHouse();
    const text = FORWARDED.replace('Mita Sen <mita@home.example>', 'Mita Sen');
    const reference = await filed(house, text);
    const order = { actor: OPERATOR, reference };
    await expect(house.daemon.desk.fileFor(order)).rejects.toThrow(
      /names Mita Sen as its sender, without an address/,
    );
    expect((await house.daemon.store.tickets.find(reference))?.state).toBe('new');
    const opened = await house.daemon.desk.fileFor({ ...order, address: 'mita@home.example' });
    expect(opened.resident.address).toBe('mita@home.example');
  });

  it('that is none is refused, and nothing is done', async () => {
    await using house = await openHouse();
    const reference = await filed(house, 'There is loud music in our street every night.');
    await expect(house.daemon.desk.fileFor({ actor: OPERATOR, reference })).rejects.toThrow(
      /forwards no other letter/,
    );
    expect(await house.daemon.store.tickets.list({ limit: 10 })).toHaveLength(1);
  });
});
