import { describe, expect, it } from 'vitest';
import { laddersOf } from '../../src/config/ladders.js';
import { printConfig } from '../../src/config/print.js';
import { type ClockName, URGENCIES, type Urgency } from '../../src/domain/ticket.js';
import { configOf, LEAST, loadText, problemsOf } from './folder.js';

const [M, H] = [60_000, 3_600_000];

/** A ladder as one line: `officer 80% 60, oc 100% 240, ac - 480` (minutes). */
function ladder(text: string, clock: ClockName, urgency: Urgency): string {
  const { escalation } = configOf(loadText(LEAST + text));
  const steps = laddersOf(escalation)[clock][urgency];
  return steps
    .map(({ rank, at, answerWithinMs }) => {
      const when = at === null ? '-' : 'percent' in at ? `${at.percent}%` : `${at.after / M}m`;
      return `${rank} ${when} ${answerWithinMs / M}`;
    })
    .join(', ');
}

describe('the ladders', () => {
  const GENERAL = 'officer 80% 60, oc 100% 240, ac - 480, dc - 1440';

  it.each<[ClockName, Urgency, string]>([
    ['acknowledgement', 'urgent', 'officer 80% 5, oc 100% 30, ac - 60, dc - 240'],
    ['acknowledgement', 'non-urgent', 'officer 80% 5, oc 100% 30, ac - 60, dc - 240'],
    ['first-action', 'urgent', 'oc 66% 10, ac - 20, dc - 60'],
    ['first-action', 'semi-urgent', GENERAL],
    ['first-action', 'non-urgent', GENERAL],
    ['resolution', 'urgent', GENERAL],
    [
      'signature',
      'non-urgent',
      'resident 1440m 1440, resident 2880m 1440, oc 100% 1440, ac - 1440, dc - 1440',
    ],
    ['progress', 'semi-urgent', 'officer 80% 1440, oc 100% 1440, ac - 1440, dc - 1440'],
  ])('of %s, %s, by default', (clock, urgency, expected) => {
    expect(ladder('', clock, urgency)).toBe(expected);
  });

  it('are those of clock and urgency, else of the clock, else the general steps', () => {
    const text = `escalation:
  steps: [{ rank: dc, at: 50% }]
  ladders:
    - { clock: resolution, urgency: urgent, steps: [{ rank: ac, at: 1h }] }
    - { clock: resolution, steps: [{ rank: oc, at: 2h }, { rank: admin }] }
`;
    expect(URGENCIES.map((urgency) => ladder(text, 'resolution', urgency))).toEqual([
      'ac 60m 1440',
      'oc 120m 1440, admin - 1440',
      'oc 120m 1440, admin - 1440',
    ]);
    expect(ladder(text, 'acknowledgement', 'urgent')).toBe('dc 50% 1440');
    expect(ladder(text, 'first-action', 'semi-urgent')).toBe('dc 50% 1440');
  });

  it('keep the terms of the law, whatever else is given', () => {
    const text = `escalation: { steps: [{ rank: dc, at: 50% }], ladders: [{ clock: resolution, steps: [{ rank: ac, at: 1h }] }] }\n`;
    expect(ladder(text, 'signature', 'urgent')).toContain('resident 1440m');
    expect(ladder(text, 'progress', 'urgent')).toContain('officer 80%');
  });
});

describe('quiet hours and digests', () => {
  it('are none and twice a day by default', () => {
    const { escalation } = configOf(loadText(LEAST));
    expect(escalation.quietHours).toBeUndefined();
    expect(escalation.digest).toEqual([480, 1080]);
  });

  it('are minutes since midnight, and are printed as times', () => {
    const text = "escalation: { quiet_hours: { to: '06:30' }, digest: [09:05] }\n";
    const config = configOf(loadText(LEAST + text));
    expect(config.escalation.quietHours).toEqual({ from: 22 * 60, to: 390 });
    expect(config.escalation.digest).toEqual([545]);
    const printed = printConfig(config);
    expect(printed).toContain('from: 22:00\n    to: 06:30\n');
    expect(printed).toContain('- 09:05\n');
  });

  it('can be switched on as they are', () => {
    expect(configOf(loadText(`${LEAST}escalation: { quiet_hours: {} }\n`)).escalation.quietHours).toEqual({
      from: 1320,
      to: 420,
    });
  });
});

