import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LetterTooLarge, TemporaryFailure } from '../../src/domain/errors.js';
import type { Envelope } from '../../src/domain/letter.js';
import { openFolderSync } from '../../src/machine/folder-sync.js';
import { openArchive } from '../../src/spool/archive.js';
import { watchLineEnds } from '../../src/spool/receiving.js';
import { type OpenedSpool, openSpool } from '../../src/spool/spool.js';

const envelope: Envelope = {
  from: 'rita@home.example',
  to: ['behala.ps@kolkatapolice.example'],
  client: { address: '192.0.2.1', name: 'mx.home.example', relay: null },
  protocol: 'ESMTP',
  tls: null,
};
const clock = { now: () => '2026-11-24T04:00:00.000Z' };

describe('the spool', () => {
  let folder: string;
  let spool: OpenedSpool;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thanadak-spool-'));
    spool = await openSpool({ dataFolder: folder, clock });
  });
  afterEach(async () => {
    await spool.close();
    rmSync(folder, { recursive: true });
  });

  const filesBelow = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  const keep = (id: string, body: Readable | string | Buffer, maxBytes = 1_000_000) =>
    spool.keep({
      id,
      envelope,
      body: body instanceof Readable ? body : Readable.from([Buffer.from(body)]),
      maxBytes,
    });

  it('keeps the bytes as they came, with their hash, size and envelope', async () => {
    const bytes = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), randomBytes(700_000)]);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 999) }, (_, n) =>
      bytes.subarray(n * 999, n * 999 + 999),
    );
    const letter = await keep('01A', Readable.from(chunks));
    expect(readFileSync(spool.pathOf('01A')).equals(bytes)).toBe(true);
    expect(letter).toMatchObject({
      id: '01A',
      envelope,
      bytes: bytes.length,
      receivedAt: clock.now(),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(await spool.find('01A')).toEqual(letter);
  });

  it('tells of a folder it cannot write to, and goes on when that is mended', async () => {
    rmSync(join(folder, 'spool/incoming'), { recursive: true });
    const body = new PassThrough();
    const keeping = keep('01N', body);
    setTimeout(() => body.end('late'), 30);
    await expect(keeping).rejects.toThrow(TemporaryFailure);
    mkdirSync(join(folder, 'spool/incoming'));
    await expect(keep('01O', 'x')).resolves.toMatchObject({ bytes: 1 });
  });

  it('keeps an empty letter', async () => {
    expect(await keep('01E', Readable.from([]))).toMatchObject({ bytes: 0, bareNewlines: false });
    expect(readFileSync(spool.pathOf('01E'))).toHaveLength(0);
  });

  it('lists its letters oldest first, also after being opened anew', async () => {
    for (const id of ['01C', '01A', '01B']) await keep(id, 'x');
    const again = await openSpool({ dataFolder: folder, clock });
    expect(await again.list()).toEqual(['01A', '01B', '01C']);
    await again.close();
  });

  it('refuses at the byte that crosses the limit and leaves nothing', async () => {
    await expect(keep('01L', 'x'.repeat(101), 100)).rejects.toThrow(LetterTooLarge);
    await expect(keep('01M', 'x'.repeat(100), 100)).resolves.toMatchObject({ bytes: 100 });
    await spool.remove('01M');
    expect(filesBelow()).toEqual([]);
  });

  it('leaves nothing of a letter whose client goes away', async () => {
    const body = new PassThrough();
    body.write('Subject: half');
    const keeping = keep('01H', body);
    setTimeout(() => body.destroy(), 20);
    await expect(keeping).rejects.toThrow(TemporaryFailure);
    const broken = new PassThrough();
    const other = keep('01I', broken);
    setTimeout(() => broken.destroy(new Error('ECONNRESET')), 20);
    await expect(other).rejects.toThrow(/ECONNRESET/);
    expect(filesBelow()).toEqual([]);
  });

  it('clears what an earlier process left half received, and nothing else', async () => {
    await keep('01A', 'x');
    writeFileSync(join(folder, 'spool/incoming/01Z.eml'), 'half');
    writeFileSync(join(folder, 'spool/new/01Y.round.json'), '[{"id":"01Y"}]');
    writeFileSync(join(folder, 'spool/new/01X.round.json'), '[{"id":"01');
    await spool.clearIncoming();
    expect(filesBelow()).toEqual(['01A.eml', '01A.round.json']);
  });

  it('keeps one file of envelopes for letters that come together, as long as one of them is there', async () => {
    const ids = ['01A', '01B', '01C', '01D', '01E'];
    const kept = await Promise.all(ids.map((id) => keep(id, id)));
    const envelopes = filesBelow().filter((name) => name.endsWith('.json'));
    expect(envelopes.length).toBeLessThan(ids.length);
    const again = await openSpool({ dataFolder: folder, clock });
    for (const id of ids.slice(0, 4)) {
      expect(await again.find(id)).toEqual(kept[ids.indexOf(id)]);
      await again.remove(id);
      expect(await again.find(id)).toBeUndefined();
    }
    expect(await again.find('01E')).toEqual(kept[4]);
    await again.remove('01E');
    expect(filesBelow()).toEqual([]);
    await again.close();
  });

  it('loses no letter of a round when one of them fails', async () => {
    const gone = new PassThrough();
    gone.write('half');
    const failing = keep('01F', gone);
    const others = Promise.all(['01A', '01B'].map((id) => keep(id, id)));
    gone.destroy();
    await expect(failing).rejects.toThrow(TemporaryFailure);
    await others;
    expect(await spool.list()).toEqual(['01A', '01B']);
  });

  it('archives the very file, at the day it was received, as often as asked', async () => {
    const letter = await keep('01A', 'the letter');
    const [path] = await spool.archive([letter]);
    expect(await spool.archive([letter])).toEqual([path]);
    expect(path).toBe('letters/2026/11/24/01A.eml');
    await spool.remove('01A');
    await spool.remove('01A');
    expect(await spool.list()).toEqual([]);
    expect(await spool.find('01A')).toBeUndefined();
    expect(readFileSync(openArchive(folder).pathOf(path ?? ''), 'utf8')).toBe('the letter');
  });

  it('holds a letter with the reason and releases it unchanged', async () => {
    const letter = await keep('01A', 'the letter');
    await spool.hold('01A', 'cannot be filed');
    expect(await spool.list()).toEqual([]);
    expect(await spool.listHeld()).toEqual([{ ...letter, problem: 'cannot be filed', heldAt: clock.now() }]);
    expect(await spool.release('01A')).toBe(true);
    expect(await spool.release('01A')).toBe(false);
    expect(await spool.listHeld()).toEqual([]);
    expect(await spool.find('01A')).toEqual(letter);
    expect(filesBelow()).toEqual(['01A.eml', '01A.json']);
  });

  it.each(['../01A', '/etc/passwd', '01A/../01A', ''])('knows no letter called %s', async (id) => {
    await keep('01A', 'x');
    expect(await spool.find(id)).toBeUndefined();
    expect(await spool.release(id)).toBe(false);
  });

  it('knows how much room there is', async () => {
    expect(await spool.freeBytes()).toBeGreaterThan(0);
  });

  it('adds no memory with the size of a letter', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const before = process.memoryUsage().rss;
    let highest = before;
    function* bytes() {
      for (let n = 0; n < 1600; n += 1) {
        highest = Math.max(highest, process.memoryUsage().rss);
        yield chunk;
      }
    }
    await keep('01B', Readable.from(bytes()), 200_000_000);
    expect(highest - before).toBeLessThan(40_000_000);
  });
});

