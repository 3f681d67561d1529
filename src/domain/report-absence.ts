// Absences: a person's mail program says that they are away, in English, Bengali, Hindi, and both in Latin letters.
// A complaint may speak of an absent officer in the same words, so words alone never make an absence of a letter.
import { isAutomatic } from './classification.js';
import type { Finding, ReportedMessage } from './report.js';
import { addressIn } from './report-address.js';

const LOOKED_AT = 2_000;
const SUBJECT_LOOKED_AT = 200;

const SUBJECT = folded(
  String.raw`^(?:\[?(?:` +
    [
      String.raw`out[\s-]of[\s-](?:the[\s-])?office`,
      String.raw`auto(?:matic|mated|matically)?[\s-]?(?:reply|response|replied|generated reply)`,
      'auto:',
      String.raw`vacation(?: (?:reply|response|message|notice))?\b`,
      String.raw`(?:i am |i'm )?(?:currently )?(?:away|on (?:\w+ )?leave|on vacation)\b`,
      'স্বয়ংক্রিয় (?:উত্তর|প্রত্যুত্তর|জবাব)',
      'অফিসের বাইরে|ছুটিতে|অনুপস্থিত',
      'स्वचालित (?:उत्तर|जवाब|प्रत्युत्तर)|स्वतः उत्तर',
      '(?:कार्यालय|ऑफ़िस|दफ़्तर) से बाहर|(?:छुट्टी|अवकाश) पर',
      String.raw`chh?utt?i(?:te| par| pe| per)\b|office ke bahar|office se bahar|office er baire`,
    ].join('|') +
    ')|.{0,60}\\(out of office\\))',
);

const TEXT = folded(
  [
    String.raw`\b(?:i am|i'm|i will be|i'll be|am) (?:currently |now |presently )?(?:out of (?:the )?(?:office|station|town|country)|away|on (?:\w+ ){0,2}(?:leave|vacation|holiday))`,
    String.raw`\b(?:i have|i've) (?:no|limited) access to (?:my )?e-?mail`,
    String.raw`\bthis is an auto(?:matic|mated|matically)?[\s-]?(?:generated )?(?:reply|response)`,
    String.raw`\bout of (?:the )?office (?:until|till|from|and will)`,
    String.raw`\bi (?:will|shall) (?:reply|respond|get back).{0,60}(?:when i|on my|upon my|after my) return`,
    'আমি .{0,40}(?:ছুটিতে|অফিসের বাইরে|বাইরে) (?:আছি|থাকব|থাকবো)',
    '(?:ছুটিতে|অফিসের বাইরে) (?:আছি|থাকব|থাকবো|রয়েছি)',
    'এটি একটি স্বয়ংক্রিয় (?:উত্তর|জবাব|বার্তা)',
    '(?:छुट्टी|अवकाश) पर (?:हूँ|हूं|रहूँगा|रहूंगा|रहूँगी|रहूंगी)',
    '(?:कार्यालय|ऑफ़िस|ऑफिस|दफ़्तर|शहर) से बाहर (?:हूँ|हूं|रहूँगा|रहूंगा|रहूँगी|रहूंगी)',
    'यह (?:एक )?(?:स्वचालित|स्वतः) (?:उत्तर|जवाब|संदेश)',
    String.raw`\b(?:main|mai|mein) .{0,30}chh?utt?i (?:par|pe|per) (?:hoon|hun|hu|rahunga|rahungi)`,
    String.raw`\boffice (?:se|ke) bahar (?:hoon|hun|hu)`,
    String.raw`\bami .{0,30}chh?utt?i(?:te)? (?:achh?i|ache|thakbo)`,
    String.raw`\boffice(?: |-)?er baire (?:achh?i|thakbo)`,
  ].join('|'),
);

/**
 * The absence, undefined when `message` is none: a robot's letter (by its headers or its null sender) that says so in its
 * subject, or in its text when it answers a letter; or an answer that says so in both, from a program that does not mark
 * what it sends. Forms on the web send complaints as robots do.
 */
export function readAbsence(message: ReportedMessage, envelopeFrom: string): Finding | undefined {
  if (!saysAbsent(message, isAutomatic(message) || envelopeFrom === '')) return undefined;
  const address = addressIn(message.from?.address ?? envelopeFrom);
  const facts = { original: null, action: 'none', status: null, diagnostic: '' } as const;
  return {
    kind: 'out-of-office',
    recipients: address === undefined ? [] : [{ address, ...facts }],
    detail: '',
  };
}

function saysAbsent(message: ReportedMessage, isRobot: boolean): boolean {
  const isAnswer = message.inReplyTo.length + message.references.length > 0;
  if (!isRobot && !isAnswer) return false;
  const inSubject = SUBJECT.test(prepared(message.subject, SUBJECT_LOOKED_AT));
  if (isRobot && inSubject) return true;
  return isAnswer && (isRobot || inSubject) && TEXT.test(prepared(message.text, LOOKED_AT));
}

function folded(source: string): RegExp {
  return new RegExp(withoutJoiners(source.normalize('NFC')), 'iu');
}

function prepared(text: string, most: number): string {
  return withoutJoiners(text.slice(0, most).normalize('NFC')).replace(/\s+/g, ' ').replace(/’/g, "'").trim();
}

function withoutJoiners(text: string): string {
  return text.replace(/[\u200b-\u200d\ufeff]/g, '');
}
