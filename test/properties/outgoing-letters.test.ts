// Whatever a stranger wrote, each letter of ours has its own headers, its one recipient and its own lines.
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { messageBytes } from '../../src/delivery/message-bytes.js';
import { composeAcknowledgement } from '../../src/domain/acknowledgement-letter.js';
import { isSendable } from '../../src/domain/address.js';
import { composeForeignTransfer, composeReferral } from '../../src/domain/agency-letter.js';
import { composeDigest, composeEscalation } from '../../src/domain/officer-letter.js';
import type { OutgoingLetter } from '../../src/domain/outgoing.js';
import { composeResidentLetter, type ResidentTemplate } from '../../src/domain/resident-letter.js';
import { LANGUAGES } from '../../src/domain/station.js';
import { parseBytes } from '../../src/mime/parse-letter.js';
import type { Templates } from '../../src/ports/templates.js';
import { loadTemplates } from '../../src/templates/templates.js';
import { hostile, hostileId } from './hostile.js';

/** What a stranger, or a configuration, has a say in. `line` stands on one line of a letter, `block` on several. */
interface Said {
  line: string;
  block: string;
  subject: string;
  id: string;
  references: string[];
  to: string;
}

const HARMLESS: Said = {
  line: 'Rita',
  block: 'Please come.',
  subject: 'Noise',
  id: '<2@home.example>',
  references: [],
  to: 'rita@home.example',
};
const said: fc.Arbitrary<Said> = fc.record({
  line: hostile,
  block: hostile,
  subject: hostile,
  id: hostileId,
  references: fc.array(hostileId, { maxLength: 4 }),
  to: fc
    .oneof(
      hostile.map((text) => `${text}@home.example`),
      fc.constant(HARMLESS.to),
    )
    .map((to) => (isSendable(to) ? to : HARMLESS.to)),
});

/** No place to fold it. */
const LONG = 'x'.repeat(20_000);
const FROM = 'behala.ps@kolkatapolice.example';
const SIGNED = 'behala+26-123-abc@mail.kolkatapolice.example';
const REFERENCE = 'BEHALA-26-000123-K';
const MARKS = {
  outboxId: 'O1',
  messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
  loop: 'mail.kolkatapolice.example o1.code',
  marker: `[${REFERENCE}/code]`,
};
let templates: Templates;
beforeAll(async () => {
  templates = await loadTemplates(join(import.meta.dirname, '../../config/templates'), LANGUAGES);
});

const common = ({ to, line }: Said) => ({
  to,
  marks: MARKS,
  createdAt: '2026-11-24T05:00:00.000Z',
  receivedAt: '2026-11-24T04:00:00.000Z',
  from: { address: FROM, name: line },
  replyTo: { address: SIGNED, name: line },
  envelopeFrom: SIGNED,
  mailDomain: 'mail.kolkatapolice.example',
  timeZone: 'Asia/Kolkata',
  reference: REFERENCE,
  stationName: line,
  templates,
});

const RESIDENT_TEMPLATES: ResidentTemplate[] = ['reply', 'ask', 'closure', 'transfer', 'signature'];

function toResident(words: Said, template: ResidentTemplate, automatic: boolean): OutgoingLetter {
  const { line, block, subject, id, references } = words;
  const time = '2026-11-26T04:00:00.000Z';
  return composeResidentLetter({
    ...common(words),
    template,
    kind: 'reply',
    languages: ['bn', 'en'],
    values: {
      emergency_numbers: line,
      station: line,
      new_station: line,
      outcome: line,
      days: '7',
      text: block,
      action: block,
      until: time,
      asked_at: time,
      sign_by: time,
    },
    subject,
    restricted: false,
    thread: { messageId: id, references },
    automatic,
  });
}

function acknowledgement(words: Said): OutgoingLetter {
  const { line, id, references } = words;
  return composeAcknowledgement({
    ...common(words),
    languages: ['en', 'hi'],
    references: [REFERENCE],
    stations: [{ code: 'behala', name: { en: line }, force: 'kp', division: 'sw', addresses: [] }],
    firstActionDueAt: '2026-11-25T04:00:00.000Z',
    emergencyNumbers: ['100'],
    message: { messageId: id, references },
  });
}

