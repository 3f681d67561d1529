import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportView } from '../../src/admin/views/report-view.js';
import { createCounting } from '../../src/reports/counting.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket } from './records.js';

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const NOW = '2026-11-24T09:35:00.000Z';
const count = () =>
  createCounting({
    store: house.store,
    rules: () => house.office.rules,
    clock: { now: () => NOW },
    isBusy: () => false,
  }).pass();

async function report(...argv: string[]): Promise<ReportView> {
  const { code, json } = await house.run('report', ...argv, '--json');
  expect(code).toBe(0);
  return json();
}

describe('report', () => {
  it('says when nothing was counted yet', async () => {
    const { code, err } = await house.run('report', 'station');
    expect(code).toBe(0);
    expect(err).toContain('Nothing was counted yet');
  });

  it('tells each station, and the same as the lists that it names', async () => {
    const first = await openTicket(house, { number: 1 });
    await openTicket(house, {
      number: 2,
      receivedAt: '2026-11-02T09:05:00.000Z',
      clockDueAt: '2026-11-02T10:05:00.000Z',
    });
    await openTicket(house, { number: 3, reopened: 1 });
    await house.store.transact((unit) =>
      unit.clocks.meet(first.id, 'acknowledgement', '2026-11-24T09:06:00.000Z'),
    );
    await count();
    const { from, to, countedAt, countedFrom, places, total } = await report('station');
    expect({ from, to, countedAt, countedFrom }).toEqual({
      from: '2026-10-26',
      to: '2026-11-24',
      countedAt: NOW,
      countedFrom: null,
    });
    expect(places.map(({ place, received }) => [place, received])).toEqual([
      ['behala', 3],
      ['laketown', 0],
    ]);
    expect(total).toMatchObject({ received: 3, overdue: 1, reopened: 1, unclosed: 3 });
    expect(total.acknowledged).toEqual({ inTime: 1, late: 0, open: 2 });
    for (const [flags, figure] of [
      [['--overdue'], 1],
      [['--reopened'], 1],
      [['--acknowledged', 'in-time'], 1],
      [['--acknowledged', 'open'], 2],
      [['--unclosed', '--received-from', '2026-11-24'], 2],
    ] as const) {
      expect((await house.run('ticket', 'list', '--json', ...flags)).json()).toHaveLength(figure);
    }
  });

  it('counts by the day of receipt in local time', async () => {
    const november2 = ['--from', '2026-11-02', '--to', '2026-11-02'];
    expect((await report('station', 'behala', ...november2)).total.received).toBe(1);
    expect((await report('station', 'LAKETOWN', ...november2)).places).toHaveLength(1);
    expect((await report('station', '--from', '2026-11-03', '--to', '2026-11-23')).total.received).toBe(0);
  });

  it('puts the stations of a division together', async () => {
    const { places } = await report('division');
    expect(places).toEqual([expect.objectContaining({ place: 'kp/sw', received: 3, overdue: 1 })]);
    expect((await report('division', 'KP/SW')).places).toHaveLength(1);
  });

  it('writes CSV that a spreadsheet takes for text and numbers', async () => {
    const { out, code } = await house.run('report', 'division', '--csv');
    expect(code).toBe(0);
    expect(out).toMatch(/^\ufeffplace,name,received,acknowledged_in_time,/);
    expect(out).toContain('kp/sw,kp/sw,3,1,0,2,0,0,0,0,1,3,0,1,100,,2026-11-02 14:35\r\n');
  });

  it('is a table for people', async () => {
    const { out, err } = await house.run('report', 'station');
    expect(out).toContain('Received 2026-10-26 to 2026-11-24');
    expect(out).toMatch(/behala +3 +100% of 1 +- +0 +1 +3 +0 +1 +2 Nov 14:35/);
    expect(err).toContain('Counted 24 Nov 15:05.');
  });

  it.each([
    [['station', 'nowhere'], 'no station "nowhere"'],
    [['division', 'kp/moon'], 'no division "kp/moon"'],
    [['station', '--from', '2026-02-30'], 'no day 2026-02-30'],
    [['station', '--from', '2026-11-03', '--to', '2026-11-02'], 'after the last one'],
    [['station', '--from', '1999-11-03'], 'At most ten years'],
  ])('refuses %s', async (argv, sentence) => {
    const { code, err } = await house.run('report', ...argv);
    expect(code).not.toBe(0);
    expect(err).toContain(sentence);
  });
});
