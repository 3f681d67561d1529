// The options that name the forces, divisions and stations, and how soon they must act.
import { z } from 'zod';
import { POSTMASTER } from '../domain/station.js';
import { marks } from './marks.js';
import { address, choice, clockMark, code, duration, filledList, text } from './options.js';

const name = z.strictObject({
  en: text().describe('Name in English.'),
  bn: text().optional().describe('Name in Bengali. Without it the English one is used.'),
  hi: text().optional().describe('Name in Hindi. Without it the English one is used.'),
});

const division = z.strictObject({
  code: code().describe('Code of the division, once in its force.'),
  name: name.describe('Name of the division.'),
  deputy_commissioner: address()
    .optional()
    .describe('Mail address of the deputy commissioner. Without it nothing is escalated there.'),
});

const force = z.strictObject({
  code: code().describe('Code of the force.'),
  name: name.describe('Name of the force.'),
  divisions: z.array(division).prefault([]).describe('Divisions of the force.'),
});

const stationCode = code()
  .refine((value) => value !== POSTMASTER, 'the code postmaster is taken: the IT cell gets those letters')
  .register(marks, marks.get(code()) ?? {});

const station = z.strictObject({
  code: stationCode.describe('Code of the station: begins every reference. Never change it afterwards.'),
  name: name.describe('Name of the station, as residents read it.'),
  force: code().describe('Code of its force.'),
  division: code().describe('Code of its division in that force.'),
  addresses: filledList(address()).describe(
    'Mail addresses of the station; its own letters come from the first. CODE@mail_domain works besides.',
  ),
  officer_in_charge: address()
    .optional()
    .describe('Mail address of the officer in charge. Without it nothing is escalated there.'),
});

export const forces = filledList(force)
  .register(marks, { expected: 'a list with at least one force' })
  .describe('Police forces and their divisions; those of included files are added.');

export const stations = filledList(station)
  .register(marks, { expected: 'a list with at least one station' })
  .describe('Police stations; those of included files are added.');

function span(firstAction: string, resolution: string) {
  return z.strictObject({
    first_action: duration().prefault(firstAction).describe('Time until an officer has acted.'),
    resolution: duration().prefault(resolution).describe('Time until the matter is closed.'),
  });
}

export const sla = z
  .strictObject({
    urgent: span('15m', '1d').prefault({}).describe('Somebody is in danger.'),
    'semi-urgent': span('4h', '3d').prefault({}).describe('It gets worse when nobody acts.'),
    'non-urgent': span('2d', '15d').prefault({}).describe('Everything else.'),
    calendar: choice(['always'])
      .prefault('always')
      .describe('Hours in which these times run; always: day and night, every day.'),
  })
  .prefault({})
  .describe('How soon a station must act, by urgency.');

const step = z.strictObject({
  rank: choice(['officer', 'oc', 'ac', 'dc']).describe('Who is told.'),
  at: clockMark().describe('When: a share of the clock (80%) or a duration from its start (90m).'),
  answer_within: duration()
    .prefault('1d')
    .describe('Time within which that person must answer before the next step.'),
});

export const escalation = z
  .strictObject({
    steps: z.array(step).prefault([]).describe('Steps up the ranks, lowest first.'),
  })
  .prefault({})
  .describe('Who is told when a station is late.');
