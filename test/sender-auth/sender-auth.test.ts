// Who wrote: a letter, its envelope and the DNS of the day, and the verdict that follows.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SenderCheck } from '../../src/domain/sender-check.js';
import { createSenderAuth } from '../../src/sender-auth/sender-auth.js';
import { fixedClock } from '../support/clock.js';
import { recordingLog } from '../support/log.js';
import {
  type Arrival,
  type Checking,
  type CheckingOptions,
  createChecking,
  letterOf,
  STRANGER,
} from './checking.js';
import { createSigner, keyZone, signLetter } from './signing.js';
import type { Zone } from './zone.js';

let checking: Checking | undefined;

async function start(options: CheckingOptions): Promise<Checking> {
  checking = await createChecking(options);
  return checking;
}

afterEach(async () => {
  await checking?.close();
  checking?.log.expectNoWarnings();
  checking = undefined;
});

const home = createSigner('home.example');
const sub = createSigner('mail.home.example');
const club = createSigner('club.example');

const SPF: Zone = { 'TXT home.example': [`v=spf1 ip4:${STRANGER} -all`] };
const REJECT: Zone = { 'TXT _dmarc.home.example': ['v=DMARC1; p=reject'] };
const STRICT: Zone = { 'TXT _dmarc.home.example': ['v=DMARC1; p=reject; adkim=s; aspf=s'] };
const CLUB_SPF: Zone = { 'TXT club.example': [`v=spf1 ip4:${STRANGER} -all`] };
const KEYS: Zone = { ...keyZone(home), ...keyZone(sub), ...keyZone(club) };

interface Scenario {
  zone?: Zone;
  letter?: string;
  arrival?: Arrival;
}

let usual: Checking;
beforeAll(async () => {
  usual = await createChecking({});
});
afterAll(async () => {
  await usual.close();
  usual.log.expectNoWarnings();
});

function check({ zone = {}, letter = letterOf(), arrival = {} }: Scenario): Promise<SenderCheck> {
  usual.turnTo({ ...KEYS, ...zone });
  return usual.check(letter, arrival);
}

