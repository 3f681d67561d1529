import { describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

async function replied(house: TestHouse) {
  await house.send({ raw: aLetter() });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  const reference = ticket?.reference ?? '';
  await house.daemon.desk.reply({ actor: OPERATOR, reference, text: 'We are on our way.' });
  await house.daemon.idle();
  const [record] = await house.daemon.store.outbox.list({ limit: 1 });
  if (!record) throw new Error('nothing was sent');
  return { id: ticket?.id ?? '', reference, record };
}

function bounce(messageId: string, changes: { action?: string; status?: string } = {}): string {
  const { action = 'failed', status = '5.1.1' } = changes;
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mx.home.example>',
    'To: bounces@mail.kolkatapolice.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <report-1@mx.home.example>',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Your message could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.home.example',
    '',
    'Final-Recipient: rfc822; rita@home.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
}

describe('a report about a letter of ours', () => {
  it('that it did not arrive is written on its ticket, which a person must look at; nothing is opened or sent', async () => {
    await using house = await openHouse();
    const { id, reference, record } = await replied(house);
    expect(record.letter.envelopeFrom).toMatch(/^bounce\+/);
    const before = (await house.sent()).length;
    await house.send({ from: '', to: record.letter.envelopeFrom, raw: bounce(record.letter.messageId) });
    await house.daemon.idle();
    const { store } = house.daemon;
    expect(await store.tickets.list({ limit: 10 })).toHaveLength(1);
    expect(await store.tickets.find(reference)).toMatchObject({ attention: 'not-delivered', state: 'open' });
    expect(await store.outbox.find(record.letter.id)).toMatchObject({ state: 'failed' });
    const reported = (await store.journal.ofTicket(id)).find(({ event }) => event === 'delivery-reported');
    expect(reported?.detail).toMatchObject({ kind: 'bounce', status: '5.1.1', outboxId: record.letter.id });
    expect(await house.sent()).toHaveLength(before);
  });

  it('that it is delayed changes nothing', async () => {
    await using house = await openHouse();
    const { reference, record } = await replied(house);
    const raw = bounce(record.letter.messageId, { action: 'delayed', status: '4.4.1' });
    await house.send({ from: '', to: record.letter.envelopeFrom, raw });
    await house.daemon.idle();
    expect(await house.daemon.store.tickets.find(reference)).toMatchObject({ attention: null });
    expect(await house.daemon.store.outbox.find(record.letter.id)).toMatchObject({ state: 'sent' });
  });

  it('that somebody forged changes nothing', async () => {
    await using house = await openHouse();
    const { reference, record } = await replied(house);
    const forged = record.letter.messageId.replace(/-[a-z2-7]{26}@/, `-${'a'.repeat(26)}@`);
    await house.send({ from: '', raw: bounce(forged) });
    await house.daemon.idle();
    expect(await house.daemon.store.tickets.find(reference)).toMatchObject({ attention: null });
    expect(await house.daemon.store.outbox.find(record.letter.id)).toMatchObject({ state: 'sent' });
    expect(await house.daemon.store.tickets.list({ limit: 10 })).toHaveLength(1);
    expect(await house.daemon.store.letters.list(10, { parked: true })).toMatchObject([
      { parked: 'unmatched-report' },
    ]);
  });
});
