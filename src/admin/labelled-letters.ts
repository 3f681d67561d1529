// Labelled letters as a file of JSON lines, told line by line what is wrong with it.
import { ThanadakError } from '../domain/errors.js';
import { URGENCIES, type Urgency } from '../domain/ticket.js';
import type { LabelledLetter } from '../domain/triage-figures.js';
import { readFileText } from './given-text.js';

/** More of them only hide the first. */
const MOST_PROBLEMS = 20;
const TEXT_KEYS = ['id', 'language', 'subject', 'text', 'category'] as const;

/**
 * One letter a line; blank lines are left out, further keys do not matter. Errors: 'invalid', with `file:line: what is
 * wrong` a line.
 */
export async function readLabelledLetters(file: string): Promise<LabelledLetter[]> {
  const letters: LabelledLetter[] = [];
  const problems: string[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of (await readFileText(file)).split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const read = readLetter(line);
    const number = index + 1;
    if (typeof read === 'string') {
      problems.push(`${file}:${number}: ${read}`);
      continue;
    }
    const twin = seen.get(read.id);
    if (twin !== undefined)
      problems.push(`${file}:${number}: the id ${read.id} stands in line ${twin} already`);
    seen.set(read.id, number);
    letters.push(read);
  }
  if (problems.length > 0) throw new ThanadakError('invalid', shorten(problems).join('\n'));
  return letters;
}

function shorten(problems: readonly string[]): string[] {
  const more = problems.length - MOST_PROBLEMS;
  return [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])];
}

/** The letter, or what is wrong with the line. */
function readLetter(line: string): LabelledLetter | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'this is no JSON; each line holds one letter as an object';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'this is no JSON object';
  const fields = value as Record<string, unknown>;
  const missing = TEXT_KEYS.filter((key) => typeof fields[key] !== 'string');
  if (missing.length > 0) return `${missing.join(', ')} must be there, as text`;
  const urgency = URGENCIES.find((known) => known === fields.urgency);
  if (urgency === undefined) return `urgency must be one of ${URGENCIES.join(', ')}`;
  return letterOf(fields, urgency);
}

function letterOf(fields: Record<string, unknown>, urgency: Urgency): LabelledLetter {
  const text = (key: (typeof TEXT_KEYS)[number]) => String(fields[key]);
  return {
    id: text('id'),
    language: text('language'),
    subject: text('subject'),
    text: text('text'),
    urgency,
    category: text('category'),
  };
}
