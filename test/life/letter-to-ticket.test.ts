// The whole way: a letter over SMTP, a ticket, an acknowledgement.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../../src/domain/reference.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

const BEHALA = 'behala.ps@kolkatapolice.example';
const LAKE = 'lake.ps@kolkatapolice.example';

async function tickets(house: TestHouse) {
  await house.daemon.idle();
  return house.daemon.store.tickets.list({ limit: 100 });
}

async function onlyTicket(house: TestHouse) {
  const all = await tickets(house);
  expect(all).toHaveLength(1);
  const [ticket] = all;
  if (!ticket) throw new Error('no ticket');
  return ticket;
}

const events = async (house: TestHouse, ticketId: string) =>
  (await house.daemon.store.journal.ofTicket(ticketId)).map((entry) => entry.event);

describe('a letter', () => {
  it('becomes a ticket and is acknowledged', async () => {
    await using house = await openHouse();
    const raw = aLetter();
    const reply = await house.send({ raw });
    expect(reply).toMatch(/^250 2\.0\.0 Kept as [0-9A-Z]{26}$/);
    const ticket = await onlyTicket(house);
    expect(parseReference(ticket.reference)).toMatchObject({ station: 'behala', number: 1 });
    expect(ticket).toMatchObject({
      state: 'new',
      subject: 'Noise at night',
      language: 'en',
      resident: { address: 'rita@home.example', name: 'Rita Basu', verdict: 'unknown' },
    });
    expect(ticket.acknowledgedAt).not.toBeNull();
    const [message] = await house.messages(ticket.reference);
    expect(message).toMatchObject({
      letterId: reply.split(' ').at(-1),
      sha256: createHash('sha256').update(raw).digest('hex'),
      parsed: true,
    });
    const letter = await house.daemon.store.letters.find(message?.letterId ?? '');
    expect(readFileSync(join(house.folder, 'var', letter?.archivePath ?? ''), 'utf8')).toBe(raw);
    expect(await house.daemon.spool.list()).toEqual([]);
    expect(await events(house, ticket.id)).toEqual(['opened', 'acknowledgement-sent']);
    expect(await house.daemon.store.clocks.ofTicket(ticket.id)).toMatchObject([
      { name: 'acknowledgement', state: 'met', breachedAt: null },
      { name: 'first-action', state: 'running', metAt: null },
      { name: 'resolution', state: 'running', metAt: null },
    ]);
    const [sent, ...more] = await house.sent();
    expect(more).toEqual([]);
    expect(sent?.subject).toContain(ticket.reference);
    expect(sent?.text).toContain('100');
    expect(sent?.text).not.toContain('Noise');
    expect(sent?.inReplyTo).toBe(message?.messageId);
    expect(sent?.headers.get('auto-submitted')).toBe('auto-replied');
    expect(sent?.headers.get('return-path')).toMatchObject({ value: [{ address: '' }] });
  });

  it.each([
    ['bn', 'আমাদের পাড়ায় রোজ রাতে খুব জোরে গান বাজে। দয়া করে ব্যবস্থা নিন।', ['আপনার ই-মেল']],
    ['hi', 'हमारी गली में रोज़ रात को बहुत शोर होता है। कृपया मदद करें।', ['आपका ई-मेल']],
    ['en', 'There is loud music in our street every night.', ['your e-mail']],
    [
      'bn',
      'আমাদের পাড়ায় রোজ রাতে গান বাজে।\r\nThere is loud music every night here.',
      ['আপনার ই-মেল', 'your e-mail'],
    ],
  ])('in %s is acknowledged in its language', async (language, text, expected) => {
    await using house = await openHouse();
    await house.send({ raw: aLetter({ text, subject: 'x' }) });
    expect((await onlyTicket(house)).language).toBe(language);
    const text2 = (await house.sent())[0]?.text ?? '';
    for (const words of expected) expect(text2.toLowerCase()).toContain(words);
    const others = ['আপনার ই-মেল', 'आपका ई-मेल', 'your e-mail'].filter((words) => !expected.includes(words));
    for (const words of others) expect(text2.toLowerCase()).not.toContain(words);
  });

  it('to three stations opens linked tickets and is acknowledged once, naming all', async () => {
    await using house = await openHouse();
    await house.send({ raw: aLetter(), to: [BEHALA, LAKE, 'BEHALA.ps+x@kolkatapolice.example'] });
    const all = await tickets(house);
    expect(all.map((ticket) => ticket.station).sort()).toEqual(['behala', 'lake']);
    const [a, b] = all;
    expect(await house.daemon.store.tickets.linkedTo(a?.id ?? '')).toEqual([b?.reference]);
    const sent = await house.sent();
    expect(sent).toHaveLength(1);
    for (const ticket of all) {
      expect(sent[0]?.text).toContain(ticket.reference);
      expect(ticket.acknowledgedAt).not.toBeNull();
    }
  });

  it('coming twice is recorded once and acknowledged once', async () => {
    await using house = await openHouse();
    const raw = aLetter();
    await house.send({ raw });
    await tickets(house);
    await house.send({ raw });
    const ticket = await onlyTicket(house);
    expect(await house.messages(ticket.reference)).toHaveLength(1);
    expect(await house.sent()).toHaveLength(1);
    expect(await events(house, ticket.id)).toContain('second-copy-received');
    const letters = await house.daemon.store.letters.list(10);
    expect(letters).toHaveLength(2);
    expect(letters[0]?.duplicateOf).toBe(letters[1]?.id);
  });

  it('with the same bytes to another station, or from another sender, is no copy', async () => {
    await using house = await openHouse();
    const raw = aLetter();
    await house.send({ raw });
    await house.send({ raw, to: LAKE });
    await house.send({ raw, from: 'amit@home.example' });
    expect(await tickets(house)).toHaveLength(3);
  });

  it('to postmaster is filed for the IT cell and not acknowledged', async () => {
    await using house = await openHouse();
    await house.send({ raw: aLetter(), to: 'Postmaster@kolkatapolice.example' });
    const ticket = await onlyTicket(house);
    expect(ticket).toMatchObject({ station: 'postmaster', reference: expect.stringMatching(/^POSTMASTER-/) });
    expect(await house.sent()).toEqual([]);
    expect(await house.daemon.store.outbox.list({ limit: 9 })).toMatchObject([
      { state: 'suppressed', reason: 'postmaster' },
    ]);
  });

  it.each([
    ['a null sender', '', '', 'null-sender'],
    ['a robot', 'rita@home.example', 'Auto-Submitted: auto-generated', 'auto-submitted'],
    ['a list', 'rita@home.example', 'List-Id: <x.example>', 'mailing-list'],
    ['bulk mail', 'rita@home.example', 'Precedence: bulk', 'mailing-list'],
    ['one of our own addresses', LAKE, '', 'own-address'],
    [
      'a letter with too many hops',
      'rita@home.example',
      Array(51).fill('Received: from a by b').join('\r\n'),
      'loop',
    ],
  ])('from %s is filed and not acknowledged, with the reason', async (_name, from, headers, reason) => {
    await using house = await openHouse();
    await house.send({ raw: aLetter(headers ? { headers } : {}), from });
    const ticket = await onlyTicket(house);
    expect(await house.sent()).toEqual([]);
    expect(await house.daemon.store.outbox.list({ limit: 9 })).toMatchObject([
      { state: 'suppressed', reason },
    ]);
    const journal = await house.daemon.store.journal.ofTicket(ticket.id);
    expect(journal.at(-1)).toMatchObject({ event: 'acknowledgement-suppressed', detail: { reason } });
  });

  it('that cannot be read still opens a ticket, marked unparsed', async () => {
    await using house = await openHouse();
    const parts = Array.from(
      { length: 1_100 },
      (_, n) => `--b\r\nContent-Type: text/plain\r\n\r\n${n}\r\n`,
    ).join('');
    const headers = 'Content-Type: multipart/mixed; boundary=b';
    const raw = `From: Rita <rita@home.example>\r\nSubject: Many\r\n${headers}\r\n\r\n${parts}--b--\r\n`;
    await house.send({ raw });
    const ticket = await onlyTicket(house);
    expect(ticket).toMatchObject({ subject: 'Many', resident: { address: 'rita@home.example' } });
    expect(await house.messages(ticket.reference)).toMatchObject([{ parsed: false }]);
    expect(await house.sent()).toHaveLength(1);
  });
});

