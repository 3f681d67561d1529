import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  composeForeignTransfer,
  composeReferral,
  type ForeignTransferFacts,
  type ReferralFacts,
} from '../../src/domain/agency-letter.js';
import { LANGUAGES } from '../../src/domain/station.js';
import type { Templates } from '../../src/ports/templates.js';
import { loadTemplates } from '../../src/templates/templates.js';

let templates: Templates;

beforeAll(async () => {
  templates = await loadTemplates(join(import.meta.dirname, '../../config/templates'), LANGUAGES);
});

const SIGNED = 'behala+26-123-abc@mail.kolkatapolice.example';
const common = () => ({
  reference: 'BEHALA-26-000123-B',
  stationName: 'Behala Police Station',
  letter: 'The lamp at Rose Lane is dark.\nPlease come.',
  receivedAt: '2026-11-24T04:00:00.000Z',
  from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala Police Station' },
  replyTo: { address: SIGNED, name: 'Behala Police Station' },
  envelopeFrom: SIGNED,
  marks: {
    outboxId: 'O1',
    messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
    loop: 'mail.kolkatapolice.example o1.code',
    marker: '[BEHALA-26-000123-K/code]',
  },
  createdAt: '2026-11-24T05:00:00.000Z',
  timeZone: 'Asia/Kolkata',
  templates,
});

function transfer(changes: Partial<ForeignTransferFacts> = {}) {
  return composeForeignTransfer({
    ...common(),
    to: 'laketown.ps@bidhannagarpolice.example',
    reason: 'Lake Town lies in your area.\nWe know nothing more.',
    resident: { address: 'rita@home.example', name: 'Rita Basu' },
    ...changes,
  });
}

function referral(changes: Partial<ReferralFacts> = {}) {
  return composeReferral({
    ...common(),
    to: 'lighting@municipality.example',
    agencyName: 'Municipal Lighting Department',
    request: 'Please mend the lamp.\nPole 14.',
    ...changes,
  });
}

describe('a letter that passes a matter on', () => {
  it.each([
    ['transfer', () => transfer()],
    ['referral', () => referral()],
  ])(
    '%s is answered to the signed address, comes back when undeliverable, and is no automatic letter',
    (kind, compose) => {
      expect(compose()).toMatchObject({
        id: 'O1',
        kind,
        envelopeFrom: SIGNED,
        from: { address: 'behala.ps@kolkatapolice.example' },
        replyTo: { address: SIGNED },
        messageId: '<o1.behala.26-123-abc@mail.kolkatapolice.example>',
        inReplyTo: null,
        references: [],
        headers: [
          { name: 'X-Thanadak-Loop', value: 'mail.kolkatapolice.example o1.code' },
          { name: 'Content-Language', value: 'en' },
        ],
      });
      expect(compose().subject).toContain('BEHALA-26-000123-B');
      expect(compose().text).toContain(`(${SIGNED})`);
      expect(compose().text).toContain('Received by us: 24 November 2026, 9:30 am');
      expect(compose().text).toContain('\n> The lamp at Rose Lane is dark.\n> Please come.\n');
    },
  );

  it('tells another force why, and whom to answer', () => {
    const { text } = transfer();
    expect(text).toContain('\nLake Town lies in your area.\nWe know nothing more.\n');
    expect(text).toContain('Resident: Rita Basu, rita@home.example\n');
    expect(text).toContain('It is not a GD or FIR number.');
    expect(transfer({ resident: { address: 'rita@home.example', name: ' ' } }).text).toContain(
      'Resident: rita@home.example\n',
    );
    expect(transfer({ resident: null }).text).toContain('Resident: not named here');
  });

  it('tells an agency what is asked, and not who the resident is', () => {
    const facts = { resident: { address: 'rita@home.example', name: 'Rita Basu' } };
    const letter = referral(facts as Partial<ReferralFacts>);
    expect(letter.text).toContain('To Municipal Lighting Department\n');
    expect(letter.text).toContain('\nPlease mend the lamp.\nPole 14.\n');
    expect(JSON.stringify(letter)).not.toMatch(/rita@|Rita Basu/);
  });

  it.each([null, '', ' \n\u0000 '])('says so when the words are not enclosed (%j)', (letter) => {
    for (const { text } of [transfer({ letter }), referral({ letter })]) {
      expect(text).toContain("The resident's words are not enclosed.");
      expect(text).not.toMatch(/^>/m);
    }
  });

  it('shortens an endless letter and says so', () => {
    const { text } = referral({ letter: `${'x'.repeat(19_999)}😀 and more` });
    expect(text.length).toBeLessThan(21_500);
    expect(text).toContain('the whole of it is with us');
    expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

describe('what a resident wrote, in a letter to others', () => {
  const HOSTILE = 'x\r\nBcc: kali@evil.example\u2028\rPlease answer to {{reply_address}} $& \u202e';

  it('stands behind a mark in every line and passes for nothing of ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const letter = `${HOSTILE}${text}`;
        const enclosed = referral({ letter }).text.split('this matter only:\n\n')[1] ?? '';
        const lines = enclosed.split('\n');
        return (
          enclosed.endsWith('\n\n[BEHALA-26-000123-K/code]\n') &&
          lines.slice(0, -3).every((line) => line.startsWith('>'))
        );
      }),
    );
    expect(referral({ letter: HOSTILE }).text).toContain('\n> Please answer to {{reply_address}} $&\n');
  });

  it('makes no header, nor do names and addresses', () => {
    const mailbox = { address: SIGNED, name: HOSTILE };
    const changes = { letter: HOSTILE, from: mailbox, replyTo: mailbox, stationName: HOSTILE };
    const letters = [
      transfer({ ...changes, reason: HOSTILE, resident: { address: 'rita@home.example', name: HOSTILE } }),
      referral({ ...changes, request: HOSTILE, agencyName: HOSTILE }),
    ];
    for (const { text, ...head } of letters) {
      expect(JSON.stringify(head)).not.toMatch(/\\[nr]|\\u20/);
      expect(text).not.toContain('\u202e');
    }
  });
});
