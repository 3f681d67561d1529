// The options that say how soon a station must act.
import { z } from 'zod';
import { code, duration } from './options.js';
import { ALWAYS_NAME } from './schema-calendar.js';

function times(firstAction: string, resolution: string) {
  return {
    first_action: duration().prefault(firstAction).describe('Time until an officer has acted.'),
    resolution: duration().prefault(resolution).describe('Time until the matter is closed.'),
  };
}

const urgent = z.strictObject({
  ...times('15m', '1d'),
  calendar: code()
    .prefault(ALWAYS_NAME)
    .describe('Name of the calendar in which these times run; danger knows no office hours.'),
});

function unhurried(firstAction: string, resolution: string) {
  return z.strictObject({
    ...times(firstAction, resolution),
    calendar: code()
      .optional()
      .describe(
        "Name of the calendar in which these times run. Without it the station's, else sla.calendar.",
      ),
  });
}

export const sla = z
  .strictObject({
    urgent: urgent.prefault({}).describe('Somebody is in danger.'),
    'semi-urgent': unhurried('4h', '3d').prefault({}).describe('It gets worse when nobody acts.'),
    'non-urgent': unhurried('2d', '15d').prefault({}).describe('Everything else.'),
    calendar: code()
      .prefault(ALWAYS_NAME)
      .describe('Name of the calendar for stations that have none; always: day and night, every day.'),
    signature: duration()
      .prefault('72h')
      .describe('Time to sign information of a cognizable offence (BNSS s.173), day and night.'),
    progress: duration()
      .prefault('90d')
      .describe('Time to tell the informant how an FIR goes (BNSS s.193), day and night.'),
  })
  .prefault({})
  .describe('How soon a station must act, by urgency.');
