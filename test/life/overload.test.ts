// What has too much to do or does not answer: each has its limit and its metric, and the letters become tickets.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { openSpool } from '../../src/spool/spool.js';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

vi.setConfig({ testTimeout: 90_000 });

const BEHIND_A_RELAY = `
smtp:
  listen: [{ host: 127.0.0.1, port: 0 }]
  disk_floor_bytes: 0
  trusted_relays: [127.0.0.1]
`;

const tickets = (house: TestHouse) => house.daemon.store.tickets.list({ limit: 500 });

async function metric(house: TestHouse, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${house.daemon.webPort}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

describe('a DNS that never answers', () => {
  it('delays letters by the time of one check, all of them together', async () => {
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return new Promise(() => {});
    };
    await using house = await openHouse(BEHIND_A_RELAY, { resolve });
    const startedAt = performance.now();
    const letters = Array.from({ length: 40 }, (_, number) => {
      const from = `resident@home${number}.example`;
      return house.send({ from, raw: aLetter().replaceAll('rita@home.example', from) });
    });
    await Promise.all(letters);
    expect(await metric(house, 'thanadak_letters_spooled')).toBe(40);
    await house.daemon.idle();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(asked.length).toBeGreaterThanOrEqual(40);
    const opened = await tickets(house);
    expect(opened).toHaveLength(40);
    expect(new Set(opened.map(({ resident }) => resident.verdict))).toEqual(new Set(['unknown']));
    expect(await metric(house, 'thanadak_sender_checks_total{verdict="unknown",dns="trouble"}')).toBe(40);
  });
});

describe('a letter at which the parser hangs', () => {
  it('is a ticket by its head when its time is over, and holds up its neighbours no longer', async () => {
    await using house = await openHouse('sender_auth: { mode: off }\nreading: { deadline: 1s }');
    const endless = [
      'From: Rita Basu <rita@home.example>\r\nSubject: endless\r\nMIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=edge\r\n',
      '--edge\r\nContent-Type: text/plain\r\n\r\nHelp.',
      `--edge\r\nContent-Type: application/x-lines\r\n\r\n${'\r\n'.repeat(16_000_000)}`,
      '--edge--\r\n',
    ].join('\r\n');
    const letters = [endless, ...[1, 2, 3].map((number) => aLetter({ subject: `after ${number}` }))];
    await Promise.all(letters.map((raw) => house.send({ raw })));
    await house.daemon.idle();
    const subjects = (await tickets(house)).map(({ subject }) => subject).sort();
    expect(subjects).toEqual(['after 1', 'after 2', 'after 3', 'endless']);
    expect(await metric(house, 'thanadak_letters_unreadable_total')).toBe(1);
  });
});

const subjectOf = (relay: string | null) => (relay === null ? 'from elsewhere' : 'by a relay');

describe('a backlog', () => {
  it('is filed with the letters of configured relays first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'thanadak-backlog-'));
    const spool = await openSpool({ dataFolder: join(folder, 'var'), clock: fixedClock() });
    const keep = (id: number, relay: string | null) =>
      spool.keep({
        id: `01TEST${String(id).padStart(20, '0')}`,
        envelope: {
          from: 'rita@home.example',
          to: ['behala.ps@kolkatapolice.example'],
          client: { address: '192.0.2.7', name: 'mx.home.example', relay },
          protocol: 'ESMTP',
          tls: null,
        },
        body: Readable.from([Buffer.from(aLetter({ subject: subjectOf(relay), text: `${id}` }))]),
        maxBytes: 10_000,
      });
    await Promise.all(Array.from({ length: 60 }, (_, number) => keep(number, null)));
    await keep(60, '127.0.0.2');
    await spool.close();
    {
      await using house = await openHouse('sender_auth: { mode: off }', { folder });
      await house.daemon.idle();
      const inOrder = (await tickets(house)).sort((a, b) => (a.reference < b.reference ? -1 : 1));
      expect(inOrder).toHaveLength(61);
      expect(inOrder.findIndex(({ subject }) => subject === 'by a relay')).toBe(0);
    }
    rmSync(folder, { recursive: true });
  });
});
