// The hours and days a letter speaks of: "8 pm", "রাত ৯টা", "शाम 7 बजे", "raat 10 baje", "20:30"; yesterday, 23/11.
import type { Token } from './matter-tokens.js';

type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

const PARTS: Record<PartOfDay, string> = {
  morning: 'am morning ভোর ভোরে ভোরবেলা সকাল সকালে सुबह तड़के subah sokal sokale bhor bhore',
  noon: 'noon দুপুর দুপুরে दोपहर dopahar dupur dupure',
  afternoon: 'pm afternoon বিকেল বিকেলে বিকাল বিকালে bikel bikele',
  evening: 'evening সন্ধ্যা সন্ধ্যায় সন্ধে সন্ধেবেলা शाम sham shaam sondhya sondhe sandhya',
  night: 'night midnight রাত রাতে রাত্রি রাত্রে रात raat rat raate',
};
const PART_OF = new Map(
  (Object.entries(PARTS) as [PartOfDay, string][]).flatMap(([part, words]) =>
    words.split(' ').map((word): [string, PartOfDay] => [word.normalize('NFC'), part]),
  ),
);

const NUMBERS = [
  'one ek এক একটা एक',
  'two dui do দুই দুটো দুটা दो',
  'three tin teen তিন তিনটে तीन',
  'four char চার চারটে चार',
  'five panch পাঁচ पाँच पांच',
  'six choy chhe ছয় ছ छह',
  'seven saat shaat সাত सात',
  'eight aath aat আট आठ',
  'nine nau noy নয় ন नौ',
  'ten das dosh দশ दस',
  'eleven gyarah egaro এগারো এগারোটা ग्यारह',
  'twelve barah baro বারো बारह',
];
const NUMBER_OF = new Map(
  NUMBERS.flatMap((words, index) =>
    words.split(' ').map((word): [string, number] => [word.normalize('NFC'), index + 1]),
  ),
);
const QUARTER_TO = new Set(['পৌনে', 'पौने', 'paune', 'poune']);
const O_CLOCK = new Set([
  'baje',
  'bje',
  'बजे',
  'oclock',
  'clock',
  'ta',
  'tay',
  'taye',
  'টা',
  'টায়',
  'টার',
  'hrs',
]);
const BETWEEN = 3;
const MOST_HOURS = 4;

/** The hours named, 0-23, each once; without a part of the day an hour below 13 tells too little. */
export function hoursIn(tokens: readonly Token[]): number[] {
  const hours = new Set<number>();
  for (const at of tokens.keys()) {
    const hour = hourAt(tokens, at);
    if (hour !== undefined && hours.size < MOST_HOURS) hours.add(hour);
  }
  return [...hours].sort((a, b) => a - b);
}

function hourAt(tokens: readonly Token[], at: number): number | undefined {
  const read = numberIn(tokens[at]?.folded ?? '');
  if (!read) return undefined;
  const part = read.part ?? partAround(tokens, at, read.isClock);
  if (part) return hourOf(QUARTER_TO.has(tokens[at - 1]?.folded ?? '') ? read.value - 1 : read.value, part);
  const isWritten24 = read.hasMinutes && read.value > 12 && read.value < 24;
  return isWritten24 ? read.value : undefined;
}

interface ReadNumber {
  value: number;
  part?: PartOfDay;
  hasMinutes: boolean;
  isClock: boolean;
}

const CLOCK_ENDING = /(?:টায়|টার|টা|টে|টো)$/u;
/** "একটা" is an article as well, "একটায়" is not. */
const SURE_ENDING = /টায়$/u;

function numberIn(folded: string): ReadNumber | undefined {
  const word = folded.normalize('NFC');
  const digits = /^(\d{1,2})([:.]\d{2})?(am|pm|ta|tay|টায়|টার|টা|টে|টো)?$/u.exec(word);
  if (digits) {
    const [, hour, minutes, mark] = digits;
    const half = mark === 'am' ? 'morning' : mark === 'pm' ? 'afternoon' : undefined;
    const isClock = mark !== undefined || minutes !== undefined;
    return {
      value: Number(hour),
      ...(half ? { part: half } : {}),
      hasMinutes: minutes?.[0] === ':',
      isClock,
    };
  }
  const stem = word.replace(CLOCK_ENDING, '');
  const value = NUMBER_OF.get(word) ?? NUMBER_OF.get(stem);
  return value === undefined ? undefined : { value, hasMinutes: false, isClock: SURE_ENDING.test(word) };
}

const NAMES_TWELVE = new Set(['noon', 'midnight']);

/** The part of the day just before the number, or behind it when the number is that of a clock. */
function partAround(tokens: readonly Token[], at: number, isClock: boolean): PartOfDay | undefined {
  const next = tokens[at + 1]?.folded ?? '';
  const half = NAMES_TWELVE.has(next) ? partOf(tokens[at + 1]) : dottedHalf(tokens, at);
  if (half) return half;
  const marked = isClock || O_CLOCK.has(next) || (next === 'o' && tokens[at + 2]?.folded === 'clock');
  const direct = partOf(tokens[at - 1]) ?? (isFiller(tokens[at - 1]) ? partOf(tokens[at - 2]) : undefined);
  if (direct && (marked || !isFollowedByNoun(next))) return direct;
  if (marked) return nearestPart(tokens, at, [1, -1]);
  return ['in', 'at', 'pm', 'am'].includes(next) ? nearestPart(tokens, at, [1]) : undefined;
}

