// Whatever a letter contains, its sender is judged, soon, and without harm to the letters after it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SenderCheck } from '../../src/domain/sender-check.js';
import { type Checking, createChecking, letterOf, RELAY } from './checking.js';
import { createSigner, keyZone, signLetter } from './signing.js';
import type { Zone } from './zone.js';

const home = createSigner('home.example');
const ZONE: Zone = {
  ...keyZone(home),
  'TXT _dmarc.home.example': ['v=DMARC1; p=reject'],
  'TXT list.example': ['v=spf1 +all'],
};

let checking: Checking;
beforeAll(async () => {
  checking = await createChecking({ zone: ZONE });
});
afterAll(async () => {
  await checking.close();
  checking.log.expectNoWarnings();
});

function expectSound(check: SenderCheck): void {
  expect(['aligned', 'partial', 'failed', 'unknown']).toContain(check.verdict);
  expect(check.why).toMatch(/^[^\p{Cc}]{10,300}\.$/u);
  expect(check.dkim.length).toBeLessThanOrEqual(5);
  for (const result of [check.spf, check.dmarc, check.arc, ...check.dkim]) {
    if (!result) continue;
    expect(result.result).toMatch(/^[a-z]{2,20}$/);
    expect(result.domain).toMatch(/^[a-z0-9._-]*$/);
    expect(result.detail).toMatch(/^[\x20-\x7e]{0,300}$/);
  }
}

const name = fc.constantFrom(
  'DKIM-Signature',
  'From',
  'ARC-Seal',
  'ARC-Message-Signature',
  'ARC-Authentication-Results',
  'Authentication-Results',
  'Received',
  'Subject',
  'Content-Type',
);
const token = fc.constantFrom(
  'v=1;',
  'a=rsa-sha256;',
  'c=relaxed/relaxed;',
  'd=home.example;',
  'd=list.example;',
  's=s1;',
  'h=from:subject;',
  'bh=AAAA;',
  'b=AAAA',
  'i=1;',
  'i=2;',
  'cv=none;',
  'cv=pass;',
  'l=1;',
  'l=-1;',
  'l=1e99;',
  't=9e99;',
  'x=1;',
  ';',
  '=',
  '"',
  '(',
  ')',
  '<',
  '>',
  '@',
  ',',
  ':',
  '\\',
  '\r\n ',
  '\r',
  '\n',
  '\0',
  '\xff',
  '__proto__',
  'header.__proto__.x=1',
  'mx.city.example;',
  'spf=pass',
  'dmarc=pass',
  'smtp.mailfrom=rita@home.example',
  'header.from=home.example',
  'rita@home.example',
  `from x (x [203.0.113.9]) by y`,
);
const value = fc.oneof(
  fc.array(token, { maxLength: 25 }).map((parts) => parts.join(' ')),
  fc.string({ maxLength: 200, unit: 'binary' }),
);
const head = fc
  .array(fc.tuple(name, value), { maxLength: 14 })
  .map((fields) => fields.map(([field, text]) => `${field}: ${text}`));
const sender = fc.oneof(
  fc.constantFrom('', 'rita@home.example', 'x@list.example'),
  fc.string({ maxLength: 40 }),
);

