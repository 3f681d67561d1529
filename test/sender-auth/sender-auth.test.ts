// Who wrote: a letter, its envelope and the DNS of the day, and the verdict that follows.
import { afterEach, describe, expect, it } from 'vitest';
import { type Checking, type CheckingOptions, createChecking, letterOf } from './checking.js';
import { createSigner, keyZone, signLetter } from './signing.js';

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

describe('a stranger', () => {
  it('is aligned by a signature', async () => {
    const { check } = await start({
      zone: { ...keyZone(home), 'TXT _dmarc.home.example': ['v=DMARC1; p=reject'] },
    });
    expect(await check(signLetter(letterOf(), home))).toMatchObject({
      verdict: 'aligned',
      dkim: [{ result: 'pass' }],
    });
  });
});
