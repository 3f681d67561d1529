// Backups that the daemon makes by itself, and what it tells of them.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shift } from '../../src/domain/time.js';
import { systemClock } from '../../src/schedule/system-clock.js';
import { writeLastBackup } from '../../src/vault/last.js';
import { aLetter, openHouse } from '../support/house.js';
import { commands, makePlace, type Place, silent } from './place.js';

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place[Symbol.dispose]());

const HOUR = 3_600_000;

function open(more = '', clock = systemClock) {
  const text = `sender_auth: { mode: off }\nbackup: { directory: ${place.backups}${more} }`;
  return openHouse(text, { folder: place.folder, clock, configFiles: () => [place.file] });
}

async function readiness(port: number) {
  const headers = { accept: 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers });
  const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean; detail?: string }[] };
  return { status: answer.status, backup: checks.find(({ name }) => name === 'backup') };
}

async function metric(port: number, name: string): Promise<number | undefined> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const value = new RegExp(`^thanadak_${name} (\\S+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}

describe('the daemon', () => {
  it('makes a backup beside its work, tells its age, and does not let clients wait for it', async () => {
    await using house = await open();
    for (let n = 0; n < 5; n += 1) await house.send({ raw: aLetter({ text: `Number ${n}.` }) });
    await house.daemon.idle();
    const port = house.daemon.webPort;
    expect(await metric(port, 'backup_last_ok')).toBeUndefined();
    const running = house.daemon.backups.run();
    const reply = await house.send({ raw: aLetter({ text: 'While the backup is made.' }) });
    expect(reply).toMatch(/^250 /);
    await running;
    expect(await metric(port, 'backup_last_ok')).toBe(1);
    expect(await metric(port, 'backup_age_seconds')).toBeLessThan(60);
    expect(await readiness(port)).toMatchObject({ status: 200, backup: { ok: true } });
    const verified = await commands.verify({ directory: place.backups }, silent);
    expect(verified.findings).toEqual([]);
    expect(verified.letters).toBeGreaterThanOrEqual(5);
    const [set = ''] = readdirSync(join(place.backups, 'sets'));
    expect(readdirSync(join(place.backups, 'sets', set, 'config'))).toEqual(['thanadak.yaml']);
  });

  it('calls a backup older than twice its period a problem, and takes letters all the same', async () => {
    const savedAt = shift(systemClock.now(), -2 * HOUR - 60_000);
    {
      await using house = await open();
      expect((await readiness(house.daemon.webPort)).backup).toMatchObject({ ok: true });
      await writeLastBackup(place.data, {
        at: savedAt,
        ok: true,
        directory: place.backups,
        problem: '',
        savedAt,
      });
      const { status, backup } = await readiness(house.daemon.webPort);
      expect(status).toBe(200);
      expect(backup).toMatchObject({
        ok: false,
        minor: true,
        detail: 'the newest backup is 2.0 hours old, 2.0 hours are allowed',
      });
    }
    // Once a week is allowed to be two weeks old.
    await using weekly = await open(', schedule: 0 3 * * 0');
    expect((await readiness(weekly.daemon.webPort)).backup).toMatchObject({ ok: true });
  });

  it('counts from its start until the first one is made', async () => {
    let now = systemClock.now();
    await using house = await open('', { now: () => now });
    now = shift(now, 2 * HOUR - 1_000);
    expect((await readiness(house.daemon.webPort)).backup).toMatchObject({ ok: true });
    now = shift(now, 2_000);
    expect((await readiness(house.daemon.webPort)).backup).toMatchObject({ ok: false });
  });

  it('logs a backup that fails, and says why', async () => {
    await using house = await open();
    writeFileSync(place.backups, 'a file where a folder should be');
    await house.daemon.backups.run();
    expect(await metric(house.daemon.webPort, 'backup_last_ok')).toBe(0);
    const { status, backup } = await readiness(house.daemon.webPort);
    expect(status).toBe(200);
    expect(backup?.detail).toMatch(/did not go well: .*(EEXIST|ENOTDIR)/);
    expect(house.log.takeWarnings()).toMatchObject([{ message: expect.stringContaining('backup failed') }]);
    rmSync(place.backups);
    await house.daemon.backups.run();
    expect((await readiness(house.daemon.webPort)).backup).toMatchObject({ ok: true });
  });

  it('has none without a folder', async () => {
    await using house = await openHouse('', { folder: place.folder });
    expect(await readiness(house.daemon.webPort)).toMatchObject({
      status: 200,
      backup: { ok: true, detail: 'none configured' },
    });
    expect(await metric(house.daemon.webPort, 'backup_age_seconds')).toBeUndefined();
  });
});
