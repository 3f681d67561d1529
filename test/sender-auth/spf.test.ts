// SPF: whose machine, and what a record may make us ask.
import { describe, expect, it } from 'vitest';
import { deadlineAfter, limitLookup } from '../../src/sender-auth/letter-lookup.js';
import { createLookup } from '../../src/sender-auth/lookup.js';
import { checkSpf, type SpfQuestion } from '../../src/sender-auth/spf.js';
import { writeOutDomain } from '../../src/sender-auth/spf-macros.js';
import { fixedClock } from '../support/clock.js';
import { scriptedDns, type Zone } from './zone.js';

const QUESTION: SpfQuestion = {
  sender: 'rita@home.example',
  address: '203.0.113.9',
  helo: 'mail.home.example',
  hostname: 'mail.kolkatapolice.example',
};

async function check(zone: Zone, more: Partial<SpfQuestion> = {}, most = 60) {
  const dns = scriptedDns(zone);
  const lookup = createLookup({ resolve: dns.resolve, queryMs: 1_000, clock: fixedClock() });
  const limited = limitLookup(lookup, { most, deadline: deadlineAfter(5_000) });
  const finding = await checkSpf({ ...QUESTION, ...more }, limited);
  return { finding, asked: dns.asked };
}

const result = async (...given: Parameters<typeof check>) => (await check(...given)).finding.result;

