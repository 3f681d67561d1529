// The options of the work on tickets: what they are about, how they end, where they are passed on, how long they wait.
import { z } from 'zod';
import { RESTRICTIONS, URGENCIES } from '../domain/ticket.js';
import { OFFERED_CATEGORIES, OFFERED_OUTCOMES } from './offered.js';
import {
  address,
  capitalCode,
  choice,
  code,
  duration,
  filledList,
  flag,
  path,
  wholeNumber,
} from './options.js';
import { localisedName } from './schema-station.js';

/** The category of what fits no other; rules fall back on it. */
export const LAST_CATEGORY = 'OTHER';
/** The outcome of a ticket whose question the resident did not answer. */
export const UNANSWERED = 'no-answer';

const category = z.strictObject({
  code: capitalCode().describe('Code of the category; rules and reports use it.'),
  name: localisedName.describe('Name of the category.'),
  urgency: choice(URGENCIES).describe('How urgent it is when nothing else tells.'),
  restriction: choice(RESTRICTIONS)
    .prefault('none')
    .describe(
      'Who may read it. none: the station. named: the officer in charge and officers with reads_restricted. ' +
        'dc: the deputy commissioner and above.',
    ),
  hand_off: code().optional().describe('Code of the agency that such matters are usually referred to.'),
  cognizable: flag()
    .prefault(false)
    .describe('true: an officer is asked whether the resident must sign (BNSS s.173).'),
  first_action: duration()
    .optional()
    .describe("Time until an officer has acted, unless it is urgent. Without it the urgency's."),
  resolution: duration()
    .optional()
    .describe("Time until the matter is closed, unless it is urgent. Without it the urgency's."),
  calendar: code()
    .optional()
    .describe("Name of the calendar for these times, unless it is urgent. Without it the urgency's."),
  keep: duration()
    .optional()
    .describe('Time after the closure until what is personal is erased. Without it as retention.keep says.'),
});

export const categories = filledList(category)
  .prefault(OFFERED_CATEGORIES)
  .describe('What letters are about. A list here takes the place of all of these; OTHER must be among them.');

const outcome = z.strictObject({
  code: code().describe('Code of the outcome, as officers give it when they close.'),
  name: localisedName.describe('Name of the outcome, as residents read it.'),
  needs_passing_on: flag()
    .prefault(false)
    .describe('true: only for a ticket that was transferred or referred.'),
});

export const outcomes = filledList(outcome)
  .prefault(OFFERED_OUTCOMES)
  .describe(
    'How a ticket can end. A list here takes the place of all of these; no-answer must be among them.',
  );

const agency = z.strictObject({
  code: code().describe('Code of the agency, as officers give it when they refer.'),
  name: localisedName.describe('Name of the agency, as residents read it.'),
  address: address().describe('Mail address that referrals go to.'),
});

export const agencies = z
  .array(agency)
  .prefault([])
  .describe('Agencies and foreign forces that matters are referred to.');

export const waiting = z
  .strictObject({
    close_after: duration()
      .prefault('7d')
      .describe('Time from the reminder to the resident until the ticket is closed with a letter.'),
  })
  .prefault({})
  .describe('Tickets that wait for an answer of the resident.');

export const closure = z
  .strictObject({
    return_window: duration()
      .prefault('15d')
      .describe('Time after the closure in which "not solved" opens the ticket again.'),
    reopenings: wholeNumber(0)
      .prefault(3)
      .describe('How often that happens by itself; then a person decides.'),
  })
  .prefault({})
  .describe('What a resident can do after the closure.');

export const retention = z
  .strictObject({
    keep: duration()
      .optional()
      .describe(
        'Time after the closure until what is personal is erased: letters, names, texts. Without it they are kept for ever.',
      ),
  })
  .prefault({})
  .describe('How long what residents wrote is kept.');

export const triage = z
  .strictObject({
    words: path()
      .optional()
      .describe('Folder with the word lists. Without it those that come with the program.'),
  })
  .prefault({})
  .describe('How urgency and category are proposed.');
