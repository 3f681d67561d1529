import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficerView } from '../../src/admin/views/officer-view.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket } from './records.js';

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse();
});
afterEach(() => house.close());

async function list(...argv: string[]): Promise<OfficerView[]> {
  const { code, json } = await house.run('officer', 'list', '--json', ...argv);
  expect(code).toBe(0);
  return json();
}

const idsOf = (officers: readonly OfficerView[]) => officers.map(({ id }) => id);

describe('officer list', () => {
  it('gives everybody by id, posts too', async () => {
    const found = await list();
    expect(idsOf(found)).toEqual([
      'ac-sw',
      'aud',
      'dc.sw@kolkatapolice.example',
      'it',
      'oc-behala',
      'si-lake',
      'si-roy',
      'si-sen',
    ]);
    expect(found.at(-2)).toEqual({
      id: 'si-roy',
      name: 'Mita Roy',
      title: 'SI',
      rank: 'officer',
      address: 'si-roy@kolkatapolice.example',
      stations: ['behala'],
      divisions: [],
      readsRestricted: false,
      disabled: false,
      away: null,
      source: 'configuration',
    });
  });

  it('is narrowed by rank and station', async () => {
    expect(idsOf(await list('--rank', 'officer', '--station', 'Behala'))).toEqual(['si-roy', 'si-sen']);
    expect(idsOf(await list('--station', 'laketown', '--rank', 'ac'))).toEqual(['ac-sw']);
    expect((await house.run('officer', 'list', '--station', 'nowhere')).code).toBe(3);
  });

  it('is a table for people', async () => {
    await house.run('officer', 'away', 'si-roy', '--until', '7d', '--deputy', 'si-sen');
    const { out } = await house.run('officer', 'list');
    expect(out).toMatch(/^ID +NAME +RANK +SERVES +ADDRESS +FROM +NOW\n/);
    expect(out).toMatch(
      /si-roy +SI Mita Roy +officer +behala +\S+ +configuration +away until 1 Dec 15:05, si-sen stands in\n/,
    );
    expect(out).toMatch(/it +IT cell it +admin +everywhere/);
  });
});

describe('officer add', () => {
  it('adds one who can then act', async () => {
    const argv = ['si-new', '--name', 'Tapan Pal', '--rank', 'asi', '--station', 'Behala', 'laketown'];
    const { code, json } = await house.run(
      'officer',
      'add',
      ...argv,
      '--address',
      'tapan@kolkatapolice.example',
      '--json',
    );
    expect(code).toBe(0);
    const added = {
      id: 'si-new',
      name: 'Tapan Pal',
      title: 'ASI',
      rank: 'officer',
      address: 'tapan@kolkatapolice.example',
      stations: ['behala', 'laketown'],
      divisions: [],
      readsRestricted: false,
      disabled: false,
      away: null,
      source: 'added',
    };
    expect(json()).toEqual(added);
    expect((await list()).find(({ id }) => id === 'si-new')).toEqual(added);
    const { reference } = await openTicket(house, { number: 1 });
    expect((await house.run('ticket', 'note', reference, '--text', 'x', '--by', 'si-new')).code).toBe(0);
  });

  it('says so to people', async () => {
    const { out } = await house.run(
      'officer',
      'add',
      'ac-n',
      '--name',
      'A',
      '--rank',
      'ac',
      '--division',
      'KP/SW',
    );
    expect(out).toBe('ac-n is added.\n');
    expect((await list('--station', 'behala', '--rank', 'ac')).map(({ id }) => id)).toEqual([
      'ac-n',
      'ac-sw',
    ]);
  });

  it.each([
    [['si-roy', '--rank', 'si', '--station', 'behala'], 5, 'The id si-roy is taken'],
    [['Si Roy', '--rank', 'si', '--station', 'behala'], 2, 'cannot be the id of an officer'],
    [['operator', '--rank', 'admin'], 2, 'cannot be the id of an officer'],
    [['none', '--rank', 'admin'], 2, 'cannot be the id of an officer'],
    [['si-x', '--rank', 'si'], 2, 'The rank officer needs --station CODE.'],
    [['oc-x', '--rank', 'oc', '--division', 'kp/sw'], 2, 'The rank oc needs --station CODE.'],
    [['ac-x', '--rank', 'ac', '--station', 'behala'], 2, 'The rank ac needs --division FORCE/DIVISION.'],
    [
      ['si-x', '--rank', 'si', '--station', 'nowhere'],
      2,
      'There is no station nowhere. Known: behala, laketown.',
    ],
    [['ac-x', '--rank', 'ac', '--division', 'kp/north'], 2, 'There is no division kp/north. Known: kp/sw.'],
    [
      ['it-x', '--rank', 'admin', '--address', 'a@b.example,c@d.example'],
      2,
      'is not an address we can write to',
    ],
    [['si-x', '--rank', 'sergeant'], 2, "'sergeant' is invalid"],
  ])('%j ends with %i', async (argv, expected, why) => {
    const { code, err } = await house.run('officer', 'add', ...argv, '--name', 'X');
    expect(code).toBe(expected);
    expect(err).toContain(why);
    expect(await house.store.officers.list()).toEqual([]);
  });
});

