// Which ticket a letter goes on with, on the running house: every way in which a letter can name one.
import { describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

/** A relay on this machine tells what it found out about senders. */
const RELAY = `
smtp:
  listen: [{ host: 127.0.0.1, port: 0 }]
  disk_floor_bytes: 0
  trusted_relays: [127.0.0.1]
sender_auth: { mode: relay, relay_authserv_ids: [mx.city.example] }
`;
const ALIGNED = [
  'Authentication-Results: mx.city.example; dmarc=pass header.from=home.example',
  'Received: from mail.home.example by mx.city.example; Tue, 24 Nov 2026 09:30:01 +0530',
].join('\r\n');

/** As the relay hands it over: its lines stand on top. */
const proven = (raw: string) => `${ALIGNED}\r\n${raw}`;

async function answered(house: TestHouse) {
  await house.send({ raw: proven(aLetter()) });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  if (!ticket) throw new Error('no ticket was opened');
  const [sent] = await house.sent();
  return { ticket, sent: sent?.text ?? '' };
}

async function ticketsAfter(house: TestHouse, letter: Parameters<TestHouse['send']>[0]) {
  await house.send(letter);
  await house.daemon.idle();
  return house.daemon.store.tickets.list({ limit: 10 });
}

const journalOf = async (house: TestHouse, reference: string) => {
  const ticket = await house.daemon.store.tickets.find(reference);
  return house.daemon.store.journal.ofTicket(ticket?.id ?? '');
};

describe('the resident', () => {
  it('joins by the line that their program quotes, whatever it does to the head', async () => {
    await using house = await openHouse();
    const { ticket, sent } = await answered(house);
    const quoted = sent.split('\n').map((line) => `> ${line}`);
    expect(sent.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^\\[${ticket.reference}/[a-z2-7]{26}\\]$`));
    const raw = aLetter({ subject: 'Thank you', text: ['It is loud again.', '', ...quoted].join('\r\n') });
    expect(await ticketsAfter(house, { raw })).toHaveLength(1);
    expect(await house.messages(ticket.reference)).toHaveLength(2);
  });

  it('joins by a reference in the subject or an earlier letter of theirs when proven to be who they are', async () => {
    await using house = await openHouse(RELAY);
    const { ticket } = await answered(house);
    const [first] = await house.messages(ticket.reference);
    expect(first?.verdict).toBe('aligned');
    await ticketsAfter(house, {
      raw: proven(aLetter({ subject: `More about ${ticket.reference}`, text: 'One.' })),
    });
    const headers = `References: ${first?.messageId}`;
    expect(await ticketsAfter(house, { raw: proven(aLetter({ headers, text: 'Two.' })) })).toHaveLength(1);
    expect(await house.messages(ticket.reference)).toHaveLength(3);
  });

  it('who is not proven opens a ticket of their own by these, tied to the other, under a clean subject', async () => {
    await using house = await openHouse();
    const { ticket } = await answered(house);
    const raw = aLetter({ subject: `Re: noise [${ticket.reference}]`, text: 'It is me again.' });
    const [fresh, ...others] = await ticketsAfter(house, { raw });
    expect(others).toHaveLength(1);
    expect(fresh?.subject).toBe('Re: noise');
    const says = (await journalOf(house, fresh?.reference ?? '')).find(
      (e) => e.event === 'says-it-continues',
    );
    expect(says?.detail).toEqual({ of: ticket.reference, proof: 'subject', doubt: 'unproven-sender' });
    expect((await journalOf(house, ticket.reference)).map(({ event }) => event)).toContain('claimed-by');
  });

  it('is followed to the ticket into which theirs was merged', async () => {
    await using house = await openHouse();
    const { ticket, sent } = await answered(house);
    await house.send({ raw: aLetter({ subject: 'Another', text: 'A drain is broken in our lane.' }) });
    await house.daemon.idle();
    const [kept] = await house.daemon.store.tickets.list({ limit: 1 });
    const into = kept?.reference ?? '';
    await house.daemon.desk.merge({ actor: OPERATOR, reference: ticket.reference, into });
    const raw = aLetter({ subject: 'Still', text: `Loud.\r\n\r\n> ${sent.trimEnd().split('\n').at(-1)}` });
    expect(await ticketsAfter(house, { raw })).toHaveLength(2);
    expect((await house.messages(into)).map(({ subject }) => subject)).toContain('Still');
  });

  it('who writes to the return path of a letter of ours joins; a stranger opens a ticket at that station', async () => {
    await using house = await openHouse();
    const { ticket } = await answered(house);
    await house.daemon.desk.reply({
      actor: OPERATOR,
      reference: ticket.reference,
      text: 'We come at eight.',
    });
    await house.daemon.idle();
    const [record] = await house.daemon.store.outbox.list({ limit: 1 });
    const to = record?.letter.envelopeFrom ?? '';
    expect(to).toMatch(/^bounce\+/);
    expect(
      await ticketsAfter(house, { raw: aLetter({ text: 'Thank you, eight is good.' }), to }),
    ).toHaveLength(1);
    expect(await house.messages(ticket.reference)).toHaveLength(3);
    const raw = aLetter({ text: 'Who are you?' }).replaceAll(
      'rita@home.example',
      'mallory@elsewhere.example',
    );
    const [fresh, ...others] = await ticketsAfter(house, { raw, from: 'mallory@elsewhere.example', to });
    expect(others).toHaveLength(1);
    expect(fresh).toMatchObject({ station: 'behala' });
  });
});

describe('a robot', () => {
  const absence = (headers: string) =>
    aLetter({ subject: 'Out of office', text: 'I am away until Monday.', headers });

  it('that says somebody is away is written on the ticket it names, and changes nothing there', async () => {
    await using house = await openHouse();
    const { ticket } = await answered(house);
    const id = (await house.sent())[0]?.messageId ?? '';
    const raw = absence(`Auto-Submitted: auto-replied\r\nIn-Reply-To: ${id}`);
    expect(await ticketsAfter(house, { raw, from: '' })).toEqual([ticket]);
    expect(await house.messages(ticket.reference)).toHaveLength(2);
  });

  it('that names no ticket opens none: its letter is set aside and says why', async () => {
    await using house = await openHouse();
    const raw = absence('Auto-Submitted: auto-replied');
    expect(await ticketsAfter(house, { raw, from: '' })).toEqual([]);
    const [letter] = await house.daemon.store.letters.list(10, { parked: true });
    expect(letter).toMatchObject({ parked: 'absence', duplicateOf: null });
    expect(await house.sent()).toEqual([]);
  });

  it('that brings a letter of ours back opens nothing', async () => {
    await using house = await openHouse();
    const { ticket } = await answered(house);
    const mark = (await house.sent())[0]?.headers.get('x-thanadak-loop');
    expect(mark).toMatch(/^mail\.kolkatapolice\.example [0-9a-z]{26}\.[a-z2-7]{26}$/);
    const raw = aLetter({ text: 'Come back.', headers: `X-Thanadak-Loop: ${mark}` });
    expect(await ticketsAfter(house, { raw })).toHaveLength(1);
    expect(await house.messages(ticket.reference)).toHaveLength(1);
    expect(await house.daemon.store.letters.list(10, { parked: true })).toMatchObject([
      { parked: 'own-letter' },
    ]);
  });
});

describe('a name that pretends to be somebody else', () => {
  it('is flagged on the ticket, and the letter is filed all the same', async () => {
    await using house = await openHouse();
    const raw = aLetter().replace('From: Rita Basu <', 'From: "commissioner@kolkatapolice.example" <');
    const [ticket] = await ticketsAfter(house, { raw });
    const [message] = await house.messages(ticket?.reference ?? '');
    expect(message?.senderFlags).toEqual(['other-address']);
  });
});

describe('a code that a service sends to a signed address of ours', () => {
  it('opens a ticket for officers only: no receipt, no place on the ticket, nothing enclosed when passed on', async () => {
    await using house = await openHouse();
    const { ticket } = await answered(house);
    const to = (await house.sent())[0]?.replyTo?.value[0]?.address ?? '';
    const text = 'Your verification code is 482913.';
    const raw = aLetter({ subject: 'Your verification code', text }).replaceAll(
      'rita@home.example',
      'no-reply@chat.example',
    );
    const [fresh] = await ticketsAfter(house, { raw, from: 'no-reply@chat.example', to });
    expect(await house.messages(ticket.reference)).toHaveLength(1);
    expect((await house.messages(fresh?.reference ?? ''))[0]).toMatchObject({ kind: 'sign-up' });
    const order = { actor: OPERATOR, reference: fresh?.reference ?? '' };
    await house.daemon.desk.transfer({ ...order, to: 'desk@force.example', reason: 'Yours.' });
    await house.daemon.idle();
    const sent = await house.sent();
    expect(sent.map(({ to: receiver }) => JSON.stringify(receiver))).toEqual([
      expect.stringContaining('rita@home.example'),
      expect.stringContaining('desk@force.example'),
    ]);
    expect(sent.map((letter) => letter.text).join()).not.toContain('482913');
  });
});
