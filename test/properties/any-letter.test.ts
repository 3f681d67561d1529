// Whatever stands in the head and the text of a letter, the rules judge it: none of them throws, and each in short time.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTriageLists } from '../../src/config/triage-words.js';
import { isAddressedToUs, mayAcknowledge } from '../../src/domain/acknowledgement.js';
import { readAnswer } from '../../src/domain/answer.js';
import { isAutomatic, kindOf } from '../../src/domain/classification.js';
import { authorFlags, displayNameFlags } from '../../src/domain/display-name.js';
import { languagesOf } from '../../src/domain/language.js';
import type { Message } from '../../src/domain/message.js';
import { ownWords, splitText } from '../../src/domain/own-words.js';
import { forwardedLetter } from '../../src/domain/own-words-forwarded.js';
import { formatReference, parseReference } from '../../src/domain/reference.js';
import { readReport } from '../../src/domain/report.js';
import { isSignUp } from '../../src/domain/sign-up.js';
import { cleanSubject, referencesInSubject } from '../../src/domain/subject.js';
import { textMark } from '../../src/domain/text-mark.js';
import { replyAddress, signedMessageId } from '../../src/domain/thread-token.js';
import { claimsOf, continuationOf, idsToLookUp, PROOFS } from '../../src/domain/threading.js';
import { referencesInText } from '../../src/domain/threading-text.js';
import type { Ticket, Verdict } from '../../src/domain/ticket.js';
import { compileTriage, proposeTriage } from '../../src/domain/triage.js';
import { createSigner } from '../../src/keys/signer.js';
import { parseBytes } from '../../src/mime/parse-letter.js';
import { hostile, hostileId } from './hostile.js';

const signer = createSigner(Buffer.alloc(32, 7));
const triage = compileTriage(loadTriageLists(join(import.meta.dirname, '../../config/triage')));
const mailDomain = 'mail.kolkatapolice.example';
const reference = formatReference('behala', 2026, 123);
const SIGNED = [
  replyAddress(signer, reference, mailDomain),
  signedMessageId(signer, { reference, unique: '01ABC', mailDomain }),
  reference,
];
const VERDICTS: Verdict[] = ['aligned', 'partial', 'unknown', 'failed'];
const SLOWEST_SECONDS = 2;

/** Hostile words, now and then with a reference of ours among them. */
const words = fc.oneof(
  hostile,
  fc.tuple(hostile, fc.constantFrom(...SIGNED), hostile).map((parts) => parts.join('')),
);
const headerName = fc.constantFrom(
  'from',
  'to',
  'reply-to',
  'content-type',
  'auto-submitted',
  'precedence',
  'x-thanadak-loop',
  'x-desk-loop',
  'list-id',
  'received',
  'x-failed-recipients',
  '__proto__',
  'constructor',
);
const mailbox = fc.record({ address: words, name: words });
const part = fc.option(words);

const anyMessage: fc.Arbitrary<Message> = fc.record({
  parsed: fc.boolean(),
  problem: part,
  repairs: fc.constant([]),
  headers: fc.array(fc.record({ name: headerName, value: words }), { maxLength: 6 }),
  from: fc.option(mailbox),
  to: fc.array(mailbox, { maxLength: 3 }),
  subject: words,
  text: words,
  messageId: fc.option(hostileId),
  inReplyTo: fc.array(fc.oneof(hostileId, fc.constantFrom(...SIGNED)), { maxLength: 3 }),
  references: fc.array(hostileId, { maxLength: 3 }),
  date: fc.constant(null),
  attachments: fc.constant([]),
  protection: fc.constant(null),
  report: fc.option(
    fc.record({
      deliveryStatus: part,
      originalHeaders: part,
      feedbackReport: part,
      dispositionNotification: part,
    }),
  ),
});

function judge(message: Message, envelopeFrom: string): void {
  const report = readReport(message, envelopeFrom);
  const signUp = isSignUp(message, { envelopeFrom, isAutomatic: isAutomatic(message) });
  const { kind } = kindOf(message, { signer, mailDomain, envelopeFrom, report, isSignUp: signUp });
  const decision = mayAcknowledge({
    message,
    kind,
    envelopeFrom,
    fromOurselves: false,
    forPostmaster: false,
    circumstances: {
      verdict: 'aligned',
      junk: false,
      addressed: isAddressedToUs(message, () => false),
      stopped: null,
    },
  });
  if (decision.allowed) expect([envelopeFrom, message.from?.address]).toContain(decision.to);
  isTicketFound(message);
  const own = ownWords(message.text);
  textMark({ sender: envelopeFrom, subject: message.subject, own });
  proposeTriage(triage, { subject: message.subject, text: own });
  readAnswer(own);
  languagesOf(own, ['en', 'bn', 'hi']);
  forwardedLetter(message);
  authorFlags(message);
  if (message.from) displayNameFlags(message.from);
}

function isTicketFound(message: Message): void {
  const recipient = { station: 'behala', token: message.to[0]?.address };
  const facts = { message, recipient, mailDomain, stored: [] };
  expect(idsToLookUp(signer, facts).length).toBeLessThanOrEqual(20);
  const claims = claimsOf(signer, facts);
  const ticket = {
    reference,
    station: 'behala',
    state: 'open',
    resident: { address: message.subject },
  } as Ticket;
  const candidates = claims.map(({ proof }) => ({ ticket, proof, correspondents: [message.text] }));
  for (const verdict of VERDICTS) {
    const sender = { address: message.from?.address ?? '', verdict, station: 'behala' };
    expect(continuationOf(candidates, sender).kind === 'new').toBe(claims.length === 0);
  }
  for (const { proof } of claims) expect(PROOFS).toContain(proof);
}

/** Processor time, because others work on the machine too. */
function expectSoon(work: () => void): void {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(SLOWEST_SECONDS);
}

describe('any message at all', () => {
  it('is judged', () => {
    fc.assert(
      fc.property(anyMessage, words, (message, envelopeFrom) =>
        expectSoon(() => judge(message, envelopeFrom)),
      ),
      { numRuns: 300 },
    );
  });

  it('is judged as the parser hands it on', async () => {
    const header = fc.tuple(headerName, words).map(([name, value]) => `${name}: ${value}`);
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 6 }), words, async (headers, text) => {
        const message = await parseBytes(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${text}`));
        expectSoon(() => judge(message, message.from?.address ?? ''));
      }),
      { numRuns: 150 },
    );
  });

  it('of no text makes a reference out of what is none', () => {
    fc.assert(
      fc.property(words, (text) => {
        const parts = parseReference(text);
        if (parts) expect(text.trim().toUpperCase()).toContain(parts.station.toUpperCase());
        for (const found of referencesInSubject(text)) expect(parseReference(found)).toBeDefined();
        for (const found of referencesInText(signer, text, mailDomain)) expect(found).toBe(reference);
        expect(referencesInSubject(cleanSubject(text))).toEqual([]);
        const { own, quoted, signature, forwarded } = splitText(text);
        const rest = [own, quoted, signature, forwarded].join('').replace(/\s/gu, '').length;
        expect(rest).toBe(text.replace(/\s/gu, '').length);
      }),
      { numRuns: 300 },
    );
  });
});
