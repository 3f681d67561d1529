// Backups of a house at work, and houses restored from them.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/schedule/system-clock.js';
import { openSpool } from '../../src/spool/spool.js';
import { aLetter, disorderIn, openHouse } from '../support/house.js';
import { backUp, commands, live, makePlace, type Place, silent } from './place.js';

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place[Symbol.dispose]());

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const lettersBelow = (folder: string) =>
  filesBelow(join(folder, 'letters')).map((file) => file.slice(folder.length + 1));

describe('a backup', () => {
  it('holds database, letters, keys and configuration, each with its size and hash, for its owner alone', async () => {
    await live(place, 3);
    const made = await backUp(place);
    expect(made.manifest).toMatchObject({ letters: 3, spooled: 0, held: 0, problems: [] });
    expect(made.added).toBe(3);
    const paths = made.manifest.files.map(({ path }) => path).sort();
    expect(paths).toEqual([
      'config/thanadak.yaml',
      'keys/journal.key',
      'keys/reply.key',
      'keys/sign-in.key',
      'thanadak.db',
    ]);
    for (const { path, bytes, sha256 } of made.manifest.files) {
      const content = readFileSync(join(place.backups, 'sets', made.set, path));
      expect([content.length, hashOf(content)], path).toEqual([bytes, sha256]);
    }
    for (const file of filesBelow(place.backups)) expect(statSync(file).mode & 0o077, file).toBe(0);
    const { findings, letters } = await commands.verify({ directory: place.backups }, silent);
    expect([findings, letters]).toEqual([[], 3]);
    expect(existsSync(join(place.backups, 'lock'))).toBe(false);
  });

  it('lists letters as sha256sum reads them', async () => {
    await live(place, 2);
    const { manifest } = await backUp(place);
    const lines = manifest.days.flatMap(({ list }) =>
      readFileSync(join(place.backups, list), 'utf8').trim().split('\n'),
    );
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const [, sha256 = '', path = ''] = /^([0-9a-f]{64}) {2}(letters\/\S+\.eml)$/.exec(line) ?? [];
      expect(hashOf(readFileSync(join(place.backups, path)))).toBe(sha256);
    }
  });

  it('takes only what is new, once, and shares the rest among its sets', async () => {
    await live(place, 3);
    const first = await backUp(place);
    const inodes = () => lettersBelow(place.backups).map((path) => statSync(join(place.backups, path)).ino);
    const before = inodes();
    const second = await backUp(place);
    expect([second.added, inodes()]).toEqual([0, before]);
    expect(second.manifest.days).toEqual(first.manifest.days);
    await live(place, 2);
    const third = await backUp(place);
    expect([third.added, third.manifest.letters]).toEqual([2, 5]);
    expect(inodes()).toEqual(expect.arrayContaining(before));
    expect((await commands.verify({ directory: place.backups, set: first.set }, silent)).findings).toEqual(
      [],
    );
  });

  it('makes good what was lost in the folder of backups', async () => {
    await live(place, 3);
    await backUp(place);
    const [lost = ''] = lettersBelow(place.backups);
    rmSync(join(place.backups, lost));
    expect((await commands.verify({ directory: place.backups }, silent)).findings).toMatchObject([
      { kind: 'letter-missing', subject: lost },
    ]);
    expect((await backUp(place)).added).toBe(1);
    expect((await commands.verify({ directory: place.backups }, silent)).findings).toEqual([]);
  });

  it('keeps the newest sets, and every letter that one of them names', async () => {
    await live(place, 2);
    const first = await backUp(place, 2);
    await live(place, 1);
    const second = await backUp(place, 2);
    await live(place, 1);
    const third = await backUp(place, 2);
    expect(third.removed).toEqual([first.set]);
    expect(readdirSync(join(place.backups, 'sets')).sort()).toEqual([second.set, third.set]);
    expect(lettersBelow(place.backups)).toHaveLength(4);
    expect(readdirSync(join(place.backups, 'lists'))).toHaveLength(2);
    for (const { set } of [second, third])
      expect((await commands.verify({ directory: place.backups, set }, silent)).findings).toEqual([]);
  });

  it('is not believed half made, and the next run clears it away', async () => {
    await live(place, 1);
    const made = await backUp(place);
    const sets = join(place.backups, 'sets');
    mkdirSync(join(sets, '2099-01-01T00-00-00.000Z.part'));
    writeFileSync(join(sets, '2099-01-01T00-00-00.000Z.part', 'thanadak.db'), 'half');
    mkdirSync(join(sets, '2099-01-02T00-00-00.000Z'));
    expect((await commands.verify({ directory: place.backups }, silent)).set).toBe(made.set);
    const next = await backUp(place);
    expect(readdirSync(sets).sort()).toEqual([made.set, next.set]);
  });

  it('tells of a damaged letter, keeps the good one it has, and saves the rest', async () => {
    await live(place, 3);
    await backUp(place);
    await live(place, 1);
    const [old = '', , , fresh = ''] = lettersBelow(place.data);
    // A copy of its own: the one in the backup is the same file by another name.
    const good = readFileSync(join(place.data, old));
    rmSync(join(place.data, old));
    writeFileSync(join(place.data, old), 'scratched');
    writeFileSync(join(place.data, fresh), 'scratched');
    const made = await backUp(place);
    expect(made.manifest.problems).toEqual([`The letter ${fresh} is damaged in the house.`]);
    expect(readFileSync(join(place.backups, old))).toEqual(good);
    expect(existsSync(join(place.backups, fresh))).toBe(false);
    const { findings } = await commands.verify({ directory: place.backups }, silent);
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['letter-missing', 'not-saved']);
  });

  it('is made once at a time in a folder', async () => {
    await live(place, 1);
    const both = await Promise.allSettled([backUp(place), backUp(place)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'unavailable' });
    expect(String(refused.reason)).toContain('Another backup is being made');
    writeFileSync(join(place.backups, 'lock'), '1 another.example\n');
    await expect(backUp(place)).rejects.toThrow(/process 1 on another\.example/);
    writeFileSync(join(place.backups, 'lock'), '999999999 another.example\n');
  });

  it('holds letters that are held for a person or wait in the spool, with their envelopes', async () => {
    await live(place, 1);
    const spool = await openSpool({ dataFolder: place.data, clock: systemClock });
    const keep = async (id: string) => {
      const { Readable } = await import('node:stream');
      const body = Readable.from([Buffer.from(aLetter({ subject: id }))]);
      const client = { address: '192.0.2.7', name: 'pc.home.example', relay: null };
      const to = ['behala.ps@kolkatapolice.example'];
      const envelope = { from: 'rita@home.example', to, client, protocol: 'ESMTP', tls: null };
      return spool.keep({ id, envelope, body, maxBytes: 100_000 });
    };
    const waiting = await keep('01JDF3Q4ZV0000000000000001');
    const held = await keep('01JDF3Q4ZV0000000000000002');
    await spool.hold(held.id, 'The worker died twice.');
    const made = await backUp(place);
    expect(made.manifest).toMatchObject({ spooled: 1, held: 1 });
    await commands.restore({ directory: place.backups, into: place.path('restored') }, silent);
    const restored = await openSpool({ dataFolder: place.path('restored'), clock: systemClock });
    expect(await restored.list()).toEqual([waiting.id]);
    expect(await restored.find(waiting.id)).toEqual(waiting);
    expect(await restored.listHeld()).toMatchObject([{ ...held, problem: 'The worker died twice.' }]);
    await spool.close();
    await restored.close();
  });
});