describe('officer disable and enable', () => {
  it('counts the open tickets that somebody must take over', async () => {
    await openTicket(house, { number: 1, officer: 'si-roy' });
    await openTicket(house, { number: 2, officer: 'si-roy', state: 'closed' });
    const { json } = await house.run('officer', 'disable', 'si-roy', '--json');
    expect(json()).toMatchObject({ id: 'si-roy', disabled: true, openTickets: 1, source: 'configuration' });
    expect((await house.run('officer', 'disable', 'si-roy')).out).toBe(
      'si-roy is disabled and has 1 open ticket.\nAssign them to others. See: thanadak ticket list --officer si-roy --unclosed\n',
    );
    expect((await house.store.officers.list())[0]).toMatchObject({ id: 'si-roy', absenceOnly: true });
  });

  it('is taken back', async () => {
    await house.run('officer', 'disable', 'dc.sw@kolkatapolice.example');
    const { out } = await house.run('officer', 'enable', 'dc.sw@kolkatapolice.example');
    expect(out).toBe('dc.sw@kolkatapolice.example is in service.\n');
    expect((await list('--rank', 'dc'))[0]).toMatchObject({ disabled: false });
  });

  it('ends with 3 for nobody', async () => {
    expect((await house.run('officer', 'disable', 'si-none')).code).toBe(3);
  });
});

describe('officer away and back', () => {
  it('keeps until when and who stands in', async () => {
    const { json } = await house.run(
      'officer',
      'away',
      'si-roy',
      '--until',
      '2026-12-01',
      '--deputy',
      'si-sen',
      '--json',
    );
    expect(json()).toMatchObject({ away: { until: '2026-12-01T18:29:59.999Z', deputy: 'si-sen' } });
    const { out } = await house.run('officer', 'back', 'si-roy');
    expect(out).toBe('si-roy is there again.\n');
    expect((await list('--rank', 'officer')).map(({ away }) => away)).toEqual([null, null, null]);
  });

  it('says who is told when nobody stands in', async () => {
    const { out } = await house.run('officer', 'away', 'oc-behala', '--until', '2d');
    expect(out).toBe('oc-behala is away until 26 Nov 15:05; nobody stands in: the next rank is told.\n');
  });

  it.each([
    ['si-roy', 'si-roy', 2, 'nobody stands in for themselves'],
    ['si-roy', 'si-lake', 2, 'the officer does not serve behala'],
    ['ac-sw', 'oc-behala', 2, 'the officer does not serve kp/sw'],
    ['si-roy', 'aud', 2, 'auditors read and do not act'],
    ['it', 'si-roy', 2, 'only the IT cell stands in for the IT cell'],
    ['si-roy', 'nobody', 3, 'There is no officer nobody'],
    ['nobody', 'si-roy', 3, 'There is no officer nobody'],
  ])('%s is not replaced by %s', async (id, deputy, expected, why) => {
    const { code, err } = await house.run('officer', 'away', id, '--until', '2d', '--deputy', deputy);
    expect(code).toBe(expected);
    expect(err).toContain(why);
    expect(await house.store.officers.list()).toEqual([]);
  });

  it('takes no disabled deputy, and no time that is over', async () => {
    await house.run('officer', 'disable', 'si-sen');
    const disabled = await house.run('officer', 'away', 'si-roy', '--until', '2d', '--deputy', 'si-sen');
    expect([disabled.code, disabled.err]).toEqual([2, expect.stringContaining('the officer is disabled')]);
    expect((await house.run('officer', 'away', 'si-roy', '--until', '2026-11-23')).code).toBe(2);
  });
});
