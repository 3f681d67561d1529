// What a ticket is, in facts and sections for people: who answers for it, why it is urgent, its clocks, who is told.

import type { ComingStep } from '../../domain/coming-steps.js';
import type { JunkState } from '../../domain/junk.js';
import type { Attention, Proposal } from '../../domain/ticket.js';
import type { FiredWord } from '../../domain/triage.js';
import { countOf, formatFacts } from '../output.js';
import { cutTo, oneLine } from '../text.js';
import type { Times } from '../times.js';
import type { ClockView } from './ticket-summary.js';
import type { EscalationOfTicket, TicketView } from './ticket-view.js';

/** What it means that a person must look. */
export const ATTENTION_MEANS: Record<Attention, string> = {
  'reopening-capped': 'the resident says again that it is not solved; decide whether to reopen it',
  'answer-after-closure': 'a letter came after the closure',
  'answer-too-late': 'the resident answered after the term for reopening',
  'not-delivered': 'a letter to the resident could not be delivered',
  'progress-due': 'the informant must be told how the case stands',
};

const JUNK_MEANS: Record<JunkState, string> = {
  junk: 'put away: no receipt, no clocks; bring it back with not-junk',
  suspected: 'called junk, and kept in sight',
  cleared: 'a person said that it is none',
};

type Fact = readonly [name: string, value: string];

export function formatTicketFacts(ticket: TicketView, times: Times): string {
  const { resident } = ticket;
  const name = oneLine(resident.name);
  return formatFacts([
    ['Station', ticket.station],
    ['State', stateOf(ticket, times)],
    ['Urgency', urgencyOf(ticket)],
    ['Category', ticket.category ?? ''],
    ...optional('Restriction', ticket.restriction === 'none' ? null : ticket.restriction),
    ...optional('Junk', junkOf(ticket)),
    ...optional('Attention', ticket.attention && ATTENTION_MEANS[ticket.attention]),
    ['Languages', ticket.languages.join(', ')],
    ['Resident', `${name === '' ? '' : `${name} `}<${resident.address}> (sender ${resident.verdict})`],
    ['Received', times.withAge(ticket.receivedAt)],
    ['Acknowledged', times.withAge(ticket.acknowledgedAt)],
    ['Officer', ticket.officer ?? ''],
    ['Answers', `${ticket.owner.rank}: ${ticket.owner.officers.join(', ') || 'nobody'}`],
    ...optional('Passed on', passedOn(ticket, times)),
    ...optional('FIR', ticket.firNumber),
    ...optional('GD entry', ticket.gdNumber),
    ...listed('Includes', ticket.includes),
    ...listed('Linked', ticket.linked),
    ...optional('Matter of', ticket.parent),
    ...listed('Gathered', ticket.children),
    ...listed('Same matter?', suggestedFor(ticket)),
    ['Version', String(ticket.version)],
  ]);
}

function junkOf({ junk, junkOpinion }: TicketView): string | null {
  if (junk === null) return null;
  const score = junkOpinion?.score == null ? '' : `, score ${junkOpinion.score}`;
  const words = junkOpinion?.words.length ? `: ${junkOpinion.words.map(oneLine).join(', ')}` : '';
  const by = junkOpinion ? ` (says the ${junkOpinion.from}${score}${words})` : '';
  return `${JUNK_MEANS[junk]}${by}`;
}

/** Only what nobody has judged. */
function suggestedFor({ sameMatter }: TicketView): string[] {
  const open = sameMatter.filter(({ state }) => state === 'suggested');
  return open.map(({ reference, reasons }) => `${reference} (${reasons.join(', ')})`);
}

function optional(name: string, value: string | null): Fact[] {
  return value === null ? [] : [[name, value]];
}

function listed(name: string, values: readonly string[]): Fact[] {
  return values.length === 0 ? [] : [[name, values.join(', ')]];
}

function stateOf(ticket: TicketView, times: Times): string {
  const again = ticket.reopened === 0 ? '' : `, opened again ${countOf(ticket.reopened, 'time')}`;
  switch (ticket.state) {
    case 'waiting':
      return `waiting for the ${ticket.waitingFor ?? 'resident'} until ${times.at(ticket.waitingUntil)}${again}`;
    case 'closed':
      return `closed as ${ticket.outcome ?? '-'} ${times.withAge(ticket.closedAt)}${again}`;
    case 'merged':
      return `merged into ${ticket.mergedInto ?? '-'}`;
    default:
      return `${ticket.state}${again}`;
  }
}

function urgencyOf({ urgency, urgencyBy }: TicketView): string {
  if (urgency === null) return 'not judged yet';
  return urgencyBy === null
    ? urgency
    : `${urgency} (judged by ${urgencyBy === 'rule' ? 'rules' : urgencyBy})`;
}