function nearestPart(tokens: readonly Token[], at: number, sides: readonly number[]): PartOfDay | undefined {
  for (let step = 1; step <= BETWEEN + 1; step += 1) {
    for (const side of sides) {
      const part = partOf(tokens[at + side * step]);
      if (part) return part;
    }
  }
  return undefined;
}

/** "8 p.m." falls into three words. */
function dottedHalf(tokens: readonly Token[], at: number): PartOfDay | undefined {
  const [first, second] = [tokens[at + 1]?.folded, tokens[at + 2]?.folded];
  if (second !== 'm') return undefined;
  return first === 'p' ? 'afternoon' : first === 'a' ? 'morning' : undefined;
}

const FILLERS = new Set(
  'প্রায় নাগাদ সাড়ে পৌনে সওয়া ke ko karib kareeb lagbhag pray prai sare saadhe sadhe paune के को में करीब लगभग साढ़े पौने सवा around about at'
    .normalize('NFC')
    .split(' '),
);

function isFiller(token: Token | undefined): boolean {
  return token !== undefined && FILLERS.has(token.folded.normalize('NFC'));
}

/** "last night two boys", "রাতে তিনজন": people, not hours. */
function isFollowedByNoun(next: string): boolean {
  return /^\p{L}/u.test(next);
}

function partOf(token: Token | undefined): PartOfDay | undefined {
  return token && PART_OF.get(token.folded.normalize('NFC'));
}

/** From which hour of the clock on a part of the day lies in the second half of the day. */
const SECOND_HALF_FROM: Record<PartOfDay, number> = {
  morning: 24,
  noon: 1,
  afternoon: 1,
  evening: 1,
  night: 6,
};
/** Where twelve stands, and noon before twelve. */
const TWELVE: Record<PartOfDay, number> = { morning: 0, noon: 12, afternoon: 12, evening: 12, night: 0 };

function hourOf(value: number, part: PartOfDay): number | undefined {
  if (value > 23) return undefined;
  if (value > 12) return value;
  if (value === 12) return TWELVE[part];
  if (part === 'noon' && value > 9) return value;
  return value < SECOND_HALF_FROM[part] ? value : value + 12;
}

/** Days back from the day of receipt. */
const BACK: Record<string, number> = {
  today: 0,
  tonight: 0,
  আজ: 0,
  আজকে: 0,
  aaj: 0,
  aj: 0,
  आज: 0,
  yesterday: 1,
  কাল: 1,
  গতকাল: 1,
  কালকে: 1,
  kal: 1,
  kaal: 1,
  gotokal: 1,
  कल: 1,
  পরশু: 2,
  परसों: 2,
  parso: 2,
  porshu: 2,
};

/** The days named, as `YYYY-MM-DD`, each once; `received` is the local day on which the letter came. */
export function daysIn(tokens: readonly Token[], received: string): string[] {
  const days = new Set<string>();
  for (const [at, { folded }] of tokens.entries()) {
    const back = BACK[folded.normalize('NFC')] ?? (isLastNight(tokens, at) ? 1 : undefined);
    const day = back === undefined ? dateAt(tokens, at, received) : daysBefore(received, back);
    if (day && days.size < MOST_HOURS) days.add(day);
  }
  return [...days].sort();
}

function isLastNight(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.folded === 'last' && ['night', 'evening'].includes(tokens[at + 1]?.folded ?? '');
}

const MONTHS = [
  /^(jan|জানু|जन)/,
  /^(feb|ফেব|फ[रे])/,
  /^(mar|মার্চ|मार्च)/,
  /^(apr|এপ্র|अप्र)/,
  /^(may$|মে$|मई)/,
  /^(jun|জুন|जून)/,
  /^(jul|জুল|जुल)/,
  /^(aug|আগ|अग)/,
  /^(sep|সেপ|सित)/,
  /^(oct|অক্ট|अक्ट|अक्तू)/,
  /^(nov|নভ|नव)/,
  /^(dec|ডিস|दिस)/,
];

/** "23 November", "23rd Nov", "২৩শে নভেম্বর": the nearest such day not after the receipt. */
function dateAt(tokens: readonly Token[], at: number, received: string): string | undefined {
  const day = /^(\d{1,2})(?:st|nd|rd|th|শে|ই|লা|রা)?$/u.exec(tokens[at]?.folded ?? '')?.[1];
  const word = tokens[at + 1]?.folded ?? '';
  const month = day === undefined ? -1 : MONTHS.findIndex((name) => name.test(word));
  if (day === undefined || month < 0) return undefined;
  const written = `-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const year = Number(received.slice(0, 4));
  return `${year}${written}` > received ? `${year - 1}${written}` : `${year}${written}`;
}

const DAY_MS = 86_400_000;

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
