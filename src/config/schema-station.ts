// The options that name the forces, divisions and stations, and the people who serve there.
import { z } from 'zod';
import { RANKS } from '../domain/people.js';
import { POSTMASTER } from '../domain/station.js';
import { RETURN_PATH_BASE } from '../domain/thread-token.js';
import { marks } from './marks.js';
import { address, choice, code, divisionCode, filledList, flag, text } from './options.js';

/** What others than people do is written into the journal under these names. */
const NOT_OFFICERS = ['operator', 'resident', 'system', 'rule'];

export const localisedName = z.strictObject({
  en: text().describe('Name in English.'),
  bn: text().optional().describe('Name in Bengali. Without it the English one is used.'),
  hi: text().optional().describe('Name in Hindi. Without it the English one is used.'),
});

const division = z.strictObject({
  code: code().describe('Code of the division, once in its force.'),
  name: localisedName.describe('Name of the division.'),
  deputy_commissioner: address()
    .optional()
    .describe('Mail address of the deputy commissioner. Without it the IT cell is told instead.'),
  assistant_commissioner: address()
    .optional()
    .describe(
      'Mail address of the assistant commissioner. Without it the deputy commissioner is told instead.',
    ),
});

const force = z.strictObject({
  code: code().describe('Code of the force.'),
  name: localisedName.describe('Name of the force.'),
  divisions: z.array(division).prefault([]).describe('Divisions of the force.'),
});

const stationCode = code()
  .refine((value) => value !== POSTMASTER, 'the code postmaster is taken: the IT cell gets those letters')
  .refine(
    (value) => value !== RETURN_PATH_BASE,
    'the code bounce is taken: reports about our letters come there',
  )
  .register(marks, marks.get(code()) ?? {});

const station = z.strictObject({
  code: stationCode.describe('Code of the station: begins every reference. Never change it afterwards.'),
  name: localisedName.describe('Name of the station, as residents read it.'),
  force: code().describe('Code of its force.'),
  division: code().describe('Code of its division in that force.'),
  addresses: filledList(address()).describe(
    'Mail addresses of the station; its own letters come from the first. CODE@mail_domain works besides.',
  ),
  officer_in_charge: address()
    .optional()
    .describe(
      'Mail address of the officer in charge. Without it the assistant commissioner is told instead.',
    ),
  calendar: code()
    .optional()
    .describe('Name of the calendar in which its clocks run. Without it sla.calendar.'),
});

export const forces = filledList(force)
  .register(marks, { expected: 'a list with at least one force' })
  .describe('Police forces and their divisions; those of included files are added.');

export const stations = filledList(station)
  .register(marks, { expected: 'a list with at least one station' })
  .describe('Police stations; those of included files are added.');

const officerId = code()
  .refine((value) => !NOT_OFFICERS.includes(value), 'this id is taken: the journal uses it for others')
  .register(marks, marks.get(code()) ?? {});

const officer = z.strictObject({
  id: officerId.describe('Id under which deeds are written down. Never give it to somebody else afterwards.'),
  name: text().describe('Name, as colleagues read it.'),
  title: text()
    .optional()
    .describe('What stands before the name. Without it nothing, but SI or ASI where the rank says so.'),
  rank: choice([...RANKS, 'si', 'asi']).describe(
    'officer, si and asi work at the desk; oc, ac and dc are their superiors; admin is the IT cell; auditor reads.',
  ),
  address: address()
    .optional()
    .describe('Where notices go. Without it to the address of the post, if there is one.'),
  stations: z.array(code()).prefault([]).describe('Codes of the stations served.'),
  divisions: z.array(divisionCode()).prefault([]).describe('Divisions served, with all their stations.'),
  reads_restricted: flag()
    .prefault(false)
    .describe('true: reads tickets of restricted categories at the own station.'),
});

export const officers = z
  .array(officer)
  .prefault([])
  .describe('The officers, besides those added by command; those of included files are added.');
