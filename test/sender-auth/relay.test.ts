// Behind a relay: on whose word a machine is taken for the sender, and what the sender can forge of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SenderAuthSettings } from '../../src/sender-auth/options.js';
import { type Arrival, type Checking, createChecking, letterOf, RELAY, STRANGER } from './checking.js';
import { createSigner, keyZone, signLetter } from './signing.js';
import type { Zone } from './zone.js';

const OTHER = '203.0.113.77';
const home = createSigner('home.example');
const ZONE: Zone = {
  ...keyZone(home),
  'TXT home.example': [`v=spf1 ip4:${STRANGER} -all`],
  'TXT mail.home.example': [`v=spf1 ip4:${STRANGER} -all`],
  'TXT _dmarc.home.example': ['v=DMARC1; p=reject'],
};

const received = (from: string, by = 'relay.city.example') =>
  `Received: ${from}\r\n\tby ${by} (Postfix) with ESMTPS id 4XyzAb; Tue, 24 Nov 2026 09:30:00 +0530`;
const FROM_STRANGER = received(`from mail.home.example (mail.home.example [${STRANGER}])`);
const FROM_OTHER = received(`from mail.home.example (unknown [${OTHER}])`);
const told = (text: string, id = 'mx.city.example') => `Authentication-Results: ${id};\r\n\t${text}`;
const SPF_PASS = told('spf=pass smtp.mailfrom=rita@home.example');
const BEHIND: Arrival = { client: RELAY, relay: RELAY, helo: 'relay.city.example' };

async function opened(settings: Partial<SenderAuthSettings>): Promise<Checking> {
  return createChecking({ zone: ZONE, settings });
}

describe('in verify mode', () => {
  let checking: Checking;
  beforeAll(async () => {
    checking = await opened({ trustedRelays: [RELAY, '198.51.100.26'] });
  });
  afterAll(async () => {
    await checking.close();
    checking.log.expectNoWarnings();
  });

  it.each<[string, string[], Arrival, string, string]>([
    ['XFORWARD names the client', [FROM_OTHER], { client: STRANGER, relay: RELAY }, 'pass', 'aligned'],
    ['XFORWARD names another', [FROM_STRANGER, SPF_PASS], { client: OTHER, relay: RELAY }, 'fail', 'failed'],
    [
      'XFORWARD goes before what stands in the letter',
      [SPF_PASS, FROM_STRANGER],
      { client: OTHER, relay: RELAY },
      'fail',
      'failed',
    ],
    ['the relay has looked itself', [SPF_PASS, FROM_OTHER], BEHIND, 'pass', 'aligned'],
    [
      'the relay has found it wrong',
      [told('spf=fail smtp.mailfrom=rita@home.example'), FROM_STRANGER],
      BEHIND,
      'fail',
      'failed',
    ],
    [
      'the relay has found another domain',
      [told('spf=pass smtp.mailfrom=x@club.example'), FROM_STRANGER],
      BEHIND,
      'pass',
      'failed',
    ],
    [
      'the relay has looked at HELO',
      [told('spf=pass smtp.helo=mail.home.example'), FROM_OTHER],
      BEHIND,
      'pass',
      'aligned',
    ],
    [
      'the relay had trouble',
      [told('spf=temperror smtp.mailfrom=rita@home.example'), FROM_STRANGER],
      BEHIND,
      'temperror',
      'unknown',
    ],
    ['in two fields', [told('dkim=none'), SPF_PASS, FROM_OTHER], BEHIND, 'pass', 'aligned'],
    [
      'under a name in capitals',
      [told('spf=pass smtp.mailfrom=rita@home.example', 'MX.City.Example'), FROM_OTHER],
      BEHIND,
      'pass',
      'aligned',
    ],
    ['the relay says only from where it had it', [FROM_STRANGER], BEHIND, 'pass', 'aligned'],
    ['… from elsewhere', [FROM_OTHER, FROM_STRANGER], BEHIND, 'fail', 'failed'],
    [
      'what it says of signatures is no SPF',
      [told('dkim=pass header.d=home.example'), FROM_STRANGER],
      BEHIND,
      'pass',
      'aligned',
    ],
    [
      'two trusted relays after each other',
      [
        received('from relay.city.example (relay.city.example [198.51.100.26])', 'mx.city.example'),
        FROM_STRANGER,
      ],
      BEHIND,
      'pass',
      'aligned',
    ],
    ['forged below the Received of the relay', [FROM_OTHER, SPF_PASS], BEHIND, 'fail', 'failed'],
    ['forged below, with a Received', [FROM_OTHER, SPF_PASS, FROM_STRANGER], BEHIND, 'fail', 'failed'],
    [
      'of another name',
      [told('spf=pass smtp.mailfrom=rita@home.example', 'mx.club.example'), FROM_OTHER],
      BEHIND,
      'fail',
      'failed',
    ],
    [
      'of a name within another',
      [told('spf=pass smtp.mailfrom=rita@home.example', 'mx.city.example.club.example'), FROM_OTHER],
      BEHIND,
      'fail',
      'failed',
    ],
    [
      'of a name in a comment',
      [told('spf=pass smtp.mailfrom=rita@home.example', '(mx.city.example;) mx.club.example'), FROM_OTHER],
      BEHIND,
      'fail',
      'failed',
    ],
    [
      'a relay of old, no longer told by the door',
      [FROM_OTHER],
      { client: RELAY, relay: null },
      'fail',
      'failed',
    ],
  ])('%s', async (_name, above, arrival, spf, verdict) => {
    const check = await checking.check(letterOf({ above }), arrival);
    expect([check.spf?.result, check.verdict]).toEqual([spf, verdict]);
  });

  it.each<[string, string[], Arrival]>([
    ['it says nothing', [], BEHIND],
    ['results that stand above no Received may be anybody’s', [SPF_PASS], BEHIND],
    ['it had it from inside', [received('from pc (pc [192.168.1.7])'), FROM_STRANGER], BEHIND],
    ['it does not say from where', [received('from pc'), FROM_STRANGER], BEHIND],
    [
      'XFORWARD names a machine inside',
      [received('from pc (pc [10.0.0.7])')],
      { client: '10.0.0.7', relay: RELAY },
    ],
  ])('nobody knows the machine, so nothing fails: %s', async (_name, above, arrival) => {
    const check = await checking.check(letterOf({ above }), arrival);
    expect([check.spf, check.verdict]).toEqual([null, 'unknown']);
    expect(check.why).toContain('The relay that handed it over does not say');
  });

  it('takes the HELO of the client for a null sender', async () => {
    const check = await checking.check(letterOf({ above: [FROM_STRANGER] }), { ...BEHIND, from: '' });
    expect(check.spf).toMatchObject({ result: 'pass', domain: 'mail.home.example' });
  });

  it('verifies signatures itself, whatever the relay says', async () => {
    const lies = told('dkim=pass header.d=home.example; dmarc=pass header.from=home.example');
    const broken = signLetter(letterOf(), home).replace('dark', 'gone');
    expect(await checking.check(`${lies}\r\n${FROM_OTHER}\r\n${broken}`, BEHIND)).toMatchObject({
      verdict: 'failed',
      dkim: [{ result: 'fail' }],
    });
    const good = signLetter(letterOf(), home);
    const doubts = told('dkim=fail header.d=home.example; dmarc=fail header.from=home.example');
    expect(await checking.check(`${doubts}\r\n${FROM_OTHER}\r\n${good}`, BEHIND)).toMatchObject({
      verdict: 'aligned',
      dkim: [{ result: 'pass' }],
    });
  });

  it('does not believe a stranger who writes like the relay', async () => {
    const letter = letterOf({ above: [SPF_PASS, FROM_STRANGER] });
    expect(await checking.check(letter, { client: OTHER })).toMatchObject({
      verdict: 'failed',
      spf: { result: 'fail' },
    });
  });
});

