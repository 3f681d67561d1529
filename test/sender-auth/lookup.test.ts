// Questions to the DNS, and what they may cost.
import { describe, expect, it } from 'vitest';
import { deadlineAfter, limitLookup } from '../../src/sender-auth/letter-lookup.js';
import { createLookup, queryName } from '../../src/sender-auth/lookup.js';
import type { Resolve } from '../../src/sender-auth/options.js';
import { fixedClock } from '../support/clock.js';
import { scriptedDns, type Zone } from './zone.js';

const LONG_MS = 60_000;

function start(zone: Zone, more: { queryMs?: number; maxAnswers?: number } = {}) {
  const dns = scriptedDns(zone);
  const clock = fixedClock();
  return { ...dns, clock, lookup: createLookup({ resolve: dns.resolve, queryMs: LONG_MS, clock, ...more }) };
}

function answering(answer: unknown) {
  const asked: string[] = [];
  const clock = fixedClock();
  const resolve: Resolve = (name) => {
    asked.push(name);
    return Promise.resolve(answer);
  };
  return { asked, clock, lookup: createLookup({ resolve, queryMs: LONG_MS, clock }) };
}

describe('an answer', () => {
  it('is kept, whatever the case of the name', async () => {
    const { lookup, asked } = start({ 'TXT home.example': ['hello'] });
    for (const name of ['home.example', 'HOME.example', 'home.example.']) {
      expect(await lookup.ask(name, 'TXT')).toMatchObject({ kind: 'records', records: [['hello']] });
    }
    expect(asked).toEqual(['TXT home.example']);
  });

  it('is asked once for all who wait', async () => {
    const { lookup, asked } = start({ 'TXT home.example': ['hello'] });
    await Promise.all([1, 2, 3].map(() => lookup.ask('home.example', 'TXT')));
    expect(asked).toHaveLength(1);
  });

  it('is kept by type', async () => {
    const { lookup, asked } = start({ 'TXT home.example': ['hello'] });
    await lookup.ask('home.example', 'TXT');
    expect(await lookup.ask('home.example', 'A')).toEqual({ kind: 'none', code: 'ENODATA' });
    expect(asked).toHaveLength(2);
  });

  it('is asked again after five minutes', async () => {
    const { lookup, asked, clock } = start({ 'TXT home.example': ['hello'] });
    await lookup.ask('home.example', 'TXT');
    clock.advance(299_000);
    await lookup.ask('home.example', 'TXT');
    expect(asked).toHaveLength(1);
    clock.advance(1_000);
    await lookup.ask('home.example', 'TXT');
    expect(asked).toHaveLength(2);
  });

  it.each([
    [0, 30],
    [120, 120],
    [86_400, 600],
  ])('with a time to live of %s seconds is kept for %s', async (ttl, kept) => {
    const { lookup, asked, clock } = answering([{ address: '203.0.113.9', ttl }]);
    expect(await lookup.ask('home.example', 'A')).toMatchObject({ records: ['203.0.113.9'] });
    clock.advance(kept * 1_000 - 1);
    await lookup.ask('home.example', 'A');
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await lookup.ask('home.example', 'A');
    expect(asked).toHaveLength(2);
  });

  it('that there is nothing is kept for a minute', async () => {
    const { lookup, asked, clock } = start({});
    expect(await lookup.ask('home.example', 'TXT')).toEqual({ kind: 'none', code: 'ENOTFOUND' });
    clock.advance(59_000);
    await lookup.ask('home.example', 'TXT');
    expect(asked).toHaveLength(1);
    clock.advance(1_000);
    await lookup.ask('home.example', 'TXT');
    expect(asked).toHaveLength(2);
  });

  it.each(['ESERVFAIL', 'ETIMEOUT', 'EREFUSED', 'ECONNREFUSED'])(
    'of %s is trouble and never kept',
    async (code) => {
      const { lookup, asked } = start({ 'TXT home.example': { trouble: code } });
      expect(await lookup.ask('home.example', 'TXT')).toEqual({ kind: 'trouble', code });
      await lookup.ask('home.example', 'TXT');
      expect(asked).toHaveLength(2);
    },
  );

  it('that does not come is trouble and never kept', async () => {
    const { lookup, asked } = start({ 'TXT home.example': { trouble: 'silent' } }, { queryMs: 5 });
    expect(await lookup.ask('home.example', 'TXT')).toEqual({ kind: 'trouble', code: 'ETIMEOUT' });
    await lookup.ask('home.example', 'TXT');
    expect(asked).toHaveLength(2);
  });

  it('is forgotten when others are wanted more', async () => {
    const { lookup, asked } = start({}, { maxAnswers: 2 });
    for (const name of ['a.example', 'b.example', 'a.example', 'c.example', 'a.example', 'b.example']) {
      await lookup.ask(name, 'TXT');
    }
    expect(asked).toEqual(['TXT a.example', 'TXT b.example', 'TXT c.example', 'TXT b.example']);
  });

  it('is forgotten when all together are too large', async () => {
    const { lookup, asked } = answering([['x'.repeat(16_000)]]);
    for (let n = 0; n < 600; n += 1) await lookup.ask(`a${n}.example`, 'TXT');
    await lookup.ask('a599.example', 'TXT');
    expect(asked).toHaveLength(600);
    await lookup.ask('a0.example', 'TXT');
    expect(asked).toHaveLength(601);
  });

  it.each<[string, unknown, unknown]>([
    ['nothing at all', undefined, { kind: 'none', code: 'ENODATA' }],
    ['no list', { records: [] }, { kind: 'none', code: 'ENODATA' }],
    ['the wrong shape', ['hello', 7, null, [8]], { kind: 'none', code: 'ENODATA' }],
    ['too large', [['x'.repeat(20_000)]], { kind: 'trouble', code: 'answer too long' }],
  ])('of %s is harmless', async (_name, given, answer) => {
    expect(await answering(given).lookup.ask('home.example', 'TXT')).toEqual(answer);
  });

  it('is cut to a hundred records', async () => {
    const many = Array.from({ length: 500 }, () => 'a.example');
    const answer = await answering(many).lookup.ask('9.113.0.203.in-addr.arpa', 'PTR');
    expect(answer.kind === 'records' && answer.records).toHaveLength(100);
  });
});

