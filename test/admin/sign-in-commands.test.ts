import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeOn } from '../../src/admin/secret-line.js';
import { createPasswords } from '../../src/identity/passwords.js';
import { openSession } from '../../src/sign-in/sessions.js';
import { openTestHouse, type TestHouse } from './house.js';

const PASSWORD = 'three dull green tramways';
const folder = mkdtempSync(join(tmpdir(), 'thanadak-secret-'));
const file = join(folder, 'password');
let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
  writeFileSync(file, `${PASSWORD}\n`);
  await house.run('officer', 'add', 'si-paul', '--name', 'Rina Paul', '--rank', 'si', '--station', 'behala');
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

const credential = (id: string) => house.store.credentials.find(id);
const open = (officer: string) =>
  house.store.transact((unit) =>
    openSession(unit, { officer, level: 'full', way: 'password', userAgent: 'Firefox' }),
  );

describe('officer add --admin', () => {
  it('adds somebody of the IT cell who may sign in', async () => {
    const { code, out } = await house.run(
      ...['officer', 'add', 'it-pal', '--name', 'Rina Pal', '--admin', '--password-file', file],
    );
    expect({ code, out }).toEqual({ code: 0, out: 'it-pal is added and may sign in.\n' });
    const known = await credential('it-pal');
    expect(known).toMatchObject({ mustChange: false, totp: null });
    expect(known?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await createPasswords().verify(known?.passwordHash ?? null, PASSWORD)).toBe(true);
  });

  it.each([
    ['a password that is too short', 'short\n', 'It needs at least 12 characters.'],
    ['nobody to ask', undefined, 'Nobody can be asked'],
  ])('adds nobody with %s', async (_, stdin, told) => {
    const from = stdin === undefined ? [] : ['--password-file', '-'];
    const given = ['officer', 'add', 'it-2', '--name', 'X', '--admin', ...from];
    const { code, err } = await house.runWith(stdin ?? '', ...given);
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect((await house.run('officer', 'list')).out).not.toContain('it-2');
  });

  it.each([
    [['--rank', 'oc', '--admin'], 'Give either'],
    [[], 'Give either'],
    [['--rank', 'admin', '--password-file', 'x'], 'goes with --admin'],
  ])('refuses %j', async (options, told) => {
    const { code, err } = await house.run('officer', 'add', 'it-3', '--name', 'X', ...options);
    expect(code).toBe(2);
    expect(err).toContain(told);
  });
});

describe('officer password', () => {
  it('gives one, ends the sessions, and tells the journal who did it', async () => {
    await open('si-paul');
    const { code, out } = await house.runWith(
      `${PASSWORD}\n`,
      ...['officer', 'password', 'si-paul', '--password-file', '-', '--temporary'],
    );
    expect({ code, out }).toEqual({ code: 0, out: 'si-paul has a new password.\n' });
    expect(await credential('si-paul')).toMatchObject({ mustChange: true });
    expect(await house.store.sessions.openOf('si-paul')).toEqual([]);
    const rows = await house.store.journal.chainedAfter(0, 100);
    expect(rows.filter(({ event }) => event === 'password-set').at(-1)).toMatchObject({ actor: 'operator' });
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });

  it('refuses one that is about the officer, and strangers', async () => {
    const about = await house.runWith(
      'rina paul 12',
      'officer',
      'password',
      'si-paul',
      '--password-file',
      '-',
    );
    expect(about).toMatchObject({ code: 2 });
    expect(about.err).toContain('little more than the name');
    expect((await house.run('officer', 'password', 'nobody', '--password-file', file)).code).toBe(3);
  });
});

describe('officer sessions, sign-out and reset-totp', () => {
  it('list and end what is open', async () => {
    await open('si-paul');
    expect((await house.run('officer', 'sessions', 'si-paul')).out).toContain('Firefox');
    expect((await house.run('officer', 'sign-out', 'si-paul')).out).toBe('1 session of si-paul ended.\n');
    expect((await house.run('officer', 'sessions', 'si-paul', '--json')).out).toBe('[]\n');
  });

  it('forget the app and its recovery codes', async () => {
    await house.store.transact(async (unit) => {
      await unit.credentials.setTotp('si-paul', { sealed: 'x', since: unit.now, step: 7 });
      await unit.credentials.setRecoveryCodes('si-paul', ['a', 'b']);
    });
    await open('si-paul');
    const { out } = await house.run('officer', 'reset-totp', 'si-paul');
    expect(out).toBe('si-paul sets up the app anew at the next sign-in; 1 session ended.\n');
    expect(await credential('si-paul')).toMatchObject({ totp: null });
    expect(await house.store.credentials.countRecoveryCodes('si-paul')).toBe(0);
  });

  it('end when the officer is disabled', async () => {
    await open('si-paul');
    await house.run('officer', 'disable', 'si-paul');
    expect(await house.store.sessions.openOf('si-paul')).toEqual([]);
  });
});

describe('a line typed without being shown', () => {
  const nothing = { text: '', end: null };
  it.each([
    ['abc\r', { text: 'abc', end: 'line' }],
    ['ab\u007fc\n', { text: 'ac', end: 'line' }],
    ['থানা\b\r', { text: 'থান', end: 'line' }],
    ['ab\u0003', { text: 'ab', end: 'given-up' }],
    ['\u0004', { text: '', end: 'given-up' }],
    ['a\u001b\tb', { text: 'ab', end: null }],
    ['one\rtwo', { text: 'one', end: 'line' }],
  ])('%j', (keys, typed) => {
    expect(typeOn(nothing, keys)).toEqual(typed);
  });
});