describe('a reply', () => {
  async function acknowledged(house: TestHouse) {
    await house.send({ raw: aLetter() });
    const ticket = await onlyTicket(house);
    const [acknowledgement] = await house.sent();
    const replyTo = acknowledgement?.replyTo?.value[0]?.address ?? '';
    return { ticket, replyTo, messageId: acknowledgement?.messageId ?? '' };
  }

  it('to the reply address joins its ticket, and no machine answers', async () => {
    await using house = await openHouse();
    const { ticket, replyTo } = await acknowledged(house);
    expect(replyTo).toMatch(/^behala\+26-1-[a-z2-7]{26}@mail\.kolkatapolice\.example$/);
    await house.send({ raw: aLetter({ subject: 'Re: received' }), to: replyTo.toUpperCase() });
    await onlyTicket(house);
    expect(await house.messages(ticket.reference)).toHaveLength(2);
    expect(await house.sent()).toHaveLength(1);
    expect(await events(house, ticket.id)).toContain('message-joined');
  });

  it.each(['In-Reply-To', 'References'])('with our Message-ID in %s joins its ticket', async (header) => {
    await using house = await openHouse();
    const { ticket, messageId } = await acknowledged(house);
    await house.send({ raw: aLetter({ headers: `${header}: <other@x.example> ${messageId}` }) });
    await onlyTicket(house);
    expect(await house.messages(ticket.reference)).toHaveLength(2);
  });

  it('of a stranger who has the reply address opens a ticket of its own', async () => {
    await using house = await openHouse();
    const { ticket, replyTo } = await acknowledged(house);
    const raw = aLetter().replace('rita@home.example', 'mallory@elsewhere.example');
    await house.send({ raw, from: 'mallory@elsewhere.example', to: replyTo });
    expect(await tickets(house)).toHaveLength(2);
    expect(await house.messages(ticket.reference)).toHaveLength(1);
  });

  it('that only knows the reference opens a ticket of its own', async () => {
    await using house = await openHouse();
    const { ticket, replyTo } = await acknowledged(house);
    await house.send({ raw: aLetter({ subject: `Re: [${ticket.reference}]` }) });
    await house.send({ raw: aLetter(), to: replyTo.replace(/-[a-z2-7]{26}@/, `-${'a'.repeat(26)}@`) });
    expect(await tickets(house)).toHaveLength(3);
  });
});