describe('a restored house', () => {
  it('goes on where the backup was made: every letter answered before it began has its ticket', async () => {
    const answered = new Map<string, string>();
    const load = { running: true };
    {
      await using house = await openHouse('sender_auth: { mode: off }', { folder: place.folder });
      const send = async (client: number) => {
        for (let n = 0; load.running; n += 1) {
          const raw = aLetter({ subject: `Client ${client}`, text: `Letter ${n} of client ${client}.` });
          const reply = await house.send({ raw });
          answered.set(reply.split(' ').at(-1) ?? '', hashOf(Buffer.from(raw)));
        }
      };
      const clients = Promise.all([0, 1, 2, 3].map(send));
      while (answered.size < 60) await new Promise((resolve) => setTimeout(resolve, 5));
      const before = [...answered.keys()];
      const made = await backUp(place);
      load.running = false;
      await clients;
      await house.daemon.idle();
      const late = answered.size - before.length;
      for (const id of answered.keys()) if (!before.includes(id)) answered.delete(id);
      expect(late).toBeGreaterThan(0);
      expect(made.manifest.problems).toEqual([]);
    }
    const data = place.path('other/var');
    mkdirSync(place.path('other'));
    const restored = await commands.restore({ directory: place.backups, into: data }, silent);
    expect(restored.findings).toEqual([]);
    await using house = await openHouse('sender_auth: { mode: off }', { folder: place.path('other') });
    await house.daemon.idle();
    for (const [id, sha256] of answered) {
      const letter = await house.daemon.store.letters.find(id);
      expect(letter?.sha256, id).toBe(sha256);
      expect(hashOf(readFileSync(join(data, letter?.archivePath ?? '')))).toBe(sha256);
      expect(await house.daemon.store.letters.referencesOf(id)).toHaveLength(1);
    }
  });

  it('is byte for byte the house of that moment, and shares no file with the backup', async () => {
    await live(place, 4);
    await backUp(place);
    const into = place.path('restored');
    const restored = await commands.restore({ directory: place.backups, into }, silent);
    expect(restored).toMatchObject({ letters: 4, findings: [], folder: into });
    expect(lettersBelow(into)).toEqual(lettersBelow(place.data));
    for (const path of lettersBelow(into)) {
      expect(readFileSync(join(into, path))).toEqual(readFileSync(join(place.data, path)));
      expect(statSync(join(into, path)).nlink).toBe(1);
    }
    expect(readFileSync(join(into, 'keys/reply.key'))).toEqual(
      readFileSync(join(place.data, 'keys/reply.key')),
    );
    expect(readFileSync(join(into, 'config/thanadak.yaml'))).toEqual(readFileSync(place.file));
    expect(await disorderIn(into)).toEqual([]);
  });

  it('can be the one of an older set', async () => {
    await live(place, 1);
    const { set } = await backUp(place);
    await live(place, 2);
    await backUp(place);
    const into = place.path('restored');
    expect(await commands.restore({ directory: place.backups, set, into }, silent)).toMatchObject({
      set,
      letters: 1,
    });
    expect(lettersBelow(into)).toHaveLength(1);
    expect(await disorderIn(into)).toEqual([]);
  });

  it('is refused where something lies already, and from a set that is not there', async () => {
    await live(place, 1);
    await backUp(place);
    const restore = (order: { set?: string; into: string; directory?: string }) =>
      commands.restore({ directory: place.backups, ...order }, silent);
    await expect(restore({ into: place.data })).rejects.toMatchObject({ code: 'conflict' });
    await expect(restore({ into: place.path('x'), set: '2020' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(restore({ into: place.path('x'), set: '../..' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const directory = place.path('nowhere');
    await expect(restore({ into: place.path('x'), directory })).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(place.path('nowhere'))).toBe(false);
  });

  it('lacks a letter that was damaged in the backup, and says which', async () => {
    await live(place, 3);
    const { set } = await backUp(place);
    const [first = '', second = ''] = lettersBelow(place.backups);
    writeFileSync(join(place.backups, first), 'scratched');
    rmSync(join(place.backups, second));
    writeFileSync(join(place.backups, 'sets', set, 'keys/reply.key'), 'scratched');
    const into = place.path('restored');
    const { findings } = await commands.restore({ directory: place.backups, into }, silent);
    expect(findings.map(({ kind, subject }) => [kind, subject]).sort()).toEqual([
      ['letter-damaged', first],
      ['letter-missing', second],
      ['set-file-damaged', 'keys/reply.key'],
    ]);
    expect(lettersBelow(into)).toHaveLength(1);
    expect(existsSync(join(into, 'keys/reply.key'))).toBe(false);
  });

  it('is never made from a damaged database, manifest or list', async () => {
    await live(place, 1);
    const { set, manifest } = await backUp(place);
    const into = (name: string) =>
      commands.restore({ directory: place.backups, into: place.path(name) }, silent);
    const list = join(place.backups, manifest.days[0]?.list ?? '');
    const lines = readFileSync(list);
    writeFileSync(list, Buffer.concat([lines, Buffer.from(`${'0'.repeat(64)}  letters/2026/11/24/x.eml\n`)]));
    await expect(into('a')).rejects.toMatchObject({ code: 'refused' });
    expect(existsSync(join(place.path('a'), 'thanadak.db'))).toBe(false);
    writeFileSync(list, lines);
    truncateSync(join(place.backups, 'sets', set, 'thanadak.db'), 8_192);
    await expect(into('b')).rejects.toThrow(/restore another set/);
    expect((await commands.verify({ directory: place.backups }, silent)).findings).toMatchObject([
      { kind: 'set-file-damaged', subject: 'thanadak.db' },
    ]);
    const file = join(place.backups, 'sets', set, 'manifest.json');
    const stray = JSON.stringify({ ...manifest, files: [{ ...manifest.files[0], path: '../../../x' }] });
    writeFileSync(file, stray);
    await expect(into('c')).rejects.toThrow(/manifest .* is damaged/);
  });
});
