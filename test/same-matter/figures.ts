// How well likeness sorts letters, held against a sorting by hand.
import { join } from 'node:path';
import { loadTriageLists } from '../../src/config/triage-words.js';
import { type Likeness, likeness, type MatterMarks, matterMarks } from '../../src/domain/same-matter.js';
import { proposeTriage } from '../../src/domain/triage.js';
import { compileTriage } from '../../src/domain/triage-compile.js';
import { LETTERS, type SortedLetter } from './letters.js';

const rules = compileTriage(loadTriageLists(join(import.meta.dirname, '../../config/triage')));
const START = Date.parse('2026-11-23T12:30:00.000Z');
const KOLKATA_MS = 19_800_000;

export function marksOf({ subject, text, at, files = [] }: SortedLetter): MatterMarks {
  const { category } = proposeTriage(rules, { subject, text });
  const received = START + at * 60_000;
  return matterMarks({
    subject,
    own: text,
    attachments: files.map((file, index) => ({ name: `${index}`, part: `${index + 2}`, ...file })),
    category,
    receivedAt: new Date(received).toISOString(),
    receivedDay: new Date(received + KOLKATA_MS).toISOString().slice(0, 10),
  });
}

export interface JudgedPair {
  one: SortedLetter;
  other: SortedLetter;
  isSame: boolean;
  likeness: Likeness | undefined;
}

/** Every pair of letters, judged. */
export function judgePairs(): JudgedPair[] {
  const marked = LETTERS.map((letter) => ({ letter, marks: marksOf(letter) }));
  return marked.flatMap((one, index) =>
    marked.slice(index + 1).map((other) => ({
      one: one.letter,
      other: other.letter,
      isSame: one.letter.incident === other.letter.incident,
      likeness: likeness(one.marks, other.marks),
    })),
  );
}

/** Incidents whose letters all hang together by the pairs found. */
export function incidentsFoundWhole(pairs: readonly JudgedPair[]): { whole: number; of: number } {
  const names = [...new Set(LETTERS.map(({ incident }) => incident))];
  const several = names.filter((name) => LETTERS.filter(({ incident }) => incident === name).length > 1);
  const whole = several.filter((name) => isWhole(name, pairs));
  return { whole: whole.length, of: several.length };
}

function isWhole(incident: string, pairs: readonly JudgedPair[]): boolean {
  const letters = LETTERS.filter((letter) => letter.incident === incident);
  const reached = new Set(letters.slice(0, 1));
  const found = pairs.filter(({ isSame, likeness, one }) => isSame && likeness && one.incident === incident);
  for (const _ of letters) {
    for (const { one, other } of found) {
      if (reached.has(one)) reached.add(other);
      if (reached.has(other)) reached.add(one);
    }
  }
  return reached.size === letters.length;
}
