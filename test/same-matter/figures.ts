// How well likeness sorts letters, held against a sorting by hand.
import { join } from 'node:path';
import { loadTriageLists } from '../../src/config/triage-words.js';
import { type Likeness, likeness, type MatterMarks, matterMarks } from '../../src/domain/same-matter.js';
import { proposeTriage } from '../../src/domain/triage.js';
import { compileTriage } from '../../src/domain/triage-compile.js';
import type { SortedLetter } from './letters.js';

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
export function judgePairs(letters: readonly SortedLetter[]): JudgedPair[] {
  const marked = letters.map((letter) => ({ letter, marks: marksOf(letter) }));
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
export function incidentsFoundWhole(
  letters: readonly SortedLetter[],
  pairs: readonly JudgedPair[],
): { whole: number; of: number } {
  const names = [...new Set(letters.map(({ incident }) => incident))];
  const groups = names.map((name) => letters.filter(({ incident }) => incident === name));
  const several = groups.filter((group) => group.length > 1);
  return { whole: several.filter((group) => isWhole(group, pairs)).length, of: several.length };
}

function isWhole(group: readonly SortedLetter[], pairs: readonly JudgedPair[]): boolean {
  const reached = new Set(group.slice(0, 1));
  const found = pairs.filter(
    ({ one, other, likeness: like }) => like && group.includes(one) && group.includes(other),
  );
  for (const _ of group) {
    for (const { one, other } of found) {
      if (reached.has(one)) reached.add(other);
      if (reached.has(other)) reached.add(one);
    }
  }
  return reached.size === group.length;
}
