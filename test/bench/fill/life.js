// The life of one ticket, thought out when its letter comes: what happens when, and how it stands at the end.
import { fromDist } from '../dist.js';

const { metClock, passNext, startClock } = await fromDist('domain/running-clock.js');
const { ladderOf, targetOf } = await fromDist('domain/sla-rules.js');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const URGENCIES = ['urgent', 'semi-urgent', 'non-urgent'];
/** Medians: until an officer acts, and until the ticket is closed. */
const PACE = {
  urgent: { act: 5 * MINUTE, close: 9 * HOUR },
  'semi-urgent': { act: 1.3 * HOUR, close: 1.1 * DAY },
  'non-urgent': { act: 12 * HOUR, close: 5 * DAY },
};
const OUTCOMES = ['action-taken', 'action-taken', 'fir-registered', 'settled'];
const SUPPRESSED = ['unaligned', 'robot-address', 'paused'];

/**
 * @typedef {object} Happening
 * @property {number} at ms
 * @property {string} event of the journal
 * @property {string} actor
 * @property {object} detail
 * @property {string} [letter] kind of the letter of ours that goes out with it
 * @property {boolean} [answer] the resident has written again
 */

/** @param {number} ms */
export const instant = (ms) => new Date(ms).toISOString();

/**
 * @typedef {object} Arrival
 * @property {import('./chance.js').Chance} chance
 * @property {any} rules
 * @property {number} at ms
 * @property {number} end ms; nothing that happens later has happened
 * @property {any} station
 * @property {any} category
 */

/** Put away as junk: nothing happens to it. @param {Arrival} arrival */
export function junkLife({ chance }) {
  return {
    facts: { junk: 'junk', junk_opinion: JSON.stringify(opinion(chance)) },
    clocks: [],
    waits: [],
    steps: [],
    happenings: [],
    suppressed: 'junk',
  };
}

/** A list's or a robot's letter: no clocks, closed one day. @param {Arrival} arrival */
export function robotLife({ chance, at, end, station }) {
  const closed = at + chance.span(3 * DAY);
  const actor = chance.oneOf(station.officers);
  const isClosed = closed < end && chance.happens(0.99);
  return {
    facts: isClosed
      ? {
          state: 'closed',
          officer: actor,
          closed_at: instant(closed),
          outcome: 'not-found',
          version: 1,
          changed_at: instant(closed),
        }
      : {},
    clocks: [],
    waits: [],
    steps: [],
    happenings: isClosed ? [{ at: closed, event: 'closed', actor, detail: { outcome: 'not-found' } }] : [],
    suppressed: 'bulk',
  };
}

/** A resident's letter. @param {Arrival} arrival */
export function residentLife(arrival) {
  const { chance, at, end, station, category } = arrival;
  const urgency = chance.happens(0.85) ? category.urgency : chance.oneOf(URGENCIES);
  const pace = PACE[/** @type {'urgent'} */ (urgency)];
  const times = timesOf(chance, { at, pace });
  const actor = chance.oneOf(station.officers);
  /** @type {Happening[]} */
  const happenings = happeningsOf(chance, { times, actor, station: station.code }).filter(
    ({ at: when }) => when < end,
  );
  const happened = (/** @type {string} */ event) => happenings.find((each) => each.event === event);
  const suppressed = chance.happens(0.02) ? chance.oneOf(SUPPRESSED) : null;
  const byHand = suppressed && chance.happens(0.9) ? times.acted : Number.POSITIVE_INFINITY;
  const acknowledged = suppressed ? byHand : at + 1_000 + chance.below(15_000);
  const waits = waitsOf(chance, { asked: happened('asked')?.at, answered: happened('message-joined')?.at });
  const facts = factsOf({ happenings, urgency, category, actor, waits });
  // A closure says at the latest that the letter has come.
  const acknowledgedAt = acknowledged < end ? instant(acknowledged) : facts.closed_at;
  const meets = {
    acknowledgement: acknowledgedAt ?? undefined,
    'first-action': happened('assigned')
      ? instant(/** @type {Happening} */ (happened('assigned')).at)
      : undefined,
    resolution: facts.closed_at ?? undefined,
  };
  const { clocks, steps } = clocksOf(arrival, { urgency, meets, waits });
  const attention = chance.happens(0.0015)
    ? chance.oneOf(['not-delivered', 'answer-after-closure', 'progress-due'])
    : null;
  const row = { ...facts, acknowledged_at: acknowledgedAt, attention };
  return { facts: row, clocks, waits, steps, happenings, suppressed };
}

/** @param {import('./chance.js').Chance} chance @param {{ at: number, pace: { act: number, close: number } }} about */
function timesOf(chance, { at, pace }) {
  const acted = at + MINUTE + chance.span(pace.act);
  // What nobody can solve, or nobody looks at any more.
  const isStuck = chance.happens(0.012);
  const closed = acted + chance.span(pace.close) * (isStuck ? 100 : 1);
  return { acted, closed, between: (/** @type {number} */ share) => acted + (closed - acted) * share };
}