function passedOn({ passedOn: passed }: TicketView, times: Times): string | null {
  if (!passed) return null;
  return `${passed.kind === 'referral' ? 'referred' : 'transferred'} to ${passed.to} ${times.withAge(passed.at)}`;
}

/** What the rules said and which words made them say it. */
export function formatProposal(proposal: Proposal): string {
  const { urgency, category, score, fired } = proposal;
  const words = fired.length === 0 ? ['no word of any list\n'] : fired.map(formatFired);
  return `${urgency}, ${category}, danger score ${score}\n${words.map((word) => `  ${word}`).join('')}`;
}

/** Entries of the lists can be long choices of words. */
const WORD_WIDTH = 60;

function formatFired({ word, list, weight, softened }: FiredWord): string {
  const less = softened === null ? '' : `, counted less: ${oneLine(softened)}`;
  return `${cutTo(oneLine(word), WORD_WIDTH)} (${oneLine(list)} ${weight}${less})\n`;
}

export function formatClocks(clocks: readonly ClockView[], times: Times): string {
  return clocks.map((clock) => `${nameOf(clock)}: ${formatClockState(clock, times)}\n`).join('');
}

function nameOf({ name, round }: Pick<ClockView, 'name' | 'round'>): string {
  return round === 1 ? name : `${name} (round ${round})`;
}

/** `running, due 24 Nov 15:35 (in 30m)`; a deadline that rests is not told. */
export function formatClockState(clock: ClockView, times: Times): string {
  const due =
    clock.state === 'paused' || clock.state === 'lifted' ? '' : `, due ${times.withAge(clock.dueAt)}`;
  const met = clock.metAt === null ? '' : `, met ${times.at(clock.metAt)}`;
  const late = clock.metAt !== null && clock.breachedAt !== null ? ' (late)' : '';
  return `${clock.state}${due}${met}${late}`;
}

export function formatWaits({ waits }: TicketView, times: Times): string {
  return waits
    .map((wait) => {
      const end = wait.endedAt === null ? 'waits still' : `ended ${times.at(wait.endedAt)}`;
      const reminded = wait.remindedAt === null ? '' : `, reminded ${times.at(wait.remindedAt)}`;
      return `for the ${wait.for} from ${times.at(wait.from)} until ${times.at(wait.until)}, ${end}${reminded}\n`;
    })
    .join('');
}

export function formatEscalations(escalations: readonly EscalationOfTicket[], times: Times): string {
  return escalations
    .map((one) => `${times.at(one.at)}  ${one.clock}  ${toldBy(one)}, ${answerOf(one, times)}  ${one.id}\n`)
    .join('');
}

/** `oc (oc.behala@police.example)`. */
export function toldBy({ rank, told }: { rank: string; told: readonly string[] }): string {
  if (rank === 'resident') return 'the resident';
  return `${rank} (${told.map(oneLine).join(', ') || 'nobody has an address'})`;
}

function answerOf(one: EscalationOfTicket, times: Times): string {
  if (one.acknowledgedAt !== null)
    return `acknowledged by ${one.acknowledgedBy ?? '-'} ${times.at(one.acknowledgedAt)}`;
  if (one.endedAt !== null) return `over since ${times.at(one.endedAt)}`;
  return one.answerBy === null ? 'no answer asked' : `answer due ${times.withAge(one.answerBy)}`;
}

export function formatComing(steps: readonly ComingStep[], times: Times): string {
  return steps
    .map((step) => {
      const why = step.because === 'unanswered' ? ' if nobody acknowledges' : '';
      return `${times.withAge(step.at)}  ${step.clock}  ${toldBy({ ...step, told: step.tells })}${why}\n`;
    })
    .join('');
}

/** The entry in the register of electronic information. */
export function formatInformation({ information }: TicketView, times: Times): string {
  if (!information) return '';
  const { year, serial, substance, registeredBy, registeredAt, decision } = information;
  const { signedAt, signedHow, signedBefore, decisionText, decidedBy, decidedAt } = information;
  const signed = signedAt && `${times.at(signedAt)}, ${signedHow ?? ''}, before ${signedBefore ?? '-'}`;
  const decided =
    decision && `${decision}: ${decisionText ?? ''} (${decidedBy ?? '-'}, ${times.at(decidedAt)})`;
  return formatFacts([
    ['Number', `${serial} of ${year}, registered ${times.at(registeredAt)} by ${registeredBy}`],
    ['Substance', substance],
    ['Signed', signed ?? 'not yet'],
    ...optional('Decided', decided),
  ]);
}
