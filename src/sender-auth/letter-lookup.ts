// The questions one letter may ask: so many, until its deadline. A hostile SPF record can ask for hundreds of names on
// servers that answer slowly.
import type { Answer, Records, RecordType } from './dns-records.js';
import { type Lookup, within } from './lookup.js';

/** When the time of a letter is over, on the clock of `performance`. */
export interface Deadline {
  remainingMs(): number;
}

export function deadlineAfter(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { remainingMs: () => Math.max(0, end - performance.now()) };
}

/** `lookup` for at most `most` questions until `deadline`; further ones meet trouble. */
export function limitLookup(lookup: Lookup, limits: { most: number; deadline: Deadline }): Lookup {
  let asked = 0;
  return {
    async ask(name, type) {
      asked += 1;
      if (asked > limits.most) return { kind: 'trouble', code: 'too many questions' };
      return within(limits.deadline.remainingMs(), lookup.ask(name, type));
    },
  };
}

/** The error by which node:dns says that there are no records, or that nobody answered. */
export class NoAnswer extends Error {
  readonly code: string;

  constructor(answer: Exclude<Answer, { kind: 'records' }>) {
    super(answer.code);
    // The library takes any other code of trouble inside an SPF include for "does not match".
    this.code = answer.kind === 'none' ? answer.code : 'ETIMEOUT';
  }
}

/** The records, as libraries expect them of a resolver. Throws NoAnswer. */
export function recordsOf(answer: Answer): Records {
  if (answer.kind !== 'records') throw new NoAnswer(answer);
  return answer.records;
}

export function isRecordType(type: string): type is RecordType {
  return ['TXT', 'A', 'AAAA', 'MX', 'PTR'].includes(type);
}
