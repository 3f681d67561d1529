import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/domain/reference.js';
import { quotedMarker, replyAddress, signedMessageId } from '../../src/domain/thread-token.js';
import { referencesInText } from '../../src/domain/threading-text.js';
import { createSigner } from '../../src/keys/signer.js';

const signer = createSigner(Buffer.alloc(32, 7));
const stranger = createSigner(Buffer.alloc(32, 8));
const mailDomain = 'mail.kolkatapolice.example';
const one = formatReference('behala', 2026, 123);
const other = formatReference('sarsuna-east', 2026, 7);
const markerOf = (reference: string, by = signer) => quotedMarker(by, reference);
const idOf = (reference: string, by = signer) =>
  signedMessageId(by, { reference, unique: '01KB8N4Z3Q7V5X2M9T6R1C0WYE', mailDomain });
const replyOf = (reference: string, by = signer) => replyAddress(by, reference, mailDomain);
const find = (text: string) => referencesInText(signer, text, mailDomain);

describe('a signed reference in the text', () => {
  it.each([
    [
      'quoted by >',
      `Nobody came.\n\nOn Tue, Behala wrote:\n> Your letter was received.\n> ${markerOf(one)}\n`,
    ],
    ['quoted twice', `> > ${markerOf(one)}`],
    ['below a head of Outlook', `Nobody came.\n\nFrom: Behala\nSent: Tuesday\n\nReceived.\n${markerOf(one)}`],
    ['in lower case', `> ${markerOf(one).toLowerCase()}`],
    ['without its brackets', `> ${markerOf(one).slice(1, -1)}`],
    ['after a colon', `Marker:${markerOf(one).slice(1, -1)}`],
    ['between stars that HTML became', `*${markerOf(one).slice(1, -1)}*`],
    ['as a Message-ID', `> Message-ID: ${idOf(one)}`],
    ['as a reply address', `From: Rita\nTo: Behala <${replyOf(one)}>`],
    ['as a link', `[mailto:${replyOf(one)}]`],
    ['as an address at the end of a sentence', `Answer to ${replyOf(one)}.`],
  ])('is found %s', (_name, text) => expect(find(text)).toEqual([one]));

  it('comes in its order, each once', () => {
    expect(find(`${markerOf(other)}\n> ${markerOf(one)}\n> > ${idOf(other)}`)).toEqual([other, one]);
  });

  it.each([
    ['of another installation', markerOf(one, stranger)],
    ['as another installation’s Message-ID', idOf(one, stranger)],
    ['as another installation’s reply address', replyOf(one, stranger)],
    ['with another number', markerOf(one).replace(one, other)],
    ['with a code moved to a reply address', `behala+26-123-${markerOf(one).slice(-27, -1)}@${mailDomain}`],
    ['under another domain', replyOf(one).replace(mailDomain, 'mail.elsewhere.example')],
    ['broken in two', markerOf(one).replace('/', '/\n')],
    ['that is a number alone', one],
    ['that is not there', 'Nobody came.'],
  ])('%s proves nothing', (_name, text) => expect(find(text)).toEqual([]));

  it('behind a wall of forged ones is not looked for for ever', () => {
    const forged = `${markerOf(one, stranger)}\n`;
    expect(find(`${forged.repeat(20)}${markerOf(one)}`)).toEqual([one]);
    expect(find(`${forged.repeat(1_000)}${markerOf(one)}`)).toEqual([]);
  });

  it.each([
    ['a-'.repeat(1_000_000)],
    ['a'.repeat(2_000_000)],
    ['a.'.repeat(1_000_000)],
    ['a+26-1-'.repeat(300_000)],
    ['behala-26-000123-k/'.repeat(100_000)],
  ])('is looked for in any text', (text) => expect(find(text)).toEqual([]));

  it('is never found without the key', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(one, '/', '@', mailDomain, 'behala+26-123-', '[', ']', '.', '\n'),
      fc.stringMatching(/^[a-z2-7]{26}$/),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (words) => {
        expect(find(words.join(''))).toEqual([]);
      }),
    );
  });
});