describe('SPF', () => {
  it.each<[string, Zone, string]>([
    ['the machine is allowed', { 'TXT home.example': ['v=spf1 ip4:203.0.113.0/24 -all'] }, 'pass'],
    ['it is not', { 'TXT home.example': ['v=spf1 ip4:198.51.100.0/24 -all'] }, 'fail'],
    ['it is hardly', { 'TXT home.example': ['v=spf1 ~all'] }, 'softfail'],
    ['nobody says', { 'TXT home.example': ['v=spf1 ?all'] }, 'neutral'],
    ['nobody says anything', { 'TXT home.example': ['v=spf1'] }, 'neutral'],
    ['no record', { 'TXT home.example': ['hello'] }, 'none'],
    ['no domain', {}, 'none'],
    ['two records', { 'TXT home.example': ['v=spf1 -all', 'v=spf1 +all'] }, 'permerror'],
    ['nonsense', { 'TXT home.example': ['v=spf1 foo:bar -all'] }, 'permerror'],
    [
      'an included record',
      {
        'TXT home.example': ['v=spf1 include:_spf.host.example -all'],
        'TXT _spf.host.example': ['v=spf1 ip4:203.0.113.9 -all'],
      },
      'pass',
    ],
    [
      'an included record that is not there',
      { 'TXT home.example': ['v=spf1 include:_spf.host.example -all'] },
      'permerror',
    ],
    [
      'a redirect',
      {
        'TXT home.example': ['v=spf1 redirect=host.example'],
        'TXT host.example': ['v=spf1 a -all'],
        'A host.example': ['203.0.113.9'],
      },
      'pass',
    ],
    ['itself included for ever', { 'TXT home.example': ['v=spf1 include:home.example -all'] }, 'permerror'],
  ])('%s', async (_name, zone, expected) => {
    expect(await result(zone)).toBe(expected);
  });

  // The library takes every code but ETIMEOUT and EREFUSED inside an include for "does not match", and ends at -all.
  it.each(['ESERVFAIL', 'EREFUSED', 'ECONNREFUSED', 'EFORMERR'])(
    '%s anywhere is no failure',
    async (trouble) => {
      expect(await result({ 'TXT home.example': { trouble } })).toBe('temperror');
      const within = {
        'TXT home.example': ['v=spf1 include:host.example -all'],
        'TXT host.example': { trouble },
      };
      expect(await result(within)).toBe('temperror');
      const behind = {
        'TXT home.example': ['v=spf1 redirect=host.example'],
        'TXT host.example': { trouble },
      };
      expect(await result(behind)).toBe('temperror');
      expect(await result({ 'TXT home.example': ['v=spf1 a -all'], 'A home.example': { trouble } })).toBe(
        'temperror',
      );
    },
  );

  it('asks about HELO when there is no sender (RFC 7208 2.4)', async () => {
    const { finding } = await check(
      { 'TXT mail.home.example': ['v=spf1 a -all'], 'A mail.home.example': ['203.0.113.9'] },
      { sender: '' },
    );
    expect(finding).toMatchObject({
      result: 'pass',
      identity: { domain: 'mail.home.example', organisation: 'home.example' },
    });
  });

  it.each([
    ['', '[203.0.113.9]'],
    ['', ''],
    ['', 'localhost'],
    ['rita', 'mail.home.example'],
    ['rita@', 'mail.home.example'],
    ['rita@localhost', 'mail.home.example'],
    ['rita@home.example\0.club.example', 'mail.home.example'],
    ['rita@[203.0.113.9]', 'mail.home.example'],
  ])('asks nothing about %j by %j', async (sender, helo) => {
    const { finding, asked } = await check({}, { sender, helo });
    expect([finding.result, finding.identity, asked]).toEqual(['none', null, []]);
  });

  it('reads the domain of a sender at its end', async () => {
    const zone = { 'TXT home.example': ['v=spf1 -all'], 'TXT club.example': ['v=spf1 +all'] };
    const { finding } = await check(zone, { sender: '"x@club.example"@home.example' });
    expect(finding).toMatchObject({ result: 'fail', identity: { domain: 'home.example' } });
  });

  it('knows IPv6', async () => {
    const zone = { 'TXT home.example': ['v=spf1 ip6:2001:db8::/32 -all'] };
    expect(await result(zone, { address: '2001:db8::9' })).toBe('pass');
    expect(await result(zone, { address: '2001:db9::9' })).toBe('fail');
  });

  it('lets no record ask for ever', async () => {
    const zone: Record<string, (string | { exchange: string; priority: number })[]> = {
      'TXT home.example': [
        `v=spf1 ${Array.from({ length: 10 }, (_, n) => `mx:m${n}.example`).join(' ')} -all`,
      ],
    };
    for (let n = 0; n < 10; n += 1) {
      zone[`MX m${n}.example`] = Array.from({ length: 10 }, (_, m) => ({
        exchange: `h${m}.m${n}.example`,
        priority: m,
      }));
      for (let m = 0; m < 10; m += 1) zone[`A h${m}.m${n}.example`] = ['198.51.100.1'];
    }
    const { finding, asked } = await check(zone);
    expect(finding.result).toBe('temperror');
    expect(asked).toHaveLength(60);
  });

  it('puts nothing strange into a name', async () => {
    const zone = { 'TXT home.example': ['v=spf1 exists:%{l}.%{i}.spf.home.example -all'] };
    const { asked } = await check(zone, { sender: 'ri\0ta/x"@home.example' });
    expect(asked.at(-1)).toBe('A ri_ta_x_.203.0.113.9.spf.home.example');
  });
});

describe('the domain macro', () => {
  it.each([
    ['%{d}', 'a.b.home.example'],
    ['%{D}', 'a.b.home.example'],
    ['%{d2}', 'home.example'],
    ['%{d1r}', 'a'],
    ['%{dr}', 'example.home.b.a'],
    ['%{d9}', 'a.b.home.example'],
    ['%{d0}', 'a.b.home.example'],
    ['%{d-}', 'a.b.home.example'],
    ['%{i}.%{d2}.%{s}', '%{i}.home.example.%{s}'],
    ['%{o}', '%{o}'],
    ['%%{d}', '%a.b.home.example'],
  ])('%s is written out', (text, expected) => {
    expect(writeOutDomain(text, 'a.b.home.example')).toBe(expected);
  });

  // The library takes it for the sender's domain wherever it stands.
  it('means the included domain in an included record (RFC 7208 7.2)', async () => {
    const zone = {
      'TXT home.example': ['v=spf1 include:_spf.host.example -all'],
      'TXT _spf.host.example': ['v=spf1 exists:%{i}.%{d} -all'],
      'A 203.0.113.9._spf.host.example': ['127.0.0.2'],
    };
    expect(await result(zone)).toBe('pass');
  });
});
