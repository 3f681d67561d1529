// What people do to a ticket: in which states each deed is possible, and the sentence that says why not.
import type { Ticket, TicketState } from './ticket.js';

export const DEEDS = [
  'triage',
  'assign',
  'note',
  'reply',
  'ask',
  'wait',
  'resume',
  'transfer',
  'refer',
  'merge',
  'unmerge',
  'split',
  'file-for',
  'hold',
  'unhold',
  'erase',
  'link',
  'close',
  'reopen',
  'restrict',
  'register',
  'sign',
  'decide',
  'record',
  'acknowledge',
  'junk',
  'not-junk',
  'gather',
  'leave',
  'dismiss',
] as const;
export type Deed = (typeof DEEDS)[number];

const LIVE: readonly TicketState[] = ['new', 'open', 'waiting'];
const NOT_MERGED: readonly TicketState[] = [...LIVE, 'closed'];

const POSSIBLE: Record<Deed, readonly TicketState[]> = {
  triage: LIVE,
  assign: LIVE,
  note: NOT_MERGED,
  reply: NOT_MERGED,
  ask: LIVE,
  wait: ['new', 'open'],
  resume: ['waiting'],
  transfer: LIVE,
  refer: LIVE,
  merge: LIVE,
  unmerge: ['merged'],
  split: NOT_MERGED,
  'file-for': LIVE,
  hold: NOT_MERGED,
  unhold: NOT_MERGED,
  erase: ['closed'],
  link: NOT_MERGED,
  close: LIVE,
  reopen: ['closed'],
  restrict: NOT_MERGED,
  register: LIVE,
  sign: NOT_MERGED,
  decide: NOT_MERGED,
  record: NOT_MERGED,
  acknowledge: NOT_MERGED,
  junk: LIVE,
  'not-junk': LIVE,
  gather: LIVE,
  leave: NOT_MERGED,
  dismiss: NOT_MERGED,
};

/** Why `deed` is not possible on the ticket as it stands, as a sentence with the mend; undefined when it is. */
export function refusalOf(
  deed: Deed,
  ticket: Pick<Ticket, 'reference' | 'state' | 'mergedInto' | 'junk'>,
): string | undefined {
  if (POSSIBLE[deed].includes(ticket.state)) return junkRefusalOf(deed, ticket);
  const { reference, state } = ticket;
  if (state === 'merged')
    return `${reference} was merged into ${ticket.mergedInto}; act there, or unmerge it first.`;
  if (deed === 'erase') return `${reference} is ${state}; only a closed ticket is erased.`;
  if (deed === 'unmerge') return `${reference} is not merged into another ticket.`;
  if (deed === 'resume') return `${reference} is not waiting; it is ${state}.`;
  if (deed === 'reopen') return `${reference} is not closed; it is ${state}.`;
  if (deed === 'wait')
    return state === 'waiting' ? `${reference} is waiting already; resume it first.` : closed(reference);
  return closed(reference);
}

function closed(reference: string): string {
  return `${reference} is closed; reopen it first.`;
}

/** What may be done to a ticket that is put away: nothing that writes to anybody or starts a clock. */
const WITH_JUNK: readonly Deed[] = ['note', 'hold', 'unhold', 'link', 'restrict', 'not-junk'];

function junkRefusalOf(
  deed: Deed,
  { reference, junk }: Pick<Ticket, 'reference' | 'junk'>,
): string | undefined {
  if (deed === 'not-junk' && junk !== 'junk' && junk !== 'suspected')
    return `${reference} is not taken for junk.`;
  if (junk !== 'junk' || WITH_JUNK.includes(deed)) return undefined;
  return `${reference} is put away as junk; bring it back first with not-junk.`;
}

const NO_WORK: readonly Deed[] = [
  'unmerge',
  'reopen',
  'junk',
  'not-junk',
  'leave',
  'dismiss',
  'hold',
  'unhold',
  'erase',
];

/** Deeds that begin the work on a ticket: the first one meets the first-action clock. */
export function isAction(deed: Deed): boolean {
  return !NO_WORK.includes(deed);
}
