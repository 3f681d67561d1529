import { describe, expect, it } from 'vitest';
import { alignmentOf, readDmarcRecord } from '../../src/domain/sender-dmarc.js';
import {
  type Identity,
  isAligned,
  mailDomainOf,
  type SenderEvidence,
} from '../../src/domain/sender-evidence.js';

const AT_HOME = { at: 'home.example', inherited: false };
const id = (domain: string): Identity => ({ domain, organisation: domain.split('.').slice(-2).join('.') });

describe('a DMARC record', () => {
  it.each([
    ['the least', 'v=DMARC1; p=none', { policy: 'none', strictDkim: false, strictSpf: false }],
    ['without a space', 'v=DMARC1;p=reject', { policy: 'reject' }],
    ['with strange spaces', ' v = DMARC1 ;\tp = Quarantine ;', { policy: 'quarantine' }],
    ['strict in both', 'v=DMARC1; p=reject; adkim=s; aspf=s', { strictDkim: true, strictSpf: true }],
    ['strict for DKIM', 'v=DMARC1; p=reject; adkim=S', { strictDkim: true, strictSpf: false }],
    ['strict for SPF', 'v=DMARC1; aspf=s; p=reject', { strictDkim: false, strictSpf: true }],
    ['relaxed by name', 'v=DMARC1; p=reject; adkim=r; aspf=r', { strictDkim: false, strictSpf: false }],
    ['an unknown mode is relaxed', 'v=DMARC1; p=reject; adkim=x', { strictDkim: false }],
    ['the first of a tag given twice', 'v=DMARC1; p=reject; adkim=s; adkim=r', { strictDkim: true }],
    ['unknown tags', 'v=DMARC1; np=reject; p=none; fo=1; junk; =;', { policy: 'none' }],
    ['no policy, but reports', 'v=DMARC1; rua=mailto:d@home.example', { policy: 'none' }],
    ['a bad policy, but reports', 'v=DMARC1; p=maybe; rua=mailto:d@home.example', { policy: 'none' }],
    ['a policy for subdomains is not for itself', 'v=DMARC1; p=none; sp=reject', { policy: 'none' }],
  ])('is read: %s', (_name, text, expected) => {
    expect(readDmarcRecord([text], AT_HOME)).toMatchObject({ at: 'home.example', ...expected });
  });

  it('found above the domain shows its policy for subdomains', () => {
    const found = { at: 'home.example', inherited: true };
    expect(readDmarcRecord(['v=DMARC1; p=none; sp=reject'], found)?.policy).toBe('reject');
    expect(readDmarcRecord(['v=DMARC1; p=quarantine'], found)?.policy).toBe('quarantine');
  });

  it.each([
    ['nothing', []],
    ['something else', ['v=spf1 -all']],
    ['another version', ['v=DMARC10; p=reject']],
    ['a version in lower case (RFC 7489 6.3)', ['v=dmarc1; p=reject']],
    ['the version later', ['p=reject; v=DMARC1']],
    ['neither policy nor reports', ['v=DMARC1']],
    ['a bad policy without reports', ['v=DMARC1; p=maybe']],
    ['two records (RFC 7489 6.6.3)', ['v=DMARC1; p=none', 'v=DMARC1; p=reject']],
  ])('is none: %s', (_name, texts) => {
    expect(readDmarcRecord(texts, AT_HOME)).toBeUndefined();
  });

  it('is found among other texts', () => {
    expect(readDmarcRecord(['hello', 'v=DMARC1; p=reject'], AT_HOME)?.policy).toBe('reject');
  });
});

describe('alignment (RFC 7489 3.1)', () => {
  it.each([
    ['home.example', 'home.example', true, true],
    ['mail.home.example', 'home.example', true, false],
    ['home.example', 'mail.home.example', true, false],
    ['a.home.example', 'b.home.example', true, false],
    ['other.example', 'home.example', false, false],
    ['nothome.example', 'home.example', false, false],
  ])('of %s with the author %s: relaxed %s, strict %s', (domain, author, relaxed, strict) => {
    expect(isAligned(id(domain), id(author), false)).toBe(relaxed);
    expect(isAligned(id(domain), id(author), true)).toBe(strict);
  });

  it('is never that of nobody', () => {
    expect(isAligned(null, id('home.example'), false)).toBe(false);
  });

  // The library takes aspf=s and adkim=s for relaxed; nothing here may.
  it.each([
    ['v=DMARC1; p=reject', { spf: true, dkim: true }],
    ['v=DMARC1; p=reject; aspf=s', { spf: false, dkim: true }],
    ['v=DMARC1; p=reject; adkim=s', { spf: true, dkim: false }],
    ['v=DMARC1; p=reject; aspf=s; adkim=s', { spf: false, dkim: false }],
  ])('of subdomains under %s', (text, expected) => {
    const record = readDmarcRecord([text], AT_HOME);
    expect(record).toBeDefined();
    const passed = { result: 'pass', identity: id('bounce.home.example'), detail: '' };
    const evidence: SenderEvidence = {
      author: { kind: 'one', identity: id('home.example') },
      spf: passed,
      spfMissing: '',
      dkim: [passed],
      policy: { kind: 'none' },
      arc: null,
    };
    expect(alignmentOf(evidence, record ?? null)).toEqual(expected);
  });
});

describe('a domain that mail can come from', () => {
  it.each([
    ['Home.Example', 'home.example'],
    ['home.example.', 'home.example'],
    ['थाना.example', 'xn--i2bg9db.example'],
    ['a_b.home.example', 'a_b.home.example'],
  ])('%s', (text, domain) => {
    expect(mailDomainOf(text)).toBe(domain);
  });

  it.each([
    '',
    'home',
    'localhost',
    '[203.0.113.5]',
    '203.0.113.5',
    'a..example',
    '-a.example',
    'home.example\0.other.example',
    'a b.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
  ])('none: %j', (text) => {
    expect(mailDomainOf(text)).toBeUndefined();
  });
});