describe('no header', () => {
  it('makes the check reject, or say anything that could harm who shows it', async () => {
    await fc.assert(
      fc.asyncProperty(head, sender, fc.boolean(), async (above, from, relayed) => {
        const arrival = relayed ? { from, client: RELAY, relay: RELAY } : { from, helo: from };
        expectSound(await checking.check(letterOf({ above }), arrival));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('and no text proves its author when a character of it was changed', async () => {
    const signed = signLetter(letterOf(), home);
    const begin = signed.indexOf('From:');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(signed.length - begin - 1),
        fc.integer({ min: 33, max: 126 }),
        async (n, code) => {
          const old = signed.charAt(begin + n);
          const char = String.fromCharCode(code);
          fc.pre(old.trim() !== '' && old.toLowerCase() !== char.toLowerCase());
          const changed = signed.slice(0, begin + n) + char + signed.slice(begin + n + 1);
          const { dkim } = await checking.check(changed, { from: '' });
          expect(dkim.map(({ result }) => result)).not.toContain('pass');
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('no letter takes long', () => {
  const SIGNATURE =
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=home.example; s=s1; h=from:subject; bh=AAAA; b=BBBB';
  const with5MB = (line: string) =>
    letterOf({ above: [SIGNATURE], body: line.repeat(5_000_000 / line.length) });
  const from = (count: number, text: string) => Array.from({ length: count }, () => text);

  // Each of these takes the library alone between two seconds and several minutes.
  it.each<[string, () => string]>([
    ['of one line', () => with5MB('a')],
    ['of lone LFs', () => with5MB('\n')],
    ['of empty lines', () => with5MB('\r\n')],
    ['of tabs', () => with5MB('\t\r\n')],
    ['of spaces', () => with5MB(' \r\n')],
    ['with a signature of semicolons', () => letterOf({ above: [`${SIGNATURE};${';'.repeat(100_000)}`] })],
    ['with a signature of folds', () => letterOf({ above: [SIGNATURE + '\r\n '.repeat(50_000)] })],
    ['with a run of CR', () => letterOf({ above: [SIGNATURE, `X: ${'\r'.repeat(100_000)}a`] })],
    ['with many signatures', () => letterOf({ above: from(1_500, SIGNATURE) })],
    [
      'with many signed fields',
      () =>
        letterOf({
          above: [SIGNATURE.replace('h=from', `h=from${':x'.repeat(3_000)}`), ...from(1_500, 'X: a')],
        }),
    ],
    ['with many authors', () => letterOf({ from: '(<"a@'.repeat(20_000) })],
    [
      'with results of brackets',
      () =>
        letterOf({
          above: [`Authentication-Results: ${'('.repeat(100_000)}`, `Received: from ${'('.repeat(100_000)}`],
        }),
    ],
    [
      'with many seals',
      () => letterOf({ above: from(1_900, 'ARC-Seal: i=1; d=list.example; s=s1; b=AAAA') }),
    ],
    ['with a head that does not end', () => `${SIGNATURE}\r\n${'X: a\r\n'.repeat(100_000)}`],
  ])(
    '%s',
    async (_name, letter) => {
      expectSound(await checking.check(Buffer.from(letter(), 'latin1'), { client: RELAY, relay: RELAY }));
    },
    10_000,
  );
});

describe('a letter that breaks its worker', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thanadak-workers-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function breaking(code: string): Promise<Checking> {
    const path = join(folder, `worker-${code.length}.mjs`);
    await writeFile(
      path,
      `export async function verifySignatures(task) { Atomics.store(task.begun, 0, 1); ${code} }\n`,
    );
    return createChecking({ zone: ZONE, workerUrl: pathToFileURL(path) });
  }

  it.each([
    ['keeps it busy for ever', 'for (;;);'],
    ['ends it', 'process.exit(1);'],
    ['eats its memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(0.5 + all.length));'],
    ['makes it throw', 'throw new Error("broken");'],
  ])('%s: it is unknown, and the next one too', async (_name, code) => {
    const { check, close, log } = await breaking(code);
    const letters = [check(signLetter(letterOf(), home)), check(signLetter(letterOf(), home))];
    for (const checked of await Promise.all(letters)) {
      expect(checked).toMatchObject({ verdict: 'unknown', dkim: [{ result: 'temperror' }] });
    }
    await close();
    expect(log.takeWarnings().map(({ message }) => message)).toEqual([
      'the signatures of a letter could not be verified',
      'the signatures of a letter could not be verified',
    ]);
  });

  it('does not hold up a letter beyond its time', async () => {
    const path = join(folder, 'slow.mjs');
    const slow =
      'await new Promise((resolve) => setTimeout(resolve, 500)); return { signatures: [], chain: null };';
    await writeFile(
      path,
      `export async function verifySignatures(task) { Atomics.store(task.begun, 0, 1); ${slow} }\n`,
    );
    const { check, close, log } = await createChecking({
      zone: ZONE,
      workerUrl: pathToFileURL(path),
      letterMs: 30,
    });
    const checks = await Promise.all([1, 2, 3].map(() => check(signLetter(letterOf(), home))));
    expect(checks.map(({ dkim }) => dkim[0]?.result)).toEqual(['temperror', 'temperror', 'temperror']);
    await close();
    log.expectNoWarnings();
  });
});
