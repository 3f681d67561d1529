// Junk and viruses on the command line.
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.js';
import { ids, openTestHouse, type TestHouse } from './house.js';
import { envelopeFrom, openTicket, spoolLetter, startDeskClocks } from './records.js';

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse();
});
afterEach(() => house.close());

const listed = async (...argv: string[]) =>
  ((await house.run('ticket', 'list', '--json', ...argv)).json() as { reference: string }[]).map(
    ({ reference }) => reference,
  );

describe('ticket junk and not-junk', () => {
  it('hide a ticket and show it again', async () => {
    const one = await openTicket(house, { number: 1 });
    await startDeskClocks(house, one);
    const away = await house.run('ticket', 'junk', one.reference, '--by', 'si-roy');
    expect(away).toMatchObject({ code: 0 });
    expect(away.out).toContain('put away as junk');
    expect(await listed()).toEqual([]);
    expect(await listed('--junk')).toEqual([one.reference]);
    expect((await house.run('status', '--json')).json()).toMatchObject({ tickets: { open: 0 } });
    const page = await house.run('ticket', 'show', one.reference);
    expect(page.out).toMatch(/Junk +put away/);
    house.advance(60_000);
    const back = await house.run('ticket', 'not-junk', one.reference, '--by', 'si-roy', '--json');
    expect(back.json()).toMatchObject({ junk: 'cleared' });
    expect(await listed()).toEqual([one.reference]);
    expect(await house.store.labels.listJunk(10)).toMatchObject([
      { actor: 'si-roy', isJunk: true },
      { actor: 'si-roy', isJunk: false },
    ]);
  });

  it('refuse what makes no sense with 5', async () => {
    const one = await openTicket(house, { number: 1 });
    expect((await house.run('ticket', 'not-junk', one.reference)).code).toBe(5);
    const two = await openTicket(house, { number: 2, junk: 'junk' });
    expect((await house.run('ticket', 'reply', two.reference, '--text', 'x')).code).toBe(5);
    expect((await house.run('ticket', 'reply', two.reference, '--text', 'x', '--dry-run')).code).toBe(5);
  });

  it('ticket show tells who says so and why', async () => {
    const opinion = { from: 'rspamd', isJunk: true, score: 16.5, threshold: 15, words: ['GTUBE'] } as const;
    const one = await openTicket(house, {
      number: 1,
      junk: 'suspected',
      junkOpinion: { ...opinion, words: ['GTUBE'] },
    });
    const { out } = await house.run('ticket', 'show', one.reference);
    expect(out).toMatch(/called junk, and kept in sight \(says the rspamd, score 16.5: GTUBE\)/);
    expect((await house.run('ticket', 'show', one.reference, '--json')).json()).toMatchObject({
      junkOpinion: opinion,
    });
  });
});

const RAW = [
  'From: rita@resident.example',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'See below.',
  '--b',
  'Content-Type: application/octet-stream',
  'Content-Disposition: attachment; filename="good.bin"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from([0, 1, 2, 255]).toString('base64'),
  '--b',
  'Content-Type: application/octet-stream',
  'Content-Disposition: attachment; filename="bad.exe"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('EVIL').toString('base64'),
  '--b--',
  '',
].join('\r\n');

describe('what is infected', () => {
  let letterId: string;
  let ticket: Ticket;
  beforeEach(async () => {
    const letter = await house.spool.keep({
      id: ids.next(),
      envelope: envelopeFrom('rita@resident.example'),
      body: Readable.from([Buffer.from(RAW)]),
      maxBytes: 1_000_000,
    });
    letterId = letter.id;
    const file = { type: 'application/octet-stream', size: 4, sha256: 'ab'.repeat(32) };
    ticket = await openTicket(house, {
      number: 1,
      letter,
      restriction: 'named',
      message: {
        infected: 'Test.Virus',
        attachments: [
          { ...file, name: 'good.bin', part: '2' },
          { ...file, name: 'bad.exe', part: '3', infected: 'Test.Virus' },
        ],
      },
    });
  });

  const handedOut = async () =>
    (await house.store.journal.ofTicket(ticket.id))
      .filter(({ event }) => event === 'infected-handed-out')
      .map(({ actor, detail }) => [actor, detail.attachment, detail.virus]);

  it('a clean attachment beside it is handed out byte for byte', async () => {
    const { code, raw } = await house.run('letter', 'attachment', letterId, '1');
    expect([code, [...raw]]).toEqual([0, [0, 1, 2, 255]]);
    expect(await handedOut()).toEqual([]);
  });

  it.each([
    ['attachment', '2'],
    ['show', '--raw'],
  ])('letter %s %s refuses with 4 and the name of the virus', async (verb, more) => {
    const { code, raw, err } = await house.run('letter', verb, letterId, more);
    expect([code, raw.length]).toEqual([4, 0]);
    expect(err).toContain('Test.Virus');
    expect(err).toContain('--infected-too');
    expect(await handedOut()).toEqual([]);
  });

  it('is handed out to those who insist, and the journal says to whom', async () => {
    const one = await house.run('letter', 'attachment', letterId, '2', '--infected-too', '--by', 'oc-behala');
    expect([one.code, one.raw.toString()]).toEqual([0, 'EVIL']);
    const all = await house.run('letter', 'show', letterId, '--raw', '--infected-too');
    expect([all.code, all.raw.toString()]).toEqual([0, RAW]);
    expect(await handedOut()).toEqual([
      ['oc-behala', 'bad.exe', 'Test.Virus'],
      ['operator', undefined, 'Test.Virus'],
    ]);
  });

  it('nothing is handed out to an officer who may not see the ticket', async () => {
    const { code, raw } = await house.run('letter', 'attachment', letterId, '1', '--by', 'si-roy');
    expect([code, raw.length]).toEqual([4, 0]);
  });

  it('is marked where the ticket is shown', async () => {
    const { out } = await house.run('ticket', 'show', ticket.reference);
    expect(out).toContain('Attachment 2: bad.exe (application/octet-stream, 4 bytes, INFECTED: Test.Virus)');
    expect((await house.run('ticket', 'show', ticket.reference, '--json')).json()).toMatchObject({
      messages: [{ infected: 'Test.Virus', attachments: [{ name: 'good.bin' }, { infected: 'Test.Virus' }] }],
    });
  });

  it('an attachment that is not there is not found', async () => {
    expect((await house.run('letter', 'attachment', letterId, '3')).code).toBe(3);
    expect((await house.run('letter', 'attachment', letterId, '0')).code).toBe(2);
    const spooled = await spoolLetter(house);
    expect((await house.run('letter', 'attachment', spooled.id, '1')).code).toBe(3);
  });
});
