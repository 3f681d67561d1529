// Whether the calendars can be used, and whether every calendar named is one of them.
import {
  complainOfStranger,
  complainOfTwins,
  complaint,
  type Draft,
  namesIn,
  type Placing,
} from './draft.js';
import type { Path } from './problem.js';
import { ALWAYS_NAME } from './schema-calendar.js';
import type { Complaint } from './validate.js';

export function checkCalendars(draft: Draft, place: Placing): Complaint[] {
  const { calendars = [] } = draft;
  const values = calendars.map((calendar) => calendar?.name);
  return [
    ...complainOfTwins({ path: ['calendars'], key: 'name', word: 'name', values }, place),
    ...calendars.flatMap((calendar, index) => checkHours(calendar, ['calendars', index])),
    ...calendars.flatMap((calendar, index) => checkHolidays(calendar, ['calendars', index], place)),
    ...checkNames(draft),
  ];
}

type CalendarOption = NonNullable<Draft['calendars']>[number];

function checkHours(calendar: CalendarOption, path: Path): Complaint[] {
  if (!calendar || Object.values(calendar.week).some((spans) => spans && spans.length > 0)) return [];
  const mend = 'give at least one day its hours, or use always';
  return [complaint([...path, 'week'], `the calendar ${calendar.name} never opens`, mend)];
}

function checkHolidays(calendar: CalendarOption, path: Path, place: Placing): Complaint[] {
  const values = calendar?.holidays.map((holiday) => holiday.date) ?? [];
  return complainOfTwins({ path: [...path, 'holidays'], key: 'date', word: 'date', values }, place);
}

function checkNames(draft: Draft): Complaint[] {
  const own = namesIn(draft.calendars, (calendar) => calendar.name);
  const known = own && [ALWAYS_NAME, ...own];
  return mentions(draft).flatMap(({ path, name }) =>
    complainOfStranger(path, { word: 'calendar', name }, known),
  );
}

interface Mention {
  path: Path;
  name: string | undefined;
}

function mentions({ sla, stations = [], categories = [] }: Draft): Mention[] {
  const general: Mention[] = [{ path: ['sla', 'calendar'], name: sla?.calendar }];
  for (const urgency of ['urgent', 'semi-urgent', 'non-urgent'] as const) {
    general.push({ path: ['sla', urgency, 'calendar'], name: sla?.[urgency].calendar });
  }
  return [
    ...general,
    ...stations.map((station, index) => ({
      path: ['stations', index, 'calendar'],
      name: station?.calendar,
    })),
    ...categories.map((category, index) => ({
      path: ['categories', index, 'calendar'],
      name: category?.calendar,
    })),
  ];
}