describe('the verdict', () => {
  it.each<[string, Scenario, string]>([
    ['SPF for the author', { zone: { ...SPF, ...REJECT } }, 'aligned'],
    ['a signature of the author', { zone: REJECT, letter: signLetter(letterOf(), home) }, 'aligned'],
    ['both', { zone: { ...SPF, ...REJECT }, letter: signLetter(letterOf(), home) }, 'aligned'],
    ['a signature of a subdomain, relaxed', { zone: REJECT, letter: signLetter(letterOf(), sub) }, 'aligned'],
    ['a signature of a subdomain, strict', { zone: STRICT, letter: signLetter(letterOf(), sub) }, 'failed'],
    [
      'a signature of the very domain, strict',
      { zone: STRICT, letter: signLetter(letterOf(), home) },
      'aligned',
    ],
    [
      'SPF for a subdomain, relaxed',
      {
        zone: { ...REJECT, 'TXT b.home.example': ['v=spf1 +all'] },
        arrival: { from: 'bounce@b.home.example' },
      },
      'aligned',
    ],
    [
      'SPF for a subdomain, strict',
      {
        zone: { ...STRICT, 'TXT b.home.example': ['v=spf1 +all'] },
        arrival: { from: 'bounce@b.home.example' },
      },
      'failed',
    ],
    [
      'an author below the organisation that publishes',
      {
        zone: { ...REJECT, 'TXT post.home.example': [`v=spf1 ip4:${STRANGER} -all`] },
        letter: letterOf({ from: 'rita@post.home.example' }),
        arrival: { from: 'rita@post.home.example' },
      },
      'aligned',
    ],
    [
      'a null sender whose HELO may send',
      {
        zone: { ...REJECT, 'TXT mail.home.example': [`v=spf1 ip4:${STRANGER} -all`] },
        arrival: { from: '' },
      },
      'aligned',
    ],
    [
      'SPF for somebody else',
      { zone: { ...CLUB_SPF, ...REJECT }, arrival: { from: 'x@club.example' } },
      'failed',
    ],
    ['a signature of somebody else', { zone: REJECT, letter: signLetter(letterOf(), club) }, 'failed'],
    [
      'a changed text',
      { zone: REJECT, letter: signLetter(letterOf(), home).replace('dark', 'gone') },
      'failed',
    ],
    ['no proof at all', { zone: REJECT }, 'failed'],
    ['nothing published, signed by the author', { letter: signLetter(letterOf(), home) }, 'aligned'],
    ['nothing published, SPF for the author', { zone: SPF }, 'partial'],
    [
      'nothing published, SPF for somebody else',
      { zone: CLUB_SPF, arrival: { from: 'x@club.example' } },
      'partial',
    ],
    ['nothing published, signed by somebody else', { letter: signLetter(letterOf(), club) }, 'partial'],
    ['nothing published, SPF says no', { zone: { 'TXT home.example': ['v=spf1 -all'] } }, 'failed'],
    ['nothing published at all', {}, 'unknown'],
    [
      'two authors of one domain, signed',
      { zone: REJECT, letter: signLetter(letterOf({ from: 'a@home.example, b@home.example' }), home) },
      'unknown',
    ],
    [
      'two authors, the second signed',
      { zone: REJECT, letter: signLetter(letterOf({ from: 'a@club.example, b@home.example' }), home) },
      'unknown',
    ],
    [
      'a second From on top of a signed letter',
      { zone: REJECT, letter: `From: oc@club.example\r\n${signLetter(letterOf(), home)}` },
      'unknown',
    ],
    [
      'a display name that is another address',
      { zone: { ...SPF, ...REJECT }, letter: letterOf({ from: '"oc@club.example" <rita@home.example>' }) },
      'aligned',
    ],
    ['no From, SPF passes', { zone: SPF, letter: 'Subject: Light\r\n\r\nDark.\r\n' }, 'partial'],
    [
      'no From, SPF says no',
      { zone: { 'TXT home.example': ['v=spf1 -all'] }, letter: 'Subject: Light\r\n\r\nDark.\r\n' },
      'failed',
    ],
    ['an author without a domain', { zone: SPF, letter: letterOf({ from: 'rita@localhost' }) }, 'partial'],
    [
      'an author that another parser reads otherwise',
      {
        zone: { ...SPF, ...REJECT },
        arrival: { message: { from: { address: 'oc@club.example', name: '' } } },
      },
      'unknown',
    ],
  ])('%s', async (_name, scenario, verdict) => {
    expect(await check(scenario)).toMatchObject({ verdict });
  });

  it('takes an organisation from the list of public suffixes', async () => {
    const letter = letterOf({ from: 'rita@ward.gov.in' });
    const zone = { 'TXT other.gov.in': ['v=spf1 +all'], 'TXT _dmarc.gov.in': ['v=DMARC1; p=reject'] };
    const found = await check({ zone, letter, arrival: { from: 'x@other.gov.in' } });
    // Both lie under gov.in, which belongs to nobody; its record is not the author's.
    expect(found).toMatchObject({ verdict: 'partial', dmarc: { result: 'none' } });
  });

  it('reads an international domain as its A-labels', async () => {
    const domain = 'xn--i2bg9db.example';
    const zone = {
      [`TXT ${domain}`]: ['v=spf1 +all'],
      [`TXT _dmarc.${domain}`]: ['v=DMARC1; p=reject'],
    };
    const letter = Buffer.from(letterOf({ from: 'rita@थाना.example' }), 'utf8').toString('latin1');
    expect(await check({ zone, letter, arrival: { from: 'rita@थाना.example' } })).toMatchObject({
      verdict: 'aligned',
      dmarc: { result: 'pass', domain },
    });
  });
});

describe('what is stored of it', () => {
  it('is each method with its domain', async () => {
    const letter = signLetter(signLetter(letterOf(), home), club);
    expect(await check({ zone: { ...SPF, ...REJECT }, letter })).toEqual({
      verdict: 'aligned',
      why: 'It carries a valid signature of home.example.',
      spf: { result: 'pass', domain: 'home.example', detail: `${STRANGER} may send for it` },
      dkim: [
        { result: 'pass', domain: 'club.example', detail: '' },
        { result: 'pass', domain: 'home.example', detail: '' },
      ],
      dmarc: { result: 'pass', domain: 'home.example', detail: 'policy reject of home.example' },
      arc: null,
    });
  });
});