describe('without a name for the relay', () => {
  it('no results are believed', async () => {
    const checking = await opened({ relayAuthservIds: [] });
    expect(await checking.check(letterOf({ above: [SPF_PASS, FROM_OTHER] }), BEHIND)).toMatchObject({
      verdict: 'failed',
      spf: { result: 'fail' },
    });
    await checking.close();
  });
});

describe('in relay mode', () => {
  let checking: Checking;
  beforeAll(async () => {
    checking = await opened({ mode: 'relay' });
  });
  afterAll(async () => {
    expect(checking.dns.asked).toEqual([]);
    await checking.close();
    checking.log.expectNoWarnings();
  });

  it.each<[string, string, string]>([
    ['DMARC passed', 'dmarc=pass header.from=home.example', 'aligned'],
    [
      'DMARC failed',
      'spf=pass smtp.mailfrom=x@club.example; dmarc=fail (p=reject) header.from=home.example',
      'failed',
    ],
    [
      'DMARC had trouble',
      'spf=fail smtp.mailfrom=rita@home.example; dmarc=temperror header.from=home.example',
      'unknown',
    ],
    ['DMARC of another author', 'dmarc=pass header.from=club.example', 'unknown'],
    [
      'no DMARC, signed by the author',
      'dkim=pass header.d=home.example; dmarc=none header.from=home.example',
      'aligned',
    ],
    ['no DMARC, signed by the author, as i=', 'dkim=pass header.i=@mail.home.example', 'aligned'],
    ['no DMARC, SPF for the author', 'spf=pass smtp.mailfrom=rita@home.example', 'partial'],
    ['no DMARC, SPF for another', 'spf=pass smtp.mailfrom=club.example', 'partial'],
    ['SPF says no', 'spf=fail smtp.mailfrom=rita@home.example', 'failed'],
    ['nothing found', 'none', 'unknown'],
  ])('%s', async (_name, text, verdict) => {
    const letter = letterOf({ above: [told(text), FROM_STRANGER] });
    expect(await checking.check(letter, BEHIND)).toMatchObject({ verdict });
  });

  it.each<[string, string, Arrival, string]>([
    [
      'it says nothing',
      letterOf({ above: [FROM_STRANGER] }),
      BEHIND,
      'The relay says nothing about its sender.',
    ],
    [
      'it is forged below',
      letterOf({ above: [FROM_OTHER, SPF_PASS] }),
      BEHIND,
      'The relay says nothing about its sender.',
    ],
    [
      'it came another way',
      letterOf({ above: [told('dmarc=pass header.from=home.example'), FROM_STRANGER] }),
      { client: STRANGER },
      'It did not come by a relay that could have checked its sender.',
    ],
    [
      'a signature is not looked at',
      `${FROM_STRANGER}\r\n${signLetter(letterOf(), home)}`,
      BEHIND,
      'The relay says nothing about its sender.',
    ],
  ])('%s', async (_name, letter, arrival, why) => {
    expect(await checking.check(letter, arrival)).toMatchObject({ verdict: 'unknown', why });
  });
});
