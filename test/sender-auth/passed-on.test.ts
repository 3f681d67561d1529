// Letters that lists and forwarders passed on (ARC, RFC 8617): whose word on what they saw is taken.
import { sealMessage } from 'mailauth/lib/arc/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checking, createChecking, letterOf, STRANGER } from './checking.js';
import { createSigner, keyZone, type Signer, signLetter } from './signing.js';
import type { Zone } from './zone.js';

const home = createSigner('home.example');
const list = createSigner('list.example');
const second = createSigner('second.example');
const stranger = createSigner('stranger.example');
const silent = createSigner('list.example', 'rsa', 'silent');

const ZONE: Zone = {
  ...keyZone(home),
  ...keyZone(list),
  ...keyZone(second),
  ...keyZone(stranger),
  'TXT silent._domainkey.list.example': { trouble: 'ESERVFAIL' },
  'TXT _dmarc.home.example': ['v=DMARC1; p=reject'],
  'TXT list.example': [`v=spf1 ip4:${STRANGER} -all`],
};
const BY_LIST = { from: 'bounce@list.example' };

async function seal(letter: string, signer: Signer, saw: string, i = 1): Promise<string> {
  const headers = await sealMessage(Buffer.from(letter, 'latin1'), {
    signingDomain: signer.domain,
    selector: signer.selector,
    privateKey: signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    algorithm: 'rsa-sha256',
    cv: i === 1 ? 'none' : 'pass',
    i,
    signTime: new Date(1_795_000_000_000),
    authResults: `mx.${signer.domain}; ${saw}`,
  } as never);
  return headers.toString('latin1') + letter;
}

const SAW = 'dmarc=pass header.from=home.example';
/** As the list changed it: the signature of the author is broken. */
const CHANGED = signLetter(letterOf(), home).replace('Subject: ', 'Subject: [ward] ');

let checking: Checking;
beforeAll(async () => {
  checking = await createChecking({
    zone: ZONE,
    settings: { trustedSealers: ['list.example', 'second.example'] },
  });
});
afterAll(async () => {
  await checking.close();
  checking.log.expectNoWarnings();
});

describe('a letter that was passed on', () => {
  it.each<[string, () => Promise<string>, string, string]>([
    ['by hands that saw the author', () => seal(CHANGED, list, SAW), 'pass', 'partial'],
    [
      'by hands that saw the signature',
      () => seal(CHANGED, list, 'dkim=pass header.d=home.example'),
      'pass',
      'partial',
    ],
    [
      'by hands that saw somebody else',
      () => seal(CHANGED, list, 'dmarc=pass header.from=club.example'),
      'pass',
      'failed',
    ],
    [
      'by hands that saw it fail',
      () => seal(CHANGED, list, 'dmarc=fail header.from=home.example'),
      'pass',
      'failed',
    ],
    ['by hands that saw nothing', () => seal(CHANGED, list, 'none'), 'pass', 'failed'],
    [
      'by two hands after each other',
      async () =>
        seal(await seal(CHANGED, list, SAW), second, 'arc=pass; dmarc=fail header.from=home.example', 2),
      'pass',
      'partial',
    ],
    [
      'by a stranger before',
      async () => seal(await seal(CHANGED, stranger, SAW), list, 'arc=pass', 2),
      'none',
      'failed',
    ],
    [
      'by a stranger after',
      async () => seal(await seal(CHANGED, list, SAW), stranger, 'arc=pass', 2),
      'none',
      'failed',
    ],
    ['by a stranger alone', () => seal(CHANGED, stranger, SAW), 'none', 'failed'],
    [
      'and changed later',
      async () => (await seal(CHANGED, list, SAW)).replace('dark', 'gone'),
      'fail',
      'failed',
    ],
    [
      'with results changed later',
      async () =>
        (await seal(CHANGED, list, 'dmarc=fail header.from=home.example')).replace(
          'dmarc=fail',
          'dmarc=pass',
        ),
      'fail',
      'failed',
    ],
    [
      'with a seal made up',
      async () => (await seal(CHANGED, stranger, SAW)).replaceAll('d=stranger.example', 'd=list.example'),
      'fail',
      'failed',
    ],
    ['by hands whose key is not to be had', () => seal(CHANGED, silent, SAW), 'temperror', 'unknown'],
    ['unchanged', () => seal(signLetter(letterOf(), home), list, SAW), 'pass', 'aligned'],
  ])('%s', async (_name, make, arc, verdict) => {
    const check = await checking.check(await make(), BY_LIST);
    expect([check.arc?.result, check.verdict]).toEqual([arc, verdict]);
    expect(check.arc?.domain).toMatch(/\.example$/);
  });

  it('says who vouches', async () => {
    const { why } = await checking.check(await seal(CHANGED, list, SAW), BY_LIST);
    expect(why).toBe('list.example, which passed it on, saw that it came from home.example.');
  });

  it('costs no question for a chain nobody trusts', async () => {
    checking.turnTo(ZONE);
    await checking.check(await seal(letterOf(), stranger, SAW), BY_LIST);
    expect(checking.dns.asked.filter((asked) => asked.includes('_domainkey'))).toEqual([]);
  });

  // The library makes the names in results into keys of objects.
  it('cannot put anything into every object of the worker', async () => {
    const letter = await seal(CHANGED, list, `${SAW}; spf=pass header.__proto__.polluted=1`);
    expect((await checking.check(letter, BY_LIST)).arc?.result).toBe('none');
  });

  it.each(['dkim=pass header.i.x=1', 'dmarc=pass header.from.toString.z=1', 'spf=pass value.x=1'])(
    'cannot make the check fail by %s',
    async (saw) => {
      const check = await checking.check(await seal(CHANGED, list, saw), BY_LIST);
      expect(check).toMatchObject({ verdict: 'failed', dkim: [{ result: 'fail' }] });
    },
  );
});
