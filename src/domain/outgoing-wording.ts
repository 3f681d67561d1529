// What the wording of each letter may name, besides the acknowledgement's.
import type { Placeholders } from './template.js';

/** To a resident: placeholders whose values are the same in no two languages, although one value is given. */
export interface ResidentPlaceholders extends Placeholders {
  /** Those of `lines` that are instants; written as day and time in the reader's language. */
  times: readonly string[];
  /** Those of `lines` that are numbers; in the language's own digits. */
  numbers: readonly string[];
}

/** The subject of a letter to a resident is seen by whoever holds their telephone: it names nothing but the reference. */
const SUBJECT = ['reference'] as const;
const ALWAYS = ['emergency_numbers', 'reference', 'station'] as const;

function forResident(
  named: { times?: readonly string[]; numbers?: readonly string[]; others?: readonly string[] },
  blocks: readonly string[] = [],
): ResidentPlaceholders {
  const { times = [], numbers = [], others = [] } = named;
  return { subject: SUBJECT, lines: [...ALWAYS, ...times, ...numbers, ...others], times, numbers, blocks };
}

/** In each configured language. */
export const RESIDENT_WORDING = {
  reply: forResident({}, ['text']),
  ask: forResident({ times: ['until'] }, ['text']),
  'answer-reminder': forResident({ times: ['asked_at', 'until'] }),
  closure: forResident({ numbers: ['days'], others: ['outcome'] }, ['action']),
  'closure-unanswered': forResident({ times: ['asked_at'], numbers: ['days'] }),
  transfer: forResident({ others: ['new_station'] }),
  signature: forResident({ times: ['sign_by'] }),
  'signature-reminder': forResident({ times: ['sign_by'] }),
} as const;

const PASSED_ON = ['reference', 'station', 'received_at', 'reply_address'] as const;

/** To officers, other forces and agencies, in English. */
export const OFFICIAL_WORDING = {
  'transfer-foreign': {
    subject: ['reference', 'station'],
    lines: [...PASSED_ON, 'resident'],
    blocks: ['reason', 'letter'],
  },
  referral: {
    subject: ['reference', 'station'],
    lines: [...PASSED_ON, 'agency'],
    blocks: ['request', 'letter'],
  },
  'officer-escalation': {
    subject: ['reference', 'station', 'urgency'],
    lines: ['reference', 'station', 'urgency', 'name', 'rank', 'late', 'answer', 'link'],
    blocks: [],
  },
  'officer-alarm': { subject: ['until'], lines: ['limit', 'until'], blocks: [] },
  'officer-digest': { subject: ['count'], lines: ['count', 'name', 'link'], blocks: ['tickets'] },
} as const satisfies Record<string, Placeholders>;

export type OfficialTemplate = keyof typeof OFFICIAL_WORDING;