describe('trouble with the DNS', () => {
  it.each<[string, Zone, string]>([
    ['none of it answers', {}, 'unknown'],
    ['the policy is not to be had', { 'TXT home.example': [`v=spf1 ip4:${STRANGER} -all`] }, 'partial'],
    ['SPF is not to be had', REJECT, 'unknown'],
  ])('is no failure: %s', async (_name, zone) => {
    const silent: Zone = {
      'TXT home.example': { trouble: 'ESERVFAIL' },
      'TXT _dmarc.home.example': { trouble: 'silent' },
    };
    const { check: run } = await start({ zone: { ...silent, ...zone }, queryMs: 10 });
    expect((await run(letterOf())).verdict).not.toBe('failed');
  });

  it('ends with the time of the letter', async () => {
    const zone: Zone = {
      'TXT home.example': { trouble: 'silent' },
      'TXT _dmarc.home.example': { trouble: 'silent' },
    };
    const { check: run } = await start({ zone, queryMs: 60_000, letterMs: 10 });
    expect(await run(letterOf())).toMatchObject({
      verdict: 'unknown',
      spf: { result: 'temperror' },
      dmarc: { result: 'temperror' },
    });
  });

  it('leaves no time for signatures, which then are no failure either', async () => {
    const zone: Zone = { ...REJECT, 'TXT s1._domainkey.home.example': { trouble: 'silent' } };
    const { check: run } = await start({ zone, queryMs: 10 });
    expect(await run(signLetter(letterOf(), home))).toMatchObject({
      verdict: 'unknown',
      dkim: [{ result: 'temperror', domain: 'home.example' }],
    });
  });
});

describe('a machine of our own', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '192.168.7.7', 'fd00::7', ''])(
    '%s is not known to SPF, so nothing fails by it',
    async (client) => {
      const { check: run, dns } = await start({ zone: { ...REJECT, 'TXT home.example': ['v=spf1 -all'] } });
      expect(await run(letterOf(), { client })).toMatchObject({
        verdict: 'unknown',
        why: 'It was handed over from inside, and nobody signed it.',
        spf: null,
      });
      expect(dns.asked).toEqual([]);
    },
  );

  it('can hand over a signed letter', async () => {
    const letter = signLetter(letterOf(), home);
    expect(await check({ zone: REJECT, letter, arrival: { client: '127.0.0.1' } })).toMatchObject({
      verdict: 'aligned',
      spf: null,
    });
  });

  it('can hand over a letter whose signature does not hold', async () => {
    const letter = signLetter(letterOf(), home).replace('dark', 'gone');
    expect(await check({ zone: REJECT, letter, arrival: { client: '127.0.0.1' } })).toMatchObject({
      verdict: 'unknown',
      why: 'It was handed over from inside, by a machine that the outside world does not know, so nothing shows that home.example sent it.',
    });
  });
});

describe('the check', () => {
  it('is not made when it is off', async () => {
    const { check: run, dns } = await start({ zone: { ...SPF, ...REJECT }, settings: { mode: 'off' } });
    expect(await run(signLetter(letterOf(), home))).toEqual({
      verdict: 'unknown',
      why: 'Senders are not checked here.',
      spf: null,
      dkim: [],
      dmarc: null,
      arc: null,
    });
    expect(dns.asked).toEqual([]);
  });

  it('answers unknown, and says so in the log, when the letter is gone', async () => {
    const log = recordingLog();
    const auth = createSenderAuth({
      settings: () => ({ mode: 'verify', trustedRelays: [], relayAuthservIds: [], trustedSealers: [] }),
      hostname: 'mail.kolkatapolice.example',
      resolve: () => Promise.reject(new Error('not to be asked')),
      clock: fixedClock(),
      log,
    });
    const { check: run } = await start({});
    expect((await run(letterOf())).verdict).toBe('unknown');
    const spooled = {
      id: '01JDEXAMPLE000000000000000',
      envelope: {
        from: '',
        to: [],
        client: { address: STRANGER, name: '', relay: null },
        protocol: 'ESMTP',
        tls: null,
      },
      receivedAt: '2026-11-24T04:00:00.000Z',
      bytes: 0,
      sha256: '',
      bareNewlines: false,
    };
    const message = { parsed: false, headers: [] } as never;
    const checked = await auth.check({ spooled, path: '/nowhere/letter.eml', message });
    expect(checked).toMatchObject({ verdict: 'unknown', why: 'Its sender could not be checked.' });
    expect(log.takeWarnings()).toHaveLength(1);
    await auth.close();
    expect(await auth.check({ spooled, path: '/nowhere/letter.eml', message })).toMatchObject({
      verdict: 'unknown',
    });
    log.expectNoWarnings();
  });
});
