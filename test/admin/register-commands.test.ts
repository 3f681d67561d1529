import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisterView } from '../../src/admin/views/register-view.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket } from './records.js';

let house: TestHouse;
let signed: Ticket;
let hostile: Ticket;

beforeAll(async () => {
  house = await openTestHouse();
  signed = await openTicket(house, { number: 1 });
  await house.run(
    'ticket',
    'register',
    signed.reference,
    '--substance',
    'Theft of a bag, at night.',
    '--by',
    'si-roy',
  );
  await house.run('ticket', 'sign', signed.reference, '--how', 'at-station', '--by', 'si-roy');
  await house.run('ticket', 'record', signed.reference, '--fir', '412/26');
  hostile = await openTicket(house, {
    number: 1,
    station: 'laketown',
    resident: { address: 'x@evil.example', name: '=HYPERLINK("http://evil.example")', verdict: 'failed' },
  });
  house.advance(24 * 3_600_000);
  const entered = await house.run('ticket', 'register', hostile.reference, '--substance', '@@SUM(A1:A9)');
  expect(entered).toMatchObject({ code: 0, err: '' });
});
afterAll(() => house.close());

async function list(...argv: string[]): Promise<RegisterView[]> {
  const { code, json } = await house.run('register', 'list', '--json', ...argv);
  expect(code).toBe(0);
  return json();
}

describe('register list', () => {
  it('gives the entries with what became of them', async () => {
    const entries = await list();
    expect(entries.map(({ reference }) => reference)).toEqual([signed.reference, hostile.reference]);
    expect(entries[0]).toEqual({
      reference: signed.reference,
      station: 'behala',
      year: 2026,
      serial: 1,
      receivedAt: '2026-11-24T09:05:00.000Z',
      registeredAt: '2026-11-24T09:35:00.000Z',
      registeredBy: 'si-roy',
      substance: 'Theft of a bag, at night.',
      signedAt: '2026-11-24T09:35:00.000Z',
      signedHow: 'at-station',
      signedBefore: 'si-roy',
      decision: null,
      decisionText: null,
      decidedAt: null,
      decidedBy: null,
      informant: 'Rita Basu <rita@resident.example>',
      firNumber: '412/26',
      gdNumber: null,
    });
  });

  it.each([
    [['--station', 'Laketown'], () => [hostile]],
    [['--from', '2026-11-25'], () => [hostile]],
    [['--before', '2026-11-25'], () => [signed]],
    [['--from', '2026-11-26'], () => []],
  ])('%j narrows it', async (argv, expected) => {
    expect((await list(...argv)).map(({ reference }) => reference)).toEqual(
      expected().map(({ reference }) => reference),
    );
  });

  it('is a table for people', async () => {
    const { out } = await house.run('register', 'list');
    expect(out).toMatch(
      /^STATION +NUMBER +REFERENCE +RECEIVED +SIGNED +DECISION +FIR +INFORMANT +SUBSTANCE\n/,
    );
    expect(out).toMatch(/behala +1\/2026 +\S+ +24 Nov 14:35 +24 Nov 15:05 +- +412\/26 +Rita Basu/);
  });

  it('ends with 3 for an unknown station and 2 for no date', async () => {
    expect((await house.run('register', 'list', '--station', 'nowhere')).code).toBe(3);
    expect((await house.run('register', 'list', '--from', 'yesterday')).code).toBe(2);
  });
});

describe('register export', () => {
  it('is CSV in local time that a spreadsheet takes for text', async () => {
    const { code, out } = await house.run('register', 'export');
    expect(code).toBe(0);
    expect(out).toBe(
      [
        '\ufeffserial,year,station,reference,received_at,informant,substance,registered_by,signed,signed_at,signed_how,decision,fir_number,gd_number',
        `1,2026,behala,${signed.reference},2026-11-24 14:35,Rita Basu <rita@resident.example>,"Theft of a bag, at night.",si-roy,Y,2026-11-24 15:05,at-station,,412/26,`,
        `1,2026,laketown,${hostile.reference},2026-11-24 14:35,"'=HYPERLINK(""http://evil.example"") <x@evil.example>",'@SUM(A1:A9),operator,N,,,,,`,
        '',
      ].join('\r\n'),
    );
  });

  it('has its heads even when empty, and is JSON when that is asked for', async () => {
    const { out } = await house.run('register', 'export', '--from', '2027-01-01');
    expect(out).toMatch(/^\ufeffserial,[a-z_,]+\r\n$/);
    expect((await house.run('register', 'export', '--json')).json()).toHaveLength(2);
  });
});
