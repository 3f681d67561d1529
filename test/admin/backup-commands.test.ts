import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { barOf } from '../../src/admin/progress.js';
import { live, makePlace, type Place } from '../backup/place.js';
import { run } from './house.js';

let place: Place;
beforeEach(async () => {
  place = makePlace();
  await live(place, 2);
});
afterEach(() => place[Symbol.dispose]());

const thanadak = (...argv: string[]) => run([...argv, '--config', place.file], {});

describe('backup, verify and restore', () => {
  it('say what they did', async () => {
    const saved = await thanadak('backup', place.backups);
    expect(saved).toMatchObject({ code: 0, err: '' });
    expect(saved.out).toMatch(
      /^Saved as 20\S+Z: the database, 2 letters \(2 new\), [\d.]+ [kM]B written\.\n$/,
    );
    expect(await thanadak('verify')).toMatchObject({ code: 0, err: '' });
    const verified = await thanadak('verify', '--backup', place.backups);
    expect(verified.code).toBe(0);
    expect(verified.out).toMatch(
      /^20\S+Z: 2 letters \([\d.]+ \S+\) and 2 tickets looked through: all in order\.\n$/,
    );
    const restored = await thanadak('restore', place.backups, '--into', place.path('new'));
    expect(restored.code).toBe(0);
    expect(restored.out).toContain(`into ${place.path('new')}: the database and 2 letters`);
  });

  it('give JSON alone', async () => {
    const saved = (await thanadak('backup', place.backups, '--keep', '3', '--json')).json() as {
      set: string;
    };
    expect(saved).toEqual({
      set: expect.stringMatching(/^20\S+Z$/),
      directory: place.backups,
      begunAt: expect.any(String),
      endedAt: expect.any(String),
      letters: 2,
      added: 2,
      spooled: 0,
      held: 0,
      bytes: expect.any(Number),
      removed: [],
      problems: [],
    });
    expect((await thanadak('verify', '--json')).json()).toMatchObject({ ok: true, findings: [], letters: 2 });
    const into = place.path('new');
    expect((await thanadak('restore', place.backups, '--into', into, '--json')).json()).toMatchObject({
      set: saved.set,
      folder: into,
      letters: 2,
      findings: [],
    });
  });

  it('end with 1 and a suggestion when something is not in order', async () => {
    rmSync(join(place.data, 'letters'), { recursive: true });
    const verified = await thanadak('verify');
    expect(verified.code).toBe(1);
    expect(verified.out).toContain('2 findings.\n  The letter letters/');
    expect(verified.out.match(/Copy it from a backup/g)).toHaveLength(1);
    expect((await thanadak('backup', place.backups)).code).toBe(1);
    const restored = await thanadak('restore', place.backups, '--into', place.path('new'));
    expect(restored.code).toBe(1);
    expect(restored.out).toContain('is missing.');
  });

  it('refuse what cannot be', async () => {
    expect(await thanadak('backup')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name a folder'),
    });
    expect((await thanadak('backup', place.backups, '--keep', '0')).code).toBe(2);
    expect((await thanadak('restore', place.backups)).code).toBe(3);
    expect((await thanadak('verify', '--backup', place.path('nowhere'))).code).toBe(3);
    await thanadak('backup', place.backups);
    expect((await thanadak('restore', place.backups)).code).toBe(5);
    expect((await thanadak('verify', '--backup', place.backups, '--set', 'x')).code).toBe(3);
  });

  it('show how far they are on a terminal, and take the line away', async () => {
    const argv = ['backup', place.backups, '--config', place.file];
    const { err } = await run(argv, { showsProgress: true });
    const shown = err.split('\r\x1b[K');
    expect(shown.slice(0, 2)).toEqual(['', expect.stringMatching(/^Database {2}\[/)]);
    expect(shown.slice(-2)).toEqual([`Letters   [${'#'.repeat(30)}] 100%`, '']);
    expect((await run([...argv, '--json'], { showsProgress: true })).err).toBe('');
  });
});

describe('the bar', () => {
  it('shows share or count', () => {
    expect(barOf({ stage: 'Letters', done: 1, total: 2 })).toBe(
      `Letters   [${'#'.repeat(15)}${'.'.repeat(15)}]  50%`,
    );
    expect(barOf({ stage: 'Letters', done: 7, total: 0 })).toBe('Letters   7');
  });
});