describe('a name', () => {
  // A NUL ends the name for the resolver: what is behind it would not be asked, and could be anybody's.
  it.each([
    's1._domainkey.evil.example\0.home.example',
    '',
    '.',
    'a..example',
    'home example',
    'home.example\\',
    'ho"me.example',
    'थाना.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(125)}example`,
  ])('%j is not asked for', async (name) => {
    const { lookup, asked } = start({});
    expect(await lookup.ask(name, 'TXT')).toEqual({ kind: 'none', code: 'ENOTFOUND' });
    expect(asked).toEqual([]);
  });

  it.each(['_dmarc.home.example', 'rita+x=y._spf.home.example', '9.113.0.203.in-addr.arpa'])(
    '%s is',
    (name) => {
      expect(queryName(name)).toBe(name);
    },
  );
});

describe('one letter', () => {
  it('may ask so many questions, kept or not', async () => {
    const { lookup, asked } = start({});
    const limited = limitLookup(lookup, { most: 2, deadline: deadlineAfter(LONG_MS) });
    const kinds = [];
    for (const name of ['a.example', 'a.example', 'b.example'])
      kinds.push((await limited.ask(name, 'TXT')).kind);
    expect(kinds).toEqual(['none', 'none', 'trouble']);
    expect(asked).toEqual(['TXT a.example']);
  });

  it('may ask until its deadline', async () => {
    const { lookup } = start({ 'TXT a.example': { trouble: 'silent' } });
    const limited = limitLookup(lookup, { most: 9, deadline: deadlineAfter(5) });
    expect(await limited.ask('a.example', 'TXT')).toEqual({ kind: 'trouble', code: 'ETIMEOUT' });
  });
});
