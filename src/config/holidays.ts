// Holidays from iCalendar files (RFC 5545): which local dates they close, and what they are called.
import ICAL from 'ical.js';
import { DAY_MS, dateOf, dayOf } from '../domain/zone.js';
import { type Line, type Property, readProperty, refuse, shown, splitEvents } from './holidays-lines.js';
import { expandRule } from './holidays-rule.js';

export interface Holiday {
  /** Local date `YYYY-MM-DD`, of whichever place keeps the holiday. */
  date: string;
  name: string;
}

const USED = 'UID SUMMARY STATUS DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID'.split(' ');
const LONGEST_DAYS = 366;
const DATE_FORM = 'write it as DTSTART;VALUE=DATE:20261018, and its end likewise';

interface HolidayEvent {
  uid: string;
  name: string;
  cancelled: boolean;
  /** The numbered days it begins on, and how many days each time lasts. */
  starts: number[];
  length: number;
  /** Begins that it takes away from the event with its `uid`; undefined for an event of its own. */
  replaces: number[] | undefined;
}

/**
 * The holidays in `icsText`, in order of their dates, one entry a date: names of the same date are joined by a comma.
 *
 * Counts all-day events, several days (DTEND exclusive) included, and timed ones that last from midnight to midnight
 * as their lines have it, which is how some programs write all-day events; any other timed event is left out, since
 * half a day off does not close the whole day. Yearly and monthly rules are followed from 2000 to 2099, EXDATE, RDATE
 * and changed single dates (RECURRENCE-ID) kept, cancelled events left out.
 *
 * Throws ThanadakError `invalid`, `source:line: what; mend`, when the text is no such file, an event is wrong, or
 * there is no holiday in it.
 */
export function readHolidays(icsText: string, source: string): Holiday[] {
  const events = splitEvents(icsText, source).flatMap((lines) => readEvent(lines) ?? []);
  const names = new Map<number, Set<string>>();
  for (const event of events) {
    if (event.cancelled) continue;
    const gone = new Set(replacedDays(event, events));
    for (const start of event.starts) if (!gone.has(start)) addDays(names, event, start);
  }
  if (names.size === 0) {
    const nowhere = { source, number: 0, text: '' };
    refuse(nowhere, 'has no holiday in it', `only all-day events count: ${DATE_FORM}`);
  }
  return [...names]
    .sort(([a], [b]) => a - b)
    .map(([day, called]) => ({ date: dateOf(day), name: [...called].join(', ') }));
}

function addDays(names: Map<number, Set<string>>, event: HolidayEvent, start: number): void {
  for (let day = start; day < start + event.length; day++) {
    names.set(day, (names.get(day) ?? new Set()).add(event.name));
  }
}

function replacedDays(event: HolidayEvent, events: readonly HolidayEvent[]): number[] {
  if (event.replaces) return [];
  return events.flatMap((other) => (other.uid === event.uid ? (other.replaces ?? []) : []));
}

/** Undefined for an event that lasts hours, not days. */
function readEvent([begin, ...lines]: Line[]): HolidayEvent | undefined {
  if (!begin) return undefined;
  const properties = lines.filter(isUsed).map(readProperty);
  const find = (name: string) => properties.find((property) => property.name === name);
  const dtstart = find('dtstart') ?? refuse(begin, 'this event has no DTSTART', DATE_FORM);
  const start = onlyTime(dtstart);
  const length = lengthOf({ dtstart, start }, find('dtend'), find('duration'));
  if (start % DAY_MS !== 0 || length % 1 !== 0 || length === 0) return undefined;
  const first = start / DAY_MS;
  return {
    uid: String(find('uid')?.values[0] ?? `line ${begin.number}`),
    name: nameOf(find('summary')),
    cancelled: String(find('status')?.values[0]).toUpperCase() === 'CANCELLED',
    starts: startsOf(first, properties),
    length,
    replaces: find('recurrence-id') && daysOf(properties, 'recurrence-id'),
  };
}

function isUsed({ text }: Line): boolean {
  return USED.includes((/^[\w-]+/.exec(text)?.[0] ?? '').toUpperCase());
}

function startsOf(first: number, properties: readonly Property[]): number[] {
  const rules = properties.filter(({ name }) => name === 'rrule');
  const starts = [first, ...rules.flatMap((rule) => expandRule(rule, first)), ...daysOf(properties, 'rdate')];
  const except = new Set(daysOf(properties, 'exdate'));
  return starts.filter((day) => !except.has(day));
}

function daysOf(properties: readonly Property[], name: string): number[] {
  return properties
    .filter((property) => property.name === name)
    .flatMap((property) => timesOf(property).map((time) => Math.floor(time / DAY_MS)));
}

/** Days, maybe with a fraction; refuses an end before the start, and what lasts longer than a year. */
function lengthOf(
  { dtstart, start }: { dtstart: Property; start: number },
  dtend: Property | undefined,
  duration: Property | undefined,
): number {
  const line = (dtend ?? duration ?? dtstart).line;
  const allDay = dtstart.type === 'date';
  let days = allDay ? 1 : 0;
  if (dtend) days = (onlyTime(dtend) - start) / DAY_MS;
  else if (duration) days = durationOf(duration) / DAY_MS;
  if (days < 0) refuse(line, `${shown(line)} lies before the start`, 'DTEND is the day after the last one');
  if (days > LONGEST_DAYS)
    refuse(line, `${shown(line)} makes more than a year`, 'check the year of both dates');
  // Common in the wild, and RFC 5545 3.6.1 gives an all-day event without an end the same length.
  return allDay && days === 0 ? 1 : days;
}

function durationOf({ line, values }: Property): number {
  try {
    return ICAL.Duration.fromString(String(values[0])).toSeconds() * 1_000;
  } catch {
    return refuse(line, `${shown(line)} is no duration`, 'write DURATION:P3D for three days');
  }
}

function onlyTime(property: Property): number {
  const [time] = timesOf(property);
  return time ?? refuse(property.line, `${shown(property.line)} has no date`, DATE_FORM);
}

/** What the lines' own clock shows, as ms since 1970-01-01 on that clock. */
function timesOf({ line, values }: Property): number[] {
  return values.map((value) => {
    const [, date = '', time = '00:00:00'] =
      /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)Z?)?$/.exec(String(value)) ?? [];
    const ms = Date.parse(`${date}T${time}Z`);
    if (Number.isNaN(dayOf(date)) || Number.isNaN(ms)) refuse(line, `${shown(line)} is no date`, DATE_FORM);
    return ms;
  });
}

/** Control characters and line breaks have no place in a list of holidays. */
function nameOf(summary: Property | undefined): string {
  return (
    String(summary?.values[0] ?? '')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim() || 'holiday'
  );
}
