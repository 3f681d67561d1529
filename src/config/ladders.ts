// The configured ladders as the sweep climbs them: complete for every clock and urgency.
import type { ClockMark, StepRank, StepRule } from '../domain/escalation.js';
import type { SlaRules } from '../domain/sla-rules.js';
import { CLOCK_NAMES, type ClockName, URGENCIES, type Urgency } from '../domain/ticket.js';
import { parseDuration } from '../domain/time.js';
import type { Config } from './config.js';

type Escalation = Pick<Config['escalation'], 'steps' | 'ladders'>;

interface Ladder {
  clock: ClockName;
  urgency?: Urgency | undefined;
  steps: readonly StepRule[];
}

const GENERAL_STEPS = [
  step('officer', '80%', '1h'),
  step('oc', '100%', '4h'),
  step('ac', null, '8h'),
  step('dc', null, '1d'),
];

/** Held even where the configuration has general steps: the terms of the law. */
const SPECIAL: readonly Ladder[] = [
  {
    clock: 'signature',
    steps: [
      step('resident', '24h', '1d'),
      step('resident', '48h', '1d'),
      step('oc', '100%', '1d'),
      step('ac', null, '1d'),
      step('dc', null, '1d'),
    ],
  },
  {
    clock: 'progress',
    steps: [
      step('officer', '80%', '1d'),
      step('oc', '100%', '1d'),
      step('ac', null, '1d'),
      step('dc', null, '1d'),
    ],
  },
];

/** Held where the configuration has no steps of its own; an urgent letter that nobody looks at pages the OC before its term. */
const USUAL: readonly Ladder[] = [
  {
    clock: 'first-action',
    urgency: 'urgent',
    steps: [step('oc', '66%', '10m'), step('ac', null, '20m'), step('dc', null, '1h')],
  },
  {
    clock: 'acknowledgement',
    steps: [
      step('officer', '80%', '5m'),
      step('oc', '100%', '30m'),
      step('ac', null, '1h'),
      step('dc', null, '4h'),
    ],
  },
];

function step(rank: StepRank, at: string | null, answerWithin: string): StepRule {
  return { rank, at: at === null ? null : markOf(at), answerWithinMs: parseDuration(answerWithin) ?? 0 };
}

function markOf(text: string): ClockMark {
  return text.endsWith('%') ? { percent: Number(text.slice(0, -1)) } : { after: parseDuration(text) ?? 0 };
}

/** Per clock and urgency: the configured ladder of both, of the clock, the one that comes with the program, the general steps. */
export function laddersOf({ steps, ladders }: Escalation): SlaRules['ladders'] {
  const configured: Ladder[] = ladders.map((ladder) => ({ ...ladder, steps: ladder.steps.map(ruleOf) }));
  const general = steps?.map(ruleOf);
  const builtIn = general ? SPECIAL : [...SPECIAL, ...USUAL];
  return record(CLOCK_NAMES, (clock) =>
    record(
      URGENCIES,
      (urgency) =>
        findLadder(configured, clock, urgency) ??
        findLadder(builtIn, clock, urgency) ??
        general ??
        GENERAL_STEPS,
    ),
  );
}

function findLadder(ladders: readonly Ladder[], clock: ClockName, urgency: Urgency) {
  const ofClock = ladders.filter((ladder) => ladder.clock === clock);
  const exact = ofClock.find((ladder) => ladder.urgency === urgency);
  return (exact ?? ofClock.find((ladder) => ladder.urgency === undefined))?.steps;
}

function ruleOf({
  rank,
  at,
  answerWithin,
}: Config['escalation']['ladders'][number]['steps'][number]): StepRule {
  return { rank, at: at ?? null, answerWithinMs: answerWithin };
}

function record<const K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;
}