function toOfficer(words: Said): OutgoingLetter[] {
  const { line } = words;
  const facts = { ...common(words), name: line, link: 'https://thanadak.example/e/1' };
  const matter = {
    reference: REFERENCE,
    stationName: line,
    urgency: 'urgent',
    cause: 'first-action',
  } as const;
  const times = { dueAt: '2026-11-24T03:30:00.000Z', answerBy: null };
  return [
    composeEscalation({ ...facts, ...matter, ...times, rank: 'oc' }),
    composeDigest({ ...facts, lines: [{ ...matter, markedAt: '2026-11-23T03:30:00.000Z' }] }),
  ];
}

function toAgency(words: Said): OutgoingLetter[] {
  const { line, block } = words;
  const facts = { ...common(words), letter: block };
  const resident = { address: 'rita@home.example', name: line };
  return [
    composeForeignTransfer({ ...facts, reason: block, resident }),
    composeReferral({ ...facts, agencyName: line, request: block }),
  ];
}

/** One letter of each kind. */
const lettersOf = (words: Said): OutgoingLetter[] => [
  acknowledgement(words),
  ...RESIDENT_TEMPLATES.map((template) => toResident(words, template, false)),
  toResident(words, 'reply', true),
  ...toOfficer(words),
  ...toAgency(words),
];

/** The headers that a letter has, each once. */
function headersOf({ headers, replyTo, inReplyTo, references }: OutgoingLetter): string[] {
  return [
    'content-transfer-encoding',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'return-path',
    'subject',
    'to',
    ...headers.map(({ name }) => name.toLowerCase()),
    ...(replyTo ? ['reply-to'] : []),
    ...(inReplyTo ? ['in-reply-to'] : []),
    ...(references.length > 0 ? ['references'] : []),
  ].sort();
}

function expectSoundLines(bytes: Buffer): void {
  const raw = bytes.toString('latin1');
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/);
  const [head = ''] = raw.split('\r\n\r\n');
  // Only a recipient's own address may be more than ASCII (RFC 6532).
  const others = head.replace(/^To: .*$/m, '');
  expect(others).toMatch(/^(?:[\x20-\x7e\t]|\r\n)*$/);
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
}

describe('a letter of ours made from hostile words', () => {
  it('read again, has the headers, the recipient and the lines it was composed with', async () => {
    await fc.assert(
      fc.asyncProperty(said, async (words) => {
        for (const letter of lettersOf(words)) {
          const bytes = messageBytes(letter);
          expectSoundLines(bytes);
          const message = await parseBytes(bytes);
          expect(message.problem).toBeNull();
          expect(message.headers.map(({ name }) => name).sort()).toEqual(headersOf(letter));
          expect(message.to.map(({ address }) => address)).toEqual([words.to]);
          expect(message.from?.address).toBe(letter.from.address);
          expect(message.messageId).toBe(letter.messageId);
          expect(message.text.trimEnd().split('\n')).toHaveLength(letter.text.trimEnd().split('\n').length);
          expect(message.attachments).toEqual([]);
        }
      }),
      { numRuns: 60, examples: [[{ ...HARMLESS, line: LONG, block: LONG, subject: LONG }]] },
    );
  });

  it('has as many lines, and the headers, that harmless words give it', () => {
    fc.assert(
      fc.property(hostile, hostile, (line, subject) => {
        const plain = lettersOf(HARMLESS);
        for (const [at, letter] of lettersOf({ ...HARMLESS, line, subject }).entries()) {
          expect(letter.text.split('\n').length).toBe(plain[at]?.text.split('\n').length);
          expect(letter.headers).toEqual(plain[at]?.headers);
          expect(letter.subject).not.toMatch(/\p{Cc}|[\u2028\u2029]/u);
          for (const { name } of [letter.from, ...(letter.replyTo ? [letter.replyTo] : [])]) {
            expect(name).not.toMatch(/\p{Cc}|[\u2028\u2029]/u);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
