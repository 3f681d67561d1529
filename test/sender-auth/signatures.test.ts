// Signatures: those that hold, those that only seem to, and those that are not looked at.
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checking, createChecking, letterOf } from './checking.js';
import { createSigner, keyZone, type Signer, type SigningOptions, signLetter } from './signing.js';
import type { Zone } from './zone.js';

const home = createSigner('home.example');
const edwards = createSigner('home.example', 'ed25519', 'ed');
const short = createSigner('home.example', 'short', 'short');
const unpublished = createSigner('home.example', 'rsa', 'gone');
const revoked = { ...createSigner('home.example', 'rsa', 'revoked'), record: 'v=DKIM1; k=rsa; p=' };
const forWeb = forUse('web', 's=web');
const forSha1 = forUse('old', 'h=sha1');
const forMail = forUse('mail', 's=email:web; h=sha1:sha256; t=s; n=it is "ours" (really)');

function forUse(selector: string, tags: string): Signer {
  const signer = createSigner('home.example', 'rsa', selector);
  return { ...signer, record: signer.record.replace('k=rsa;', `k=rsa; ${tags};`) };
}

const ZONE: Zone = Object.assign(
  {},
  ...[home, edwards, short, revoked, forWeb, forSha1, forMail].map(keyZone),
);

let checking: Checking;
beforeAll(async () => {
  checking = await createChecking({ zone: ZONE });
});
afterAll(async () => {
  await checking.close();
  checking.log.expectNoWarnings();
});

async function resultsOf(letter: string | Buffer): Promise<string[]> {
  const { dkim } = await checking.check(letter, { from: '' });
  return dkim.map(({ result, detail }) => (detail === '' ? result : `${result}: ${detail}`));
}

const SPACED = ' lines \t with\t\tspace  \r\n\r\n\r\n and more \r\n\r\n\r\n';

