import { describe, expect, it } from 'vitest';
import { UNCHECKED } from '../../src/domain/sender-check.js';
import type {
  Author,
  ChainFinding,
  Finding,
  Identity,
  Policy,
  SenderEvidence,
} from '../../src/domain/sender-evidence.js';
import { senderSummary } from '../../src/domain/sender-summary.js';
import { judgeSender } from '../../src/domain/sender-verdict.js';

const id = (domain: string): Identity => ({ domain, organisation: domain.split('.').slice(-2).join('.') });
const found = (result: string, domain: string | null): Finding => ({
  result,
  identity: domain === null ? null : id(domain),
  detail: '',
});
const policy = (asked = 'reject', strict: { dkim?: boolean; spf?: boolean } = {}): Policy => ({
  kind: 'record',
  record: {
    at: 'home.example',
    policy: asked,
    strictDkim: strict.dkim ?? false,
    strictSpf: strict.spf ?? false,
  },
});
const NONE: Policy = { kind: 'none' };
const TROUBLE: Policy = { kind: 'trouble', detail: 'no answer' };
const HOME: Author = { kind: 'one', identity: id('home.example') };

function evidence(more: Partial<SenderEvidence>): SenderEvidence {
  return { author: HOME, spf: null, spfMissing: 'Nobody knows.', dkim: [], policy: NONE, arc: null, ...more };
}

const spf = (result: string, domain: string | null = 'home.example') => ({ spf: found(result, domain) });
const dkim = (...results: [string, string][]) => ({
  dkim: results.map(([result, domain]) => found(result, domain)),
});

describe('the verdict with a published policy', () => {
  it.each<[string, Partial<SenderEvidence>, string, string]>([
    ['SPF for the author', { ...spf('pass'), policy: policy() }, 'aligned', 'pass'],
    ['SPF for a subdomain', { ...spf('pass', 'b.home.example'), policy: policy() }, 'aligned', 'pass'],
    [
      'SPF for a subdomain, strict',
      { ...spf('pass', 'b.home.example'), policy: policy('reject', { spf: true }) },
      'failed',
      'fail',
    ],
    [
      'SPF for exactly the author, strict',
      { ...spf('pass'), policy: policy('reject', { spf: true }) },
      'aligned',
      'pass',
    ],
    [
      'DKIM for the author',
      { ...spf('fail'), ...dkim(['pass', 'home.example']), policy: policy() },
      'aligned',
      'pass',
    ],
    [
      'DKIM for a subdomain, strict',
      { ...spf('none'), ...dkim(['pass', 'm.home.example']), policy: policy('none', { dkim: true }) },
      'failed',
      'fail',
    ],
    [
      'strict for DKIM, but SPF relaxed',
      {
        ...spf('pass', 'b.home.example'),
        ...dkim(['pass', 'm.home.example']),
        policy: policy('none', { dkim: true }),
      },
      'aligned',
      'pass',
    ],
    [
      'one of five signatures',
      {
        ...spf('fail', 'list.example'),
        ...dkim(['pass', 'list.example'], ['fail', 'home.example'], ['pass', 'home.example']),
        policy: policy(),
      },
      'aligned',
      'pass',
    ],
    ['SPF for somebody else', { ...spf('pass', 'evil.example'), policy: policy() }, 'failed', 'fail'],
    [
      'DKIM of somebody else',
      { ...spf('none'), ...dkim(['pass', 'evil.example']), policy: policy() },
      'failed',
      'fail',
    ],
    [
      'whatever the policy asks for',
      { ...spf('pass', 'evil.example'), policy: policy('none') },
      'failed',
      'fail',
    ],
    ['softfail', { ...spf('softfail'), policy: policy() }, 'failed', 'fail'],
    [
      'a broken signature',
      { ...spf('neutral'), ...dkim(['fail', 'home.example']), policy: policy() },
      'failed',
      'fail',
    ],
    [
      'its key could not be read',
      { ...spf('fail'), ...dkim(['temperror', 'home.example']), policy: policy() },
      'unknown',
      'temperror',
    ],
    ['its SPF could not be read', { ...spf('temperror'), policy: policy() }, 'unknown', 'temperror'],
    [
      "trouble with somebody else's key changes nothing",
      { ...spf('fail'), ...dkim(['temperror', 'evil.example']), policy: policy() },
      'failed',
      'fail',
    ],
    [
      "trouble with somebody else's SPF changes nothing",
      { ...spf('temperror', 'evil.example'), policy: policy() },
      'failed',
      'fail',
    ],
    ['nobody knows the machine', { policy: policy() }, 'unknown', 'temperror'],
    [
      'nobody knows the machine, but it is signed',
      { ...dkim(['pass', 'home.example']), policy: policy() },
      'aligned',
      'pass',
    ],
    [
      'a null sender whose HELO is of the author',
      { ...spf('pass', 'mx.home.example'), policy: policy() },
      'aligned',
      'pass',
    ],
  ])('%s', (_name, more, verdict, dmarc) => {
    const check = judgeSender(evidence(more));
    expect([check.verdict, check.dmarc?.result]).toEqual([verdict, dmarc]);
    expect(check.why).toMatch(/^[^\n]{20,}\.$/);
  });
});

