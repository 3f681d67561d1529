// Letters and the messages they become: test/letters/<scenario>.eml and <scenario>.expected.json. What is expected may
// be partial: it names the fields of the message that the scenario is about, and beside them what the rules see in it:
// `words` (own, quoted, signature, forwarded), `forwardedLetter`, `nameFlags` of the sender, `authorFlags`, the `kind` it is
// filed as, what forbids its `acknowledgement` (null: nothing), and the references it has `proven` to continue.
// Letters are named after the CVE, the advisory or the row of security-ux.md whose attack they carry.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { mayAcknowledge } from '../../src/domain/acknowledgement.js';
import { isAutomatic, kindOf } from '../../src/domain/classification.js';
import { authorFlags, displayNameFlags } from '../../src/domain/display-name.js';
import type { Message } from '../../src/domain/message.js';
import { splitText } from '../../src/domain/own-words.js';
import { forwardedLetter } from '../../src/domain/own-words-forwarded.js';
import { readReport } from '../../src/domain/report.js';
import { isSignUp } from '../../src/domain/sign-up.js';
import { claimsOf } from '../../src/domain/threading.js';
import { createSigner } from '../../src/keys/signer.js';
import { createReader } from '../../src/mime/reader.js';

const folder = fileURLToPath(new URL('../letters/', import.meta.url));
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

const reader = createReader({ workers: 1, memoryMb: 128, deadlineMs: 20_000 });
afterAll(() => reader.close());

const MAIL_DOMAIN = 'mail.kolkatapolice.example';
const signer = createSigner(Buffer.alloc(32, 7));
/** What no letter of a stranger may take, in seconds of processor time (RFC 5321 4.5.3.2 leaves a sender minutes). */
const LONGEST_SECONDS = 2;

/** The message, and what the rules see in it. */
function seen(message: Message): object {
  const envelopeFrom = message.from?.address ?? '';
  const report = readReport(message, envelopeFrom);
  const { kind } = kindOf(message, {
    signer,
    mailDomain: MAIL_DOMAIN,
    envelopeFrom,
    report,
    isSignUp: isSignUp(message, { envelopeFrom, isAutomatic: isAutomatic(message) }),
  });
  const decision = mayAcknowledge({
    message,
    kind,
    envelopeFrom,
    fromOurselves: false,
    forPostmaster: false,
  });
  return {
    ...message,
    words: splitText(message.text),
    forwardedLetter: forwardedLetter(message),
    nameFlags: message.from ? displayNameFlags(message.from) : [],
    authorFlags: authorFlags(message),
    kind,
    acknowledgement: decision.allowed ? null : decision.reason,
    proven: claimsOf(signer, {
      message,
      recipient: { station: 'behala', token: undefined },
      mailDomain: MAIL_DOMAIN,
      stored: [],
    })
      .filter(({ proof }) => proof !== 'subject')
      .map(({ reference }) => reference),
  };
}

/** Processor time of the whole process, the worker that reads included. */
async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; seconds: number }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}

describe('a letter becomes a message', () => {
  it.each(scenarios)('%s', async (scenario) => {
    const expected: unknown = JSON.parse(readFileSync(`${folder}${scenario}.expected.json`, 'utf8'));
    const { value, seconds } = await timed(async () => seen(await reader.read(`${folder}${scenario}.eml`)));
    expect(value).toMatchObject(expected as object);
    expect(seconds).toBeLessThan(LONGEST_SECONDS);
  });

  it('has a scenario for every letter in the folder', () => {
    expect(scenarios.length).toBe(readdirSync(folder).filter((name) => name.endsWith('.eml')).length);
  });
});