describe('bare line ends', () => {
  const cases: [string, string[], boolean][] = [
    ['CRLF only', ['a\r\nb\r\n'], false],
    ['CRLF across chunks', ['a\r', '\nb'], false],
    ['bare LF', ['a\nb'], true],
    ['bare LF at the start of a chunk', ['a', '\nb'], true],
    ['bare CR', ['a\rb'], true],
    ['bare CR across chunks', ['a\r', 'b'], true],
    ['CR at the very end', ['a\r'], true],
    ['CR CR LF', ['a\r\r\n'], true],
    ['nothing', [], false],
    ['empty chunks', ['', 'a\r\n', ''], false],
  ];
  it.each(cases)('%s', (_name, chunks, expected) => {
    const lineEnds = watchLineEnds();
    for (const chunk of chunks) lineEnds.see(Buffer.from(chunk));
    expect(lineEnds.bare()).toBe(expected);
  });
});

describe('the sync of a folder', () => {
  it('serves everyone who asked before it began, and starts anew for those who asked while it ran', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'thanadak-sync-'));
    const sync = await openFolderSync(folder);
    const order: string[] = [];
    const first = sync.sync().then(() => order.push('first'));
    const second = sync.sync().then(() => order.push('second'));
    const third = sync.sync().then(() => order.push('third'));
    await Promise.all([first, second, third]);
    expect(order[0]).toBe('first');
    expect(order.slice(1).sort()).toEqual(['second', 'third']);
    await sync.sync();
    await sync.close();
    rmSync(folder, { recursive: true });
  });
});
