// The options that say who is told when a station is late: ladders of steps up the ranks, and when mail may come.
import { z } from 'zod';
import type { StepRank } from '../domain/escalation.js';
import { CLOCK_NAMES, URGENCIES } from '../domain/ticket.js';
import { choice, clockMark, duration, filledList } from './options.js';
import { timeOfDay } from './options-time.js';

const STEP_RANKS = ['officer', 'oc', 'ac', 'dc', 'admin', 'resident'] as const satisfies readonly StepRank[];

const step = z.strictObject({
  rank: choice(STEP_RANKS).describe('Who is told; resident: a letter that reminds of the signature.'),
  at: clockMark()
    .optional()
    .describe(
      'When: a share of the clock (80%) or a duration from its start (90m). Without it when the step before ' +
        'was not answered in time.',
    ),
  answer_within: duration()
    .prefault('1d')
    .describe('Time within which that person must answer before the next step.'),
});

const ladder = z.strictObject({
  clock: choice(CLOCK_NAMES).describe('The clock it is for.'),
  urgency: choice(URGENCIES).optional().describe('Only for tickets of this urgency. Without it for all.'),
  steps: filledList(step).describe('Steps up the ranks, lowest first; the first one needs at.'),
});

const quietHours = z.strictObject({
  from: timeOfDay().prefault('22:00').describe('When they begin.'),
  to: timeOfDay().prefault('07:00').describe('When they end, on the next day if it is earlier than from.'),
});

export const escalation = z
  .strictObject({
    steps: filledList(step)
      .optional()
      .describe(
        'Steps up the ranks, lowest first, for clocks without a ladder of their own. Without them those that come ' +
          'with the program, as shown here.',
      ),
    ladders: z
      .array(ladder)
      .prefault([])
      .describe(
        'Ladders of single clocks. Where none is given, those shown here hold for signature and progress, and for ' +
          'acknowledgement and the first action of urgent tickets unless steps are given.',
      ),
    quiet_hours: quietHours
      .optional()
      .describe('Hours in which officers get no mail unless it is urgent. Without them there are none.'),
    digest: z
      .array(timeOfDay())
      .prefault(['08:00', '18:00'])
      .describe('Times at which officers get the list of what is open; [] for never.'),
  })
  .prefault({})
  .describe('Who is told when a station is late.');