describe('a signature holds', () => {
  it.each<[string, string, Signer, SigningOptions]>([
    ['relaxed/relaxed', letterOf({ body: SPACED }), home, {}],
    ['simple/simple', letterOf({ body: SPACED }), home, { canonicalization: 'simple/simple' }],
    ['relaxed/simple', letterOf({ body: SPACED }), home, { canonicalization: 'relaxed/simple' }],
    ['simple/relaxed', letterOf({ body: SPACED }), home, { canonicalization: 'simple/relaxed' }],
    ['Ed25519', letterOf(), edwards, {}],
    ['an empty body, simple', letterOf({ body: '' }), home, { canonicalization: 'simple/simple' }],
    ['an empty body, relaxed', letterOf({ body: '' }), home, {}],
    ['a body without an end of line', letterOf({ body: 'no end' }), home, {}],
    [
      'a field signed that is not there',
      letterOf(),
      home,
      { fields: ['from', 'from', 'cc', 'subject', 'subject'] },
    ],
    ['a length that is the whole', letterOf({ body: 'abc\r\n' }), home, { bodyLength: 5 }],
    ['a key for mail and other things', letterOf(), forMail, {}],
    ['a date in the past and one to come', letterOf(), home, { more: ' t=1732000000; x=4102444800;' }],
  ])('%s', async (_name, letter, signer, options) => {
    expect(await resultsOf(signLetter(letter, signer, options))).toEqual(['pass']);
  });

  it('after a relay changed ends of lines and folds', async () => {
    const letter = signLetter(letterOf({ body: 'a\r\nb\r\n' }), home);
    expect(await resultsOf(letter.replaceAll('\r\n', '\n'))).toEqual(['pass']);
    expect(await resultsOf(letter.replace('Subject: Street', 'Subject:\r\n\tStreet'))).toEqual(['pass']);
  });

  it('of a letter larger than any buffer', async () => {
    const letter = signLetter(letterOf({ body: `${'x'.repeat(72)}  y\r\n`.repeat(40_000) }), home);
    expect(await resultsOf(letter)).toEqual(['pass']);
  });

  it('that nodemailer made', async () => {
    const transport = createTransport({
      streamTransport: true,
      buffer: true,
      dkim: {
        domainName: home.domain,
        keySelector: home.selector,
        privateKey: home.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    });
    const { message } = await transport.sendMail({
      from: 'Rita Das <rita@home.example>',
      to: 'behala.ps@kolkatapolice.example',
      subject: 'রাস্তার আলো',
      text: 'অন্ধকার।',
      attachments: [{ filename: 'lamp.txt', content: 'dark' }],
    });
    expect(await resultsOf(message as Buffer)).toEqual(['pass']);
  });
});

describe('a signature does not count', () => {
  const signed = (options: SigningOptions = {}) => signLetter(letterOf(), home, options);
  it.each<[string, string, string]>([
    ['a changed text', signed().replace('dark', 'gone'), 'fail: the text was altered'],
    ['a changed subject', signed().replace('Street', 'Tram'), 'fail: the signature does not fit'],
    ['a changed author', signed().replace('rita@', 'mita@'), 'fail: the signature does not fit'],
    ['no key', signLetter(letterOf(), unpublished), 'permerror: its key is not published'],
    ['a key taken back', signLetter(letterOf(), revoked), 'neutral: invalid public key'],
    ['a short key', signLetter(letterOf(), short), 'policy: its key is too short'],
    ['a key for something else', signLetter(letterOf(), forWeb), 'permerror: its key is for something else'],
    ['a key for another hash', signLetter(letterOf(), forSha1), 'permerror: its key is for something else'],
    ['SHA-1 (RFC 8301)', signed({ hash: 'sha1' }), 'policy: signed with SHA-1'],
    [
      'the author not signed',
      signed({ fields: ['subject', 'to'] }),
      'permerror: the signature cannot be used',
    ],
    ['its time is over', signed({ more: ' t=1732000000; x=1732000100;' }), 'neutral: expired'],
    [
      'something added below what is signed',
      `${signLetter(letterOf({ body: 'abc\r\n' }), home, { bodyLength: 5 })}and more\r\n`,
      'policy: something was added below what is signed',
    ],
    [
      'another algorithm',
      signed().replace('rsa-sha256', 'rsa-sha512'),
      'permerror: the signature cannot be used',
    ],
    ['no selector', signed().replace(' s=s1;', ''), 'permerror: the signature cannot be used'],
    ['no signed fields', signed().replace(/h=[^;]*;/, ''), 'permerror: the signature cannot be used'],
    [
      'two domains',
      signed().replace('d=home.example;', 'd=home.example; d=club.example;'),
      'permerror: its key is not published',
    ],
    [
      'a domain hidden behind a NUL',
      signed()
        .replace('s=s1;', 's=s1._domainkey.home.example\0.x;')
        .replace('d=home.example', 'd=club.example'),
      'permerror: its key is not published',
    ],
    [
      'a comment in the domain',
      signed().replace('d=home.example', 'd=(x)home.example'),
      'permerror: its key is not published',
    ],
    [
      'nonsense',
      letterOf({ above: ['DKIM-Signature: nonsense'] }),
      'permerror: the signature cannot be used',
    ],
    ['nothing', letterOf({ above: ['DKIM-Signature:'] }), 'permerror: the signature cannot be used'],
  ])('%s', async (_name, letter, result) => {
    expect(await resultsOf(letter)).toEqual([result]);
  });

  it('when something was put under a signed From that others take for a part of it', async () => {
    for (const blank of ['\x0b', '\x0c', '\xa0']) {
      const letter = signLetter(letterOf(), home).replace(
        'From: Rita Das <rita@home.example>\r\n',
        `From: Rita Das <rita@home.example>\r\n${blank}, oc@club.example\r\n`,
      );
      expect(await resultsOf(letter)).toEqual(['fail: the signature does not fit']);
    }
  });

  it('after it was judged as of when the letter came, not as of today', async () => {
    const letter = signLetter(letterOf(), home, { more: ' x=1732000100;' });
    const then = { from: '', receivedAt: '2024-11-19T07:00:00.000Z' };
    expect((await checking.check(letter, then)).dkim).toMatchObject([{ result: 'pass' }]);
  });
});

describe('of many signatures', () => {
  it('the first five from the top are looked at', async () => {
    let letter = signLetter(letterOf(), home);
    for (let n = 0; n < 5; n += 1) letter = signLetter(letter, unpublished);
    expect(await resultsOf(letter)).toEqual(Array(5).fill('permerror: its key is not published'));
    expect(await resultsOf(signLetter(letter, home))).toEqual([
      'pass',
      ...Array(4).fill('permerror: its key is not published'),
    ]);
  });

  // Whoever passes a letter on signs the signatures below, so leaving one out of the head would break theirs.
  it('those not looked at still stand in the head', async () => {
    let letter = letterOf();
    for (let n = 0; n < 7; n += 1) letter = signLetter(letter, unpublished);
    letter = signLetter(letter, home, {
      fields: ['from', 'subject', ...Array<string>(7).fill('dkim-signature')],
    });
    expect((await resultsOf(letter))[0]).toBe('pass');
  });

  it('each has its own key asked for, once', async () => {
    const { dns, check, close } = await createChecking({ zone: ZONE });
    const letter = signLetter(signLetter(signLetter(letterOf(), home), edwards), home);
    expect((await check(letter, { from: '' })).dkim.map(({ result }) => result)).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    expect(dns.asked.filter((asked) => asked.includes('_domainkey')).sort()).toEqual([
      'TXT ed._domainkey.home.example',
      'TXT s1._domainkey.home.example',
    ]);
    await close();
  });
});

it('a letter whose head does not end is not verified', async () => {
  const letter = signLetter(letterOf({ above: ['X-Long: x'] }), home).replace(
    'X-Long: x',
    `X-Long: ${'x'.repeat(300_000)}`,
  );
  expect(await resultsOf(letter)).toEqual(['permerror: the head of the letter is too long']);
});