// LEAST has nine lines: every fault below begins in line 10.
describe('a ladder that cannot be climbed', () => {
  it.each([
    [
      'its first step has no mark',
      'escalation: { steps: [{ rank: oc }, { rank: ac, at: 100% }] }',
      'main.yaml:10:23: escalation.steps[0]: the first step must say at which point of the clock it comes; give it at: 100% or at: 30m',
    ],
    [
      'the first step of a ladder of its own has no mark',
      'escalation: { ladders: [{ clock: progress, steps: [{ rank: dc }] }] }',
      /^main.yaml:10:52: escalation.ladders\[0\].steps\[0\]: the first step must say/,
    ],
    [
      'it has no step',
      'escalation: { ladders: [{ clock: progress, steps: [] }] }',
      /^main.yaml:10:51: escalation.ladders\[0\].steps: expected a list of one or more/,
    ],
    [
      'a reminder has no mark',
      'escalation: { ladders: [{ clock: signature, steps: [{ rank: resident, at: 1h }, { rank: resident }] }] }',
      /^main.yaml:10:81: escalation.ladders\[0\].steps\[1\]: a reminder must say/,
    ],
    [
      'it waits for a reminder to be answered',
      'escalation: { ladders: [{ clock: signature, steps: [{ rank: resident, at: 1h }, { rank: oc }] }] }',
      /^main.yaml:10:81: escalation.ladders\[0\].steps\[1\]: the step after a reminder must say when it comes/,
    ],
    [
      'it reminds the resident of another clock',
      'escalation: { steps: [{ rank: resident, at: 1h }] }',
      'main.yaml:10:31: escalation.steps[0].rank: only the ladder of the clock signature reminds the resident; choose a rank',
    ],
    [
      'it is given twice',
      'escalation: { ladders: [{ clock: progress, steps: [{ rank: dc, at: 1h }] }, { clock: progress, steps: [{ rank: dc, at: 2h }] }] }',
      /^main.yaml:10:77: escalation.ladders\[1\]: the ladder for progress is already given at .*main.yaml:10; remove one of them$/,
    ],
    [
      'its clock does not exist',
      'escalation: { ladders: [{ clock: first_action, steps: [{ rank: dc, at: 1h }] }] }',
      /^main.yaml:10:34: escalation.ladders\[0\].clock: expected one of acknowledgement, first-action, /,
    ],
    [
      'the quiet hours never end',
      'escalation: { quiet_hours: { from: 08:00, to: 08:00 } }',
      /^main.yaml:10:28: escalation.quiet_hours: they must not end when they begin; /,
    ],
    [
      'a time is none',
      'escalation: { digest: [24:00] }',
      'main.yaml:10:24: escalation.digest[0]: expected a time of the day such as 08:00, found "24:00"',
    ],
  ])('%s', (_, fault, expected) => {
    const problems = problemsOf(loadText(`${LEAST}${fault}\n`));
    expect(problems).toHaveLength(1);
    if (typeof expected === 'string') expect(problems[0]).toBe(expected);
    else expect(problems[0]).toMatch(expected);
  });

  it('may have the same clock for different urgencies', () => {
    const steps = 'steps: [{ rank: dc, at: 1h }]';
    const ladders = ['urgency: urgent, ', 'urgency: non-urgent, ', ''].map(
      (urgency) => `{ clock: resolution, ${urgency}${steps} }`,
    );
    expect(problemsOf(loadText(`${LEAST}escalation: { ladders: [${ladders}] }\n`))).toEqual([]);
  });
});

describe('the times of the clocks', () => {
  it('have calendars of their own, and the two of the law', () => {
    const { sla } = configOf(loadText(`${LEAST}sla: { non-urgent: { calendar: office } }\n`));
    expect([
      sla.urgent.calendar,
      sla['semi-urgent'].calendar,
      sla['non-urgent'].calendar,
      sla.calendar,
    ]).toEqual(['always', undefined, 'office', 'always']);
    expect([sla.signature / H, sla.progress / H]).toEqual([72, 90 * 24]);
  });
});
