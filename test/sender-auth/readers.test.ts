// Headers as people, programs and forgers write them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthenticationResults } from '../../src/sender-auth/authentication-results.js';
import { readAddresses } from '../../src/sender-auth/authors.js';
import { splitLetterHead } from '../../src/sender-auth/head.js';
import { isOneOf, isPublic, plainAddress } from '../../src/sender-auth/ip-address.js';
import { readReceivedFrom } from '../../src/sender-auth/received.js';
import { readTagList } from '../../src/sender-auth/tags.js';

describe('the authors', () => {
  it.each([
    ['rita@home.example', ['rita@home.example']],
    ['Rita Das <Rita@Home.Example>', ['rita@home.example']],
    ['"Das, Rita" <rita@home.example>', ['rita@home.example']],
    ['Das, Rita <rita@home.example>', ['rita@home.example']],
    ['rita@home.example (Rita, at home)', ['rita@home.example']],
    ['"oc@police.example" <evil@club.example>', ['evil@club.example']],
    ['oc@police.example <evil@club.example>', ['evil@club.example']],
    ['(oc@police.example) evil@club.example', ['evil@club.example']],
    ['"\\"oc@police.example\\"" <evil@club.example>', ['evil@club.example']],
    ['a@home.example, b@club.example', ['a@home.example', 'b@club.example']],
    ['<a@home.example> <b@club.example>', ['a@home.example', 'b@club.example']],
    ['a@home.example b@club.example', ['a@home.example', 'b@club.example']],
    ['Us: a@home.example, B <b@club.example>;', ['a@home.example', 'b@club.example']],
    ['rita @ home.example', ['rita@home.example']],
    ['<@relay.example,@b.example:rita@home.example>', ['rita@home.example']],
    ['"rita das"@home.example', ['quoted@home.example']],
    ['Rita', []],
    ['<>', []],
    ['', []],
    ['"unclosed <rita@home.example>', []],
    ['Rita <rita@home.example', ['rita@home.example']],
    ['a@b@home.example', ['a@b@home.example']],
    ['r\u00c3\u00ad@home.example', ['r\u00ed@home.example']],
  ])('of %j', (value, addresses) => {
    expect(readAddresses(value)).toEqual(addresses);
  });
});

describe('Authentication-Results (RFC 8601)', () => {
  const read = (value: string) => {
    const results = readAuthenticationResults(value);
    return (
      results && [
        results.authservId,
        ...results.claims.map(({ method, result, properties }) => ({
          [method]: result,
          ...Object.fromEntries(properties),
        })),
      ]
    );
  };

  it.each<[string, unknown]>([
    ['mx.city.example; none', ['mx.city.example']],
    ['mx.city.example 1; none', ['mx.city.example']],
    [
      'MX.city.example; spf=pass smtp.mailfrom=rita@home.example',
      ['mx.city.example', { spf: 'pass', 'smtp.mailfrom': 'rita@home.example' }],
    ],
    [
      'mx.city.example (a; spf=fail) ; spf (b) = (c) pass (d (e)) reason="x; dkim=pass" smtp.helo=h.example',
      ['mx.city.example', { spf: 'pass', reason: 'x; dkim=pass', 'smtp.helo': 'h.example' }],
    ],
    [
      'mx.city.example; dkim=pass header.d=home.example header.b=ab+/c=; dkim=fail header.i=@club.example',
      [
        'mx.city.example',
        { dkim: 'pass', 'header.d': 'home.example', 'header.b': 'ab+/c' },
        { dkim: 'fail', 'header.i': '@club.example' },
      ],
    ],
    [
      '"mx city"; DMARC/1=PASS header.from="home.example"',
      ['mx city', { dmarc: 'pass', 'header.from': 'home.example' }],
    ],
    [
      'mx.city.example; spf=pass smtp.mailfrom=a@home.example smtp.mailfrom=b@club.example',
      ['mx.city.example', { spf: 'pass', 'smtp.mailfrom': 'a@home.example' }],
    ],
    ['mx.city.example; spf', ['mx.city.example']],
    ['mx.city.example; =pass; spf=', ['mx.city.example']],
    ['spf=pass smtp.mailfrom=rita@home.example', undefined],
    ['', undefined],
    ['; spf=pass', undefined],
    ['(comment', undefined],
  ])('%j', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });
});

