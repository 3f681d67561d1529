import { describe, expect, it } from 'vitest';
import type { EscalationCause } from '../../src/domain/escalation.js';
import type { TicketClock } from '../../src/domain/ticket.js';
import { whatIsLate } from '../../src/web/escalation-wording.js';
import { aClock } from './escalation-house.js';

const due = '24 November 2026, 9:30 am';
const earlier = { now: '2026-11-24T03:50:00.000Z', timeZone: 'Asia/Kolkata' };
const later = { now: '2026-11-24T04:10:00.000Z', timeZone: 'Asia/Kolkata' };
const running: Partial<TicketClock> = { state: 'running', breachedAt: null };

function say(cause: EscalationCause, clock: Partial<TicketClock> | undefined, when = later): string {
  const clocks = clock === undefined ? [] : [{ ...aClock, name: cause, ...clock } as TicketClock];
  return whatIsLate({ clock: cause, round: 1 }, clocks, when);
}

describe('what is late', () => {
  it.each<[EscalationCause, string]>([
    [
      'acknowledgement',
      `The acknowledgement to the resident is late: it was due by ${due} and it has not gone out.`,
    ],
    ['first-action', `The first action of an officer is late: it was due by ${due} and nobody has acted.`],
    ['resolution', `The closure of the ticket is late: it was due by ${due} and the ticket is open.`],
    ['signature', `The resident's signature is late: it was due by ${due} and it has not been recorded.`],
    [
      'progress',
      `The report of progress to the informant is late: it was due by ${due} and it has not been sent.`,
    ],
    ['reopened', 'The resident says that the matter is not solved. The ticket was opened again.'],
    ['restricted', "A restricted matter has come straight to the deputy commissioner's office."],
  ])('is said for %s', (cause, sentence) => {
    expect(say(cause, {})).toBe(sentence);
  });

  it.each<[string, Partial<TicketClock>, typeof later, RegExp]>([
    ['before the deadline', running, earlier, /is due by .* 9:30 am: so far nobody has acted\.$/],
    ['after it, though no sweep has seen that', running, later, /is late/],
    ['while it waits', { ...running, state: 'paused' }, later, /is due by/],
    [
      'when it was done',
      { state: 'met', metAt: '2026-11-24T04:05:00.000Z' },
      later,
      /due by .* 9:30 am and was done at .* 9:35 am\.$/,
    ],
    ['when nobody owes it any more', { state: 'lifted' }, later, /is no longer owed\.$/],
    ['when the clock is of another round', { round: 2 }, later, /is owed: so far nobody has acted\.$/],
  ])('is true %s', (_when, clock, now, sentence) => {
    expect(say('first-action', clock, now)).toMatch(sentence);
  });
});
