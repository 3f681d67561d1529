// The configured calendars as clocks count with them.
import { ALWAYS, type Calendar, parseSpan, type Span } from '../domain/calendar.js';
import type { Config } from './config.js';
import { ALWAYS_NAME, WEEKDAYS } from './schema-calendar.js';

type CalendarOption = Config['calendars'][number];

/** Every calendar by its name, `always` among them, all in the time zone of the house. */
export function calendarsOf(config: Pick<Config, 'calendars' | 'timeZone'>): ReadonlyMap<string, Calendar> {
  const own = config.calendars.map((option): [string, Calendar] => {
    const { name } = option;
    const calendar = { name, timeZone: config.timeZone, always: false, week: weekOf(option) };
    return [name, { ...calendar, holidays: holidaysOf(option) }];
  });
  return new Map([[ALWAYS_NAME, ALWAYS], ...own]);
}

function weekOf({ week }: CalendarOption): Span[][] {
  return WEEKDAYS.map((day) => (week[day] ?? []).flatMap((hours) => parseSpan(hours) ?? []));
}

/** Where a file and the configuration name the same date, the configuration's name is the one shown. */
function holidaysOf({ holidays, holidayFiles }: CalendarOption): ReadonlyMap<string, string> {
  const days = [...holidayFiles.flatMap((file) => file.holidays), ...holidays];
  return new Map(days.map(({ date, name }) => [date, name]));
}