describe('the house', () => {
  it('takes up what an earlier process left in the spool', async () => {
    await using first = await openHouse();
    await first.send({ raw: aLetter() });
    await tickets(first);
    const kept = await first.daemon.spool.keep({
      id: '01LEFT',
      envelope: {
        from: 'rita@home.example',
        to: [BEHALA],
        client: { address: '192.0.2.1', name: 'x', relay: null },
        protocol: 'ESMTP',
        tls: null,
      },
      body: (await import('node:stream')).Readable.from([Buffer.from(aLetter({ subject: 'left' }))]),
      maxBytes: 100_000,
    });
    await expect
      .poll(async () => (await tickets(first)).map((t) => t.subject), { timeout: 5_000 })
      .toContain('left');
    await expect.poll(() => first.daemon.spool.find(kept.id)).toBeUndefined();
  });

  it('answers for its health and shows its metrics', async () => {
    await using house = await openHouse();
    await house.send({ raw: aLetter() });
    await tickets(house);
    const get = (path: string) => fetch(`http://127.0.0.1:${house.daemon.webPort}${path}`);
    expect((await get('/livez')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/thanadak_letters_filed_total\{outcome="opened"\} 1/);
    expect(metrics).toMatch(/thanadak_database_synchronous_level 2/);
  });

  it('writes no resident into its log', async () => {
    await using house = await openHouse();
    await house.send({ raw: aLetter() });
    await tickets(house);
    const log = JSON.stringify(house.log.lines);
    expect(log).not.toContain('rita@home.example');
    expect(log).not.toContain('Noise');
    expect(log).toContain('letter filed');
  });

  it('takes on a changed configuration, and keeps the old one when the new one is bad', async () => {
    await using house = await openHouse();
    const bad = house.loadAgain('acknowledgement: { mode: sometimes }');
    expect(bad.ok).toBe(false);
    const good = house.loadAgain(
      'acknowledgement: { mode: officer-first, target: 60m, officer_window: 45m }',
    );
    if (!good.ok) throw new Error('not loaded');
    expect(await house.daemon.reload(good.config)).toEqual([]);
    await house.send({ raw: aLetter() });
    await house.daemon.idle();
    expect(await house.sent()).toEqual([]);
    const [owed] = await house.daemon.store.outbox.list({ limit: 1 });
    const ticket = await onlyTicket(house);
    expect(Date.parse(owed?.dueAt ?? '') - Date.parse(ticket.receivedAt)).toBe(45 * 60_000);
  });
});

describe('the switch that stops automatic receipts', () => {
  it('opens tickets and withholds receipts until it is off again', async () => {
    await using house = await openHouse();
    const { store } = house.daemon;
    await store.transact((unit) =>
      unit.switches.set('acknowledgement', { actor: 'operator', reason: 'A bomb.' }),
    );
    await house.send({ raw: aLetter() });
    const ticket = await onlyTicket(house);
    expect(await house.sent()).toEqual([]);
    expect(await store.outbox.list({ ticketId: ticket.id, limit: 5 })).toMatchObject([
      { state: 'suppressed', reason: 'paused' },
    ]);
    await store.transact((unit) => unit.switches.clear('acknowledgement'));
    await house.send({ raw: aLetter() });
    await house.daemon.idle();
    expect(await house.sent()).toHaveLength(1);
  });
});