describe('Received', () => {
  const by = ' by relay.city.example with ESMTP id 4XyzAb; Tue, 24 Nov 2026 09:30:00 +0530';
  it.each<[string, string, string | undefined, string?]>([
    [
      'Postfix',
      'from mail.home.example (host.home.example [203.0.113.9])',
      '203.0.113.9',
      'mail.home.example',
    ],
    [
      'Postfix, no name',
      'from mail.home.example (unknown [203.0.113.9])',
      '203.0.113.9',
      'mail.home.example',
    ],
    [
      'Postfix, IPv6',
      'from mail.home.example (unknown [IPv6:2001:db8::25])',
      '2001:db8::25',
      'mail.home.example',
    ],
    [
      'Postfix, with TLS',
      'from mail.home.example (h.home.example [203.0.113.9]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))',
      '203.0.113.9',
      'mail.home.example',
    ],
    [
      'a client that calls itself an address',
      'from [198.51.100.1] (unknown [203.0.113.9])',
      '203.0.113.9',
      '',
    ],
    ['… and a comment', 'from x([198.51.100.1]) (unknown [203.0.113.9])', '203.0.113.9', 'x([198.51.100.1])'],
    [
      'a client whose certificate names an address',
      'from m.home.example (unknown [203.0.113.9]) (Client CN "x [198.51.100.1]")',
      '203.0.113.9',
      'm.home.example',
    ],
    ['Exim', 'from mail.home.example ([203.0.113.9])', '203.0.113.9', 'mail.home.example'],
    [
      'Exim, another HELO',
      'from h.home.example ([203.0.113.9] helo=m.home.example)',
      '203.0.113.9',
      'm.home.example',
    ],
    [
      'Exim, HELO an address',
      'from h.home.example ([203.0.113.9]:4711 helo=[198.51.100.1])',
      '203.0.113.9',
      '[198.51.100.1]',
    ],
    ['Exim, no name', 'from [203.0.113.9] (helo=[198.51.100.1])', '203.0.113.9', '[198.51.100.1]'],
    [
      'Exim, no name, port',
      'from [203.0.113.9] (port=4711 helo=m.home.example)',
      '203.0.113.9',
      'm.home.example',
    ],
    [
      'sendmail',
      'from m.home.example (rita@h.home.example [203.0.113.9] (may be forged))',
      '203.0.113.9',
      'm.home.example',
    ],
    [
      'Gmail',
      'from mail-f41.home.example (mail-f41.home.example. [203.0.113.9])',
      '203.0.113.9',
      'mail-f41.home.example',
    ],
    ['qmail', 'from unknown (HELO m.home.example) (203.0.113.9)', '203.0.113.9', 'm.home.example'],
    [
      'qmail, HELO an address',
      'from unknown (HELO 198.51.100.1) (203.0.113.9)',
      '203.0.113.9',
      '198.51.100.1',
    ],
    ['Exchange', 'from M1.home.example (2001:db8::12)', '2001:db8::12', 'M1.home.example'],
    ['a HELO alone proves nothing', 'from [198.51.100.1]', undefined],
    ['nobody', 'from localhost', undefined],
    ['made here', '', undefined],
    ['an address behind by', 'from m.home.example', undefined],
  ])('%s', (_name, from, address, helo) => {
    const found = readReceivedFrom(`${from}${by} (relay [198.51.100.25])`.trim());
    expect(found).toEqual(address === undefined ? undefined : { address, helo });
  });
});

