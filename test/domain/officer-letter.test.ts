import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EscalationCause } from '../../src/domain/escalation.js';
import {
  composeDigest,
  composeEscalation,
  type DigestFacts,
  type DigestLine,
  type EscalationFacts,
} from '../../src/domain/officer-letter.js';
import { LANGUAGES } from '../../src/domain/station.js';
import type { Templates } from '../../src/ports/templates.js';
import { loadTemplates } from '../../src/templates/templates.js';

let templates: Templates;

beforeAll(async () => {
  templates = await loadTemplates(join(import.meta.dirname, '../../config/templates'), LANGUAGES);
});

const common = () => ({
  to: 'oc.behala@kolkatapolice.example',
  name: 'Inspector A. Sen',
  marks: {
    outboxId: 'O1',
    messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
    loop: 'mail.kolkatapolice.example o1.code',
    marker: '[BEHALA-26-000123-K/code]',
  },
  createdAt: '2026-11-24T04:00:00.000Z',
  mailDomain: 'mail.kolkatapolice.example',
  timeZone: 'Asia/Kolkata',
  templates,
});

function escalation(changes: Partial<EscalationFacts> = {}) {
  return composeEscalation({
    ...common(),
    reference: 'BEHALA-26-000123-B',
    stationName: 'Behala Police Station',
    urgency: 'urgent',
    rank: 'oc',
    cause: 'first-action',
    dueAt: '2026-11-24T03:30:00.000Z',
    answerBy: '2026-11-24T04:30:00.000Z',
    link: 'https://thanadak.example/escalations/E1/sen/code',
    ...changes,
  });
}

const LINE: DigestLine = {
  reference: 'BEHALA-26-000123-B',
  stationName: 'Behala Police Station',
  urgency: 'semi-urgent',
  cause: 'resolution',
  markedAt: '2026-11-23T03:30:00.000Z',
};

function digest(changes: Partial<DigestFacts> = {}) {
  return composeDigest({ ...common(), lines: [LINE], link: 'https://thanadak.example', ...changes });
}

describe('the notice of an escalation', () => {
  it('has the null return path, is marked as automatic, and asks for no answer by mail', () => {
    expect(escalation()).toMatchObject({
      id: 'O1',
      kind: 'escalation',
      envelopeFrom: '',
      to: 'oc.behala@kolkatapolice.example',
      from: { address: 'postmaster@mail.kolkatapolice.example', name: 'Thanadak' },
      replyTo: null,
      subject: 'BEHALA-26-000123-B, Behala Police Station: urgent',
      messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
      inReplyTo: null,
      references: [],
      headers: [
        { name: 'Auto-Submitted', value: 'auto-generated' },
        { name: 'X-Auto-Response-Suppress', value: 'All' },
        { name: 'X-Thanadak-Loop', value: 'mail.kolkatapolice.example o1.code' },
        { name: 'Content-Language', value: 'en' },
      ],
    });
  });

  it('tells reference, station, urgency, what is late, by when to answer, and the link', () => {
    const { text } = escalation();
    for (const part of [
      'Dear Inspector A. Sen,',
      'The first action of an officer is late: it was due by 24 November 2026, 9:00 am and nobody has acted.',
      'Ticket: BEHALA-26-000123-B',
      'Police station: Behala Police Station',
      'Urgency: urgent',
      'You are told as: officer in charge',
      'acknowledge by 24 November 2026, 10:00 am. Otherwise the next rank is told.',
      '\nhttps://thanadak.example/escalations/E1/sen/code\n',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each<[EscalationCause, RegExp, RegExp]>([
    [
      'acknowledgement',
      /acknowledgement to the resident is due by/,
      /acknowledgement .* is late: it was due by/,
    ],
    ['first-action', /first action of an officer is due by/, /first action of an officer is late/],
    ['resolution', /due to be closed by/, /closure of the ticket is late/],
    ['signature', /signature is due by/, /signature was due by .* has not been recorded/],
    ['progress', /report of progress .* is due by/, /report of progress .* is late/],
    ['reopened', /not solved\. It is to be looked at by/, /not solved\. The ticket is open again since/],
    ['restricted', /restricted matter .* to be looked at by/, /restricted matter .* waits for you since/],
  ])('says what is due and what is late: %s', (cause, due, late) => {
    expect(escalation({ cause, dueAt: '2026-11-24T04:00:01.000Z' }).text).toMatch(due);
    expect(escalation({ cause, dueAt: '2026-11-24T04:00:00.000Z' }).text).toMatch(late);
  });

  it.each(['2026-11-24T03:00:00.000Z', '2026-11-24T05:00:00.000Z'])(
    'names the three choices when a signature is missing, and that nothing lapses (due %s)',
    (dueAt) => {
      const { text } = escalation({ cause: 'signature', dueAt });
      expect(text).toMatch(/FIR, .*preliminary enquiry \(14 days\), .*reasoned note/);
      expect(text).toContain('not closed by itself');
    },
  );

  it('says so when no rank follows and when nobody has judged', () => {
    const { text } = escalation({ answerBy: null, urgency: null, rank: 'admin' });
    expect(text).toContain('Please open the page and acknowledge.');
    expect(text).not.toContain('next rank');
    expect(text).toContain('Urgency: not judged yet');
    expect(text).toContain('nobody holds the posts');
  });
});

describe('the digest', () => {
  it('is automatic, and lists one ticket a line', () => {
    const letter = digest({ lines: [LINE, { ...LINE, cause: 'reopened', urgency: null }] });
    expect(letter).toMatchObject({ kind: 'digest', envelopeFrom: '', replyTo: null, inReplyTo: null });
    expect(letter.headers[0]).toEqual({ name: 'Auto-Submitted', value: 'auto-generated' });
    expect(letter.subject).toBe('Open and waiting for you: 2');
    expect(letter.text.split('\n').filter((line) => line.startsWith('BEHALA'))).toEqual([
      'BEHALA-26-000123-B | Behala Police Station | semi-urgent | closure, waiting since 23 November 2026, 9:00 am',
      'BEHALA-26-000123-B | Behala Police Station | not judged yet | not solved, opened again, waiting since 23 November 2026, 9:00 am',
    ]);
    expect(letter.text).toContain('\nhttps://thanadak.example\n');
  });

  it('lists two hundred and counts the others', () => {
    const { text, subject } = digest({ lines: Array.from({ length: 250 }, () => LINE) });
    expect(text.match(/^BEHALA/gm)).toHaveLength(200);
    expect(text).toContain('\nand 50 more\n');
    expect(subject).toMatch(/: 250$/);
  });

  it('says when nothing is open', () => {
    expect(digest({ lines: [] }).text).toContain('Nothing is open.');
  });
});

describe('a name from the configuration', () => {
  const HOSTILE = 'Sen\r\nBcc: kali@evil.example\r\n\r\n{{link}} $&';

  it('makes no header and no line, and is not looked into', () => {
    const one = escalation({
      name: HOSTILE,
      stationName: HOSTILE,
      from: { address: 'dak@kolkatapolice.example', name: HOSTILE },
    });
    const list = digest({ name: HOSTILE, lines: [{ ...LINE, stationName: HOSTILE }] });
    for (const { text, ...head } of [one, list]) {
      expect(JSON.stringify(head)).not.toMatch(/\\[nru]/);
      expect(text).not.toMatch(/^Bcc/m);
      expect(text).toContain('Sen Bcc: kali@evil.example {{link}} $&');
    }
  });
});