/**
 * @param {import('./chance.js').Chance} chance
 * @param {{ times: ReturnType<typeof timesOf>, actor: string, station: string }} about
 * @returns {Happening[]}
 */
function happeningsOf(chance, { times, actor, station }) {
  const { acted, closed, between } = times;
  const outcome = chance.oneOf(OUTCOMES);
  /** @type {Happening[]} */
  const list = [{ at: acted, event: 'assigned', actor, detail: { officer: actor } }];
  if (chance.happens(0.3))
    list.push({ at: between(0.1), event: 'triaged', actor, detail: { category: 'corrected' } });
  if (chance.happens(0.02))
    list.push({ at: between(0.2), event: 'transferred', actor, detail: { from: station } });
  if (chance.happens(0.25))
    list.push({ at: between(0.4), event: 'replied', actor, detail: {}, letter: 'reply' });
  if (chance.happens(0.12)) {
    list.push({ at: between(0.5), event: 'asked', actor, detail: {}, letter: 'reply' });
    if (chance.happens(0.7))
      list.push({ at: between(0.8), event: 'message-joined', actor: 'resident', detail: {}, answer: true });
  }
  list.push(
    chance.happens(0.015)
      ? { at: closed, event: 'merged', actor, detail: {} }
      : { at: closed, event: 'closed', actor, detail: { outcome }, letter: 'closure' },
  );
  return list;
}

/** @param {import('./chance.js').Chance} chance @param {{ asked: number | undefined, answered: number | undefined }} times */
function waitsOf(chance, { asked, answered }) {
  if (asked === undefined) return [];
  const until = asked + 7 * DAY;
  const awaited = chance.happens(0.8) ? 'resident' : 'agency';
  return [{ waiting_for: awaited, started_at: asked, until, ended_at: answered }];
}

/** @param {{ happenings: Happening[], urgency: string, category: any, actor: string, waits: any[] }} about */
function factsOf({ happenings, urgency, category, actor, waits }) {
  const last = happenings.at(-1);
  const isClosed = last?.event === 'closed';
  const isMerged = last?.event === 'merged';
  const wait = waits.find(({ ended_at: ended }) => ended === undefined);
  const isWaiting = wait !== undefined && !isClosed && !isMerged;
  // What is over waits for nothing.
  if (wait && !isWaiting) wait.ended_at = last?.at;
  const unclosed = isWaiting ? 'waiting' : happenings.length > 0 ? 'open' : 'new';
  return {
    state: isClosed ? 'closed' : isMerged ? 'merged' : unclosed,
    urgency,
    category: category.code,
    urgency_by: 'rule',
    restriction: category.restriction,
    officer: happenings.length > 0 ? actor : null,
    closed_at: isClosed ? instant(/** @type {Happening} */ (last).at) : null,
    outcome: isClosed ? /** @type {any} */ (last).detail.outcome : null,
    waiting_for: isWaiting ? wait.waiting_for : null,
    waiting_until: isWaiting ? instant(wait.until) : null,
    version: happenings.filter((each) => each.actor !== 'resident').length,
    changed_at: last ? instant(last.at) : null,
  };
}

/**
 * The clocks as the sweep would have left them, and the steps up the ranks it would have raised.
 * @param {Arrival} arrival
 * @param {{ urgency: string, meets: Record<string, string | undefined>, waits: any[] }} about
 */
function clocksOf({ rules, at, end, category, station }, { urgency, meets, waits }) {
  const steps = [];
  const pauses = waits.map(({ started_at: started, ended_at: ended }) => ({
    startedAt: instant(started),
    endedAt: ended === undefined ? null : instant(ended),
  }));
  const clocks = ['acknowledgement', 'first-action', 'resolution'].map((name) => {
    const ladder = ladderOf(rules.sla, name, urgency);
    const around = { calendars: rules.sla.calendars, waits: pauses, ladder };
    const { targetMs, calendar } = targetOf(rules.sla, name, {
      urgency,
      category: rules.categories.get(category.code),
      station,
    });
    const plan = { targetMs, stretches: [{ from: instant(at), calendar }] };
    let clock = startClock({ name, round: 1, startedAt: instant(at), plan }, around);
    const met = meets[name];
    const until = met ?? instant(end);
    for (let next = lateNext(clock, around, until); next; next = lateNext(clock, around, until)) {
      clock = next.clock;
      if (next.passed.kind === 'step')
        steps.push({ ...next.passed, name, rank: ladder[next.passed.step].rank, isOver: met });
    }
    return met === undefined ? clock : metClock(clock, met);
  });
  return { clocks, steps };
}

/** @param {any} clock @param {any} around @param {string} until */
function lateNext(clock, around, until) {
  return clock.nextAt !== null && clock.nextAt <= until ? passNext(clock, around, until) : undefined;
}

/** @param {import('./chance.js').Chance} chance */
function opinion(chance) {
  return {
    from: 'relay',
    isJunk: true,
    score: 15 + chance.below(20),
    threshold: 15,
    words: ['BAYES_SPAM', 'R_PARTS_DIFFER'],
  };
}