describe('an IP address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9', true],
    ['[203.0.113.9]', '203.0.113.9', true],
    ['::ffff:203.0.113.9', '203.0.113.9', true],
    ['[IPv6:2001:DB8::9]', '2001:db8::9', true],
    ['127.0.0.1', '127.0.0.1', false],
    ['::1', '::1', false],
    ['::ffff:127.0.0.1', '127.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', false],
    ['172.31.0.1', '172.31.0.1', false],
    ['172.32.0.1', '172.32.0.1', true],
    ['192.168.1.1', '192.168.1.1', false],
    ['100.64.0.1', '100.64.0.1', false],
    ['fe80::1%eth0', 'fe80::1', false],
    ['fd00::1', 'fd00::1', false],
  ])('%s is %s, public: %s', (text, plain, outside) => {
    expect(plainAddress(text)).toBe(plain);
    expect(isPublic(plain)).toBe(outside);
  });

  it.each(['', 'home.example', '203.0.113', '203.0.113.9.', '203.0.113.9/24', 'x'.repeat(100)])(
    'is not %j',
    (text) => {
      expect(plainAddress(text)).toBeUndefined();
    },
  );

  it('is found however it is written', () => {
    const relays = ['198.51.100.25', '[IPv6:2001:DB8:0:0::25]', '::ffff:198.51.100.27', 'nonsense'];
    const asked = ['198.51.100.25', '2001:db8::25', '198.51.100.27', '198.51.100.26', '2001:db8::26'];
    expect(asked.map((address) => isOneOf(relays, address))).toEqual([true, true, true, false, false]);
  });
});

describe('the head', () => {
  it.each<[string, string, string[], number]>([
    ['CRLF', 'A: 1\r\nB: 2\r\n c\r\n\r\nbody', ['A: 1', 'B: 2\r\n c'], 18],
    ['LF', 'A: 1\nB: 2\n\nbody', ['A: 1', 'B: 2'], 11],
    ['mixed ends', 'A: 1\r\nB: 2\n\r\nbody', ['A: 1', 'B: 2'], 13],
    ['none', '\r\nbody', [], 2],
    ['nothing but a head', 'A: 1\r\nB: 2', ['A: 1', 'B: 2'], 10],
    ['a fold of other white space', 'A: 1\r\n\x0bb\r\n\r\n', ['A: 1\r\n\x0bb'], 12],
    ['a name folded from its colon', 'From\r\n : a@home.example\r\n\r\n', ['From\r\n : a@home.example'], 27],
  ])('with %s', (_name, letter, lines, bodyStart) => {
    const head = splitLetterHead(letter, true);
    expect([head.lines.map(({ raw }) => raw), head.bodyStart, head.whole]).toEqual([lines, bodyStart, true]);
  });

  it('names its fields', () => {
    const head = splitLetterHead('FROM : a\r\nFrom\r\n : b\r\nnonsense\r\n\r\n', true);
    expect(head.lines.map(({ name }) => name)).toEqual(['from', 'from', 'nonsense']);
  });

  it('that does not end is not whole', () => {
    expect(splitLetterHead('A: 1\r\nB: 2', false).whole).toBe(false);
    expect(splitLetterHead(`${'A: 1\r\n'.repeat(3_000)}\r\n`, true).whole).toBe(false);
  });
});

describe('a tag list (RFC 6376 3.2)', () => {
  it('is read without its spaces', () => {
    expect([...readTagList(' v=1; d = home.example ;h=from : to;;b=a b\tc=;d=club.example; x')]).toEqual([
      ['v', '1'],
      ['d', 'home.example'],
      ['h', 'from:to'],
      ['b', 'abc='],
    ]);
  });
});

describe('no header', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          '(',
          ')',
          '"',
          '\\',
          '<',
          '>',
          '@',
          ',',
          ';',
          ':',
          '=',
          '[',
          ']',
          ' ',
          'by',
          'from',
          'a.example',
          '\0',
          '\u00a0',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join('')),
  );

  it('makes a reader throw', () => {
    fc.assert(
      fc.property(text, (value) => {
        readAddresses(value);
        readAuthenticationResults(value);
        readReceivedFrom(value);
        readReceivedFrom(`from ${value}`);
        readTagList(value);
        splitLetterHead(value, true);
      }),
    );
  });
});