describe('the verdict without a published policy', () => {
  it.each<[string, Partial<SenderEvidence>, string]>([
    ['a signature of the author', { ...spf('none'), ...dkim(['pass', 'home.example']) }, 'aligned'],
    ['a signature of its organisation', { ...spf('fail'), ...dkim(['pass', 'm.home.example']) }, 'aligned'],
    ['SPF for the author alone', spf('pass'), 'partial'],
    ['SPF for its organisation alone', spf('pass', 'b.home.example'), 'partial'],
    ['SPF for somebody else', spf('pass', 'club.example'), 'partial'],
    ['DKIM of somebody else', { ...spf('fail'), ...dkim(['pass', 'club.example']) }, 'partial'],
    ['SPF says no, nothing signed', spf('fail'), 'failed'],
    ['SPF says no, a broken signature', { ...spf('fail'), ...dkim(['fail', 'home.example']) }, 'failed'],
    ['SPF says no to the machine of somebody else', spf('fail', 'club.example'), 'failed'],
    [
      'SPF says no, a key could not be read',
      { ...spf('fail'), ...dkim(['temperror', 'home.example']) },
      'unknown',
    ],
    [
      'SPF says no, a key of somebody could not be read',
      { ...spf('fail'), ...dkim(['temperror', 'x.example']) },
      'unknown',
    ],
    ['softfail', spf('softfail'), 'unknown'],
    ['neutral', spf('neutral'), 'unknown'],
    ['none', spf('none'), 'unknown'],
    ['permerror', spf('permerror'), 'unknown'],
    ['temperror', spf('temperror'), 'unknown'],
    ['a broken signature alone', { ...spf('none'), ...dkim(['fail', 'home.example']) }, 'unknown'],
    ['a pass for no domain', spf('pass', null), 'unknown'],
    ['nothing', {}, 'unknown'],
  ])('%s', (_name, more, verdict) => {
    expect(judgeSender(evidence(more)).verdict).toBe(verdict);
  });
});

describe('the verdict when the policy could not be read', () => {
  it.each<[string, Partial<SenderEvidence>, string]>([
    ['a signature of exactly the author counts in any case', dkim(['pass', 'home.example']), 'aligned'],
    ['one of its organisation might not', dkim(['pass', 'm.home.example']), 'partial'],
    ['SPF might not count either', spf('pass'), 'partial'],
    ['SPF for somebody else', spf('pass', 'club.example'), 'partial'],
    ['SPF says no', spf('fail'), 'unknown'],
    ['nothing', {}, 'unknown'],
  ])('%s', (_name, more, verdict) => {
    const check = judgeSender(evidence({ ...more, policy: TROUBLE }));
    expect([check.verdict, check.dmarc?.result]).toEqual([verdict, 'temperror']);
  });
});

describe('the verdict when the author is not one', () => {
  it.each<[string, Author, Partial<SenderEvidence>, string]>([
    ['several, all signed', { kind: 'several' }, dkim(['pass', 'home.example']), 'unknown'],
    ['several, SPF says no', { kind: 'several' }, spf('fail'), 'unknown'],
    ['none, SPF passes', { kind: 'none' }, spf('pass'), 'partial'],
    ['none, signed', { kind: 'none' }, dkim(['pass', 'home.example']), 'partial'],
    ['none, SPF says no', { kind: 'none' }, spf('fail'), 'failed'],
    ['none, nothing', { kind: 'none' }, spf('none'), 'unknown'],
  ])('%s', (_name, author, more, verdict) => {
    const check = judgeSender(evidence({ ...more, author, policy: policy() }));
    expect([check.verdict, check.dmarc?.result]).toEqual([verdict, 'permerror']);
  });
});

describe('the verdict when a relay has judged', () => {
  const told = (result: string): Policy => ({ kind: 'told', result });
  it.each<[string, Partial<SenderEvidence>, string]>([
    ['pass', { policy: told('pass') }, 'aligned'],
    ['fail', { policy: told('fail'), ...spf('pass', 'evil.example') }, 'failed'],
    ['fail, whatever is missing', { policy: told('fail') }, 'failed'],
    ['no policy, signed by the author', { policy: NONE, ...dkim(['pass', 'home.example']) }, 'aligned'],
    ['no policy, SPF passes', { policy: NONE, ...spf('pass') }, 'partial'],
  ])('%s', (_name, more, verdict) => {
    expect(judgeSender(evidence(more)).verdict).toBe(verdict);
  });
});

describe('the verdict of a letter that was passed on', () => {
  const chain = (vouches: boolean): ChainFinding => ({ ...found('pass', 'list.example'), vouches });
  const base = { ...spf('pass', 'list.example'), policy: policy() };

  it.each<[string, Partial<SenderEvidence>, string]>([
    ['by trusted hands that saw the author', { ...base, arc: chain(true) }, 'partial'],
    ['by hands that did not', { ...base, arc: chain(false) }, 'failed'],
    [
      'but is signed all the same',
      { ...base, ...dkim(['pass', 'home.example']), arc: chain(true) },
      'aligned',
    ],
  ])('%s', (_name, more, verdict) => {
    expect(judgeSender(evidence(more)).verdict).toBe(verdict);
  });
});

describe('the summary of a check', () => {
  it('is one line', () => {
    const check = judgeSender(
      evidence({
        ...spf('pass', 'b.home.example'),
        ...dkim(['pass', 'home.example'], ['fail', 'x.example']),
        policy: policy(),
      }),
    );
    expect(senderSummary(check)).toBe(
      'SPF pass (b.home.example); DKIM pass (home.example), fail (x.example); DMARC pass (home.example: policy reject of home.example)',
    );
  });

  it('is empty when nobody checked', () => {
    expect(senderSummary(UNCHECKED)).toBe('');
  });
});
