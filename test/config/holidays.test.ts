import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHolidays } from '../../src/config/holidays.js';
import { ThanadakError } from '../../src/domain/errors.js';

/** A file with one event of `lines`; BEGIN:VEVENT stands in line 4. */
function icsOf(...events: string[]): string {
  const bodies = events.map((lines) => `BEGIN:VEVENT\n${lines}\nEND:VEVENT\n`);
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n${bodies.join('')}END:VCALENDAR\n`;
}

const datesOf = (text: string) => readHolidays(text, 'test.ics').map(({ date }) => date);
const first = (text: string, count: number) => datesOf(text).slice(0, count).join(' ');

describe('a file of holidays', () => {
  it('is read in order of dates, with their names', () => {
    const text = icsOf(
      'DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas Day',
      'DTSTART;VALUE=DATE:20260126\nDTEND;VALUE=DATE:20260127\nSUMMARY:Republic Day',
    );
    expect(readHolidays(text, 'test.ics')).toEqual([
      { date: '2026-01-26', name: 'Republic Day' },
      { date: '2026-12-25', name: 'Christmas Day' },
    ]);
  });

  it('names a date once, with every holiday on it', () => {
    const day = 'DTSTART;VALUE=DATE:20260123\nSUMMARY:';
    const text = icsOf(`${day}Netaji's Birthday`, `${day}Saraswati Puja`, `${day}Saraswati Puja`);
    expect(readHolidays(text, 'test.ics')).toEqual([
      { date: '2026-01-23', name: "Netaji's Birthday, Saraswati Puja" },
    ]);
  });

  it.each([
    ['escapes', 'SUMMARY:Puja\\, first day\\; all', 'Puja, first day; all'],
    ['line breaks and control characters', 'SUMMARY:Puja\\nfirst\u0007\tday', 'Puja first day'],
    ['another script, with parameters', 'SUMMARY;LANGUAGE=bn:দুর্গা পূজা', 'দুর্গা পূজা'],
    ['a fold within a word', 'SUMMARY:Dur\n ga\n  Pu\n\tja', 'Durga Puja'],
    ['no name at all', 'CLASS:PUBLIC', 'holiday'],
  ])('keeps a name with %s', (_, line, name) => {
    expect(readHolidays(icsOf(`DTSTART;VALUE=DATE:20261019\n${line}`), 'test.ics')[0]?.name).toBe(name);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['no last line break', (text: string) => text.trimEnd()],
    ['blank lines', (text: string) => text.replaceAll('\n', '\n\n')],
    ['names in small letters', (text: string) => text.toLowerCase()],
    ['two calendars', (text: string) => text + text],
  ])('may have %s', (_, change) => {
    expect(datesOf(change(icsOf('DTSTART;VALUE=DATE:20261019\nDTEND;VALUE=DATE:20261021')))).toEqual([
      '2026-10-19',
      '2026-10-20',
    ]);
  });
});

describe('an event closes', () => {
  it.each([
    ['one day without an end', 'DTSTART;VALUE=DATE:20261019', '2026-10-19'],
    [
      'one day with an end on the same day',
      'DTSTART;VALUE=DATE:20261019\nDTEND;VALUE=DATE:20261019',
      '2026-10-19',
    ],
    [
      'days up to its end, not the end',
      'DTSTART;VALUE=DATE:20261030\nDTEND;VALUE=DATE:20261102',
      '2026-10-30 2026-10-31 2026-11-01',
    ],
    ['days of a duration', 'DTSTART;VALUE=DATE:20280228\nDURATION:P2D', '2028-02-28 2028-02-29'],
    [
      'days from midnight to midnight',
      'DTSTART;TZID=Asia/Kolkata:20261019T000000\nDTEND;TZID=Asia/Kolkata:20261021T000000',
      '2026-10-19 2026-10-20',
    ],
    [
      'dates of RDATE too',
      'DTSTART;VALUE=DATE:20261019\nRDATE;VALUE=DATE:20261021,20261023',
      '2026-10-19 2026-10-21 2026-10-23',
    ],
  ])('%s', (_, lines, dates) => {
    expect(datesOf(icsOf(lines)).join(' ')).toBe(dates);
  });

  const kept = 'DTSTART;VALUE=DATE:20261225';
  it.each([
    ['that is cancelled', 'DTSTART;VALUE=DATE:20261019\nSTATUS:CANCELLED'],
    ['of an afternoon', 'DTSTART;TZID=Asia/Kolkata:20261019T140000\nDTEND;TZID=Asia/Kolkata:20261020T000000'],
    ['without length', 'DTSTART:20261019T000000'],
    ['of a day and a half', 'DTSTART:20261019T000000\nDURATION:P1DT12H'],
  ])('nothing when it is one %s', (_, lines) => {
    expect(datesOf(icsOf(kept, lines))).toEqual(['2026-12-25']);
  });

  it('nothing by what stands in its alarms, or outside events', () => {
    const alarm = 'BEGIN:VALARM\nDTSTART;VALUE=DATE:20261020\nSTATUS:CANCELLED\nEND:VALARM';
    const text = icsOf(`${kept}\n${alarm}`).replace(
      'END:VCALENDAR',
      'BEGIN:VTODO\nDTSTART;VALUE=DATE:20261021\nEND:VTODO\nEND:VCALENDAR',
    );
    expect(datesOf(text)).toEqual(['2026-12-25']);
  });
});

describe('a rule', () => {
  const from = (date: string, rule: string) => icsOf(`DTSTART;VALUE=DATE:${date}\nRRULE:${rule}`);

  it.each([
    ['every year', '20250126', 'FREQ=YEARLY', '2025-01-26 2026-01-26 2027-01-26'],
    ['every second year', '20250126', 'FREQ=YEARLY;INTERVAL=2', '2025-01-26 2027-01-26 2029-01-26'],
    ['on a leap day, in leap years only', '20240229', 'FREQ=YEARLY', '2024-02-29 2028-02-29 2032-02-29'],
    ['some times', '20250126', 'FREQ=YEARLY;COUNT=2', '2025-01-26 2026-01-26'],
    [
      'until a date, that one too',
      '20250126',
      'FREQ=YEARLY;UNTIL=20270126',
      '2025-01-26 2026-01-26 2027-01-26',
    ],
    ['until an instant', '20250126', 'FREQ=YEARLY;UNTIL=20260126T000000Z', '2025-01-26 2026-01-26'],
    [
      'on the last Monday of May',
      '20260525',
      'FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO',
      '2026-05-25 2027-05-31 2028-05-29',
    ],
    [
      'on the first Monday of the year',
      '20260105',
      'FREQ=YEARLY;BYDAY=1MO',
      '2026-01-05 2027-01-04 2028-01-03',
    ],
    [
      'on two dates of a year',
      '20260101',
      'FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1',
      '2026-01-01 2026-07-01 2027-01-01',
    ],
    [
      'on second and fourth Saturdays',
      '20260110',
      'FREQ=MONTHLY;BYDAY=2SA,4SA',
      '2026-01-10 2026-01-24 2026-02-14',
    ],
    [
      'on the last day of a month',
      '20260131',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      '2026-01-31 2026-02-28 2026-03-31',
    ],
    ['on the 31st, where there is one', '20260131', 'FREQ=MONTHLY', '2026-01-31 2026-03-31 2026-05-31'],
    [
      'on a Friday the 13th',
      '20260213',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      '2026-02-13 2026-03-13 2026-11-13',
    ],
    [
      'from long ago, told from 2000 on',
      '19480126',
      'FREQ=YEARLY;UNTIL=20010126',
      '1948-01-26 2000-01-26 2001-01-26',
    ],
  ])('is followed %s', (_, date, rule, dates) => {
    expect(first(from(date, rule), 3)).toBe(dates);
  });

  it('without an end is followed until 2099', () => {
    expect(datesOf(from('20250126', 'FREQ=YEARLY')).at(-1)).toBe('2099-01-26');
  });

  it('repeats all days of an event', () => {
    const text = icsOf('DTSTART;VALUE=DATE:20251231\nDURATION:P2D\nRRULE:FREQ=YEARLY;COUNT=2');
    expect(datesOf(text).join(' ')).toBe('2025-12-31 2026-01-01 2026-12-31 2027-01-01');
  });

  const yearly = 'UID:a\nDTSTART;VALUE=DATE:20250126\nRRULE:FREQ=YEARLY;COUNT=3';
  it.each([
    ['EXDATE', [`${yearly}\nEXDATE;VALUE=DATE:20260126`], '2025-01-26 2027-01-26'],
    ['EXDATE with a time', [`${yearly}\nEXDATE:20260126T000000`], '2025-01-26 2027-01-26'],
    ['EXDATE of its first date', [`${yearly}\nEXDATE;VALUE=DATE:20250126`], '2026-01-26 2027-01-26'],
    [
      'a date that moved',
      [yearly, 'UID:a\nRECURRENCE-ID;VALUE=DATE:20260126\nDTSTART;VALUE=DATE:20260127'],
      '2025-01-26 2026-01-27 2027-01-26',
    ],
    [
      'a date that was cancelled',
      [yearly, 'UID:a\nRECURRENCE-ID;VALUE=DATE:20260126\nDTSTART;VALUE=DATE:20260126\nSTATUS:CANCELLED'],
      '2025-01-26 2027-01-26',
    ],
    [
      'a date that moved in another event',
      [yearly, 'UID:b\nRECURRENCE-ID;VALUE=DATE:20260126\nDTSTART;VALUE=DATE:20260127'],
      '2025-01-26 2026-01-26 2026-01-27 2027-01-26',
    ],
  ])('is bent by %s', (_, events, dates) => {
    expect(datesOf(icsOf(...events)).join(' ')).toBe(dates);
  });
});

function refusalOf(text: string): ThanadakError {
  try {
    readHolidays(text, 'test.ics');
  } catch (error) {
    if (error instanceof ThanadakError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const DATE_MEND = 'write it as DTSTART;VALUE=DATE:20261018, and its end likewise';
const RULE_MEND =
  'use FREQ=YEARLY or MONTHLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, or write each date as an event of its own';

describe('a file that is wrong is refused with its line and the mend', () => {
  it.each([
    ['nothing', '', 'test.ics: does not begin with BEGIN:VCALENDAR; give an iCalendar file (RFC 5545, .ics)'],
    [
      'a web page',
      '\n<html>',
      'test.ics:2: does not begin with BEGIN:VCALENDAR; give an iCalendar file (RFC 5545, .ics)',
    ],
    ['a card', 'BEGIN:VCARD\nEND:VCARD', /^test\.ics:1: does not begin with/],
    ['no event', icsOf(), `test.ics: has no holiday in it; only all-day events count: ${DATE_MEND}`],
    [
      'only an afternoon',
      icsOf('DTSTART:20261019T140000\nDURATION:PT2H'),
      /^test\.ics: has no holiday in it/,
    ],
    [
      'only a cancelled event',
      icsOf('DTSTART;VALUE=DATE:20261019\nSTATUS:CANCELLED'),
      /^test\.ics: has no holiday/,
    ],
    [
      'a file cut short',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261019\n',
      'test.ics:2: BEGIN:VEVENT is never ended; the file seems to be cut short',
    ],
    [
      'an end too early',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
      'test.ics:3: END:VCALENDAR does not fit: BEGIN:VEVENT of line 2 is still open; every BEGIN needs its END',
    ],
    [
      'an end too many',
      'BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR',
      'test.ics:3: END:VCALENDAR does not fit: nothing is open; every BEGIN needs its END',
    ],
    ['no start', icsOf('SUMMARY:Puja'), `test.ics:4: this event has no DTSTART; ${DATE_MEND}`],
    [
      'a date without its mark',
      icsOf('SUMMARY:Puja\nDTSTART:20261018'),
      `test.ics:6: DTSTART:20261018 is no date; ${DATE_MEND}`,
    ],
    [
      'a date with dashes',
      icsOf('DTSTART;VALUE=DATE:2026-10-18'),
      `test.ics:5: DTSTART;VALUE=DATE:2026-10-18 is no date; ${DATE_MEND}`,
    ],
    ['a month that does not exist', icsOf('DTSTART;VALUE=DATE:20261318'), /^test\.ics:5: .* is no date/],
    ['a day that does not exist', icsOf('DTSTART;VALUE=DATE:20260229'), /^test\.ics:5: .* is no date/],
    ['an hour that does not exist', icsOf('DTSTART:20260228T250000'), /^test\.ics:5: .* is no date/],
    ['no date', icsOf('DTSTART;VALUE=DATE:'), /^test\.ics:5: .* is no date/],
    ['a word for a date', icsOf('DTSTART;VALUE=DATE:tomorrow'), /^test\.ics:5: .* is no date/],
    [
      'an end before the start',
      icsOf('DTSTART;VALUE=DATE:20261018\nDTEND;VALUE=DATE:20261017'),
      'test.ics:6: DTEND;VALUE=DATE:20261017 lies before the start; DTEND is the day after the last one',
    ],
    [
      'an end in another century',
      icsOf('DTSTART;VALUE=DATE:20261018\nDTEND;VALUE=DATE:21261019'),
      'test.ics:6: DTEND;VALUE=DATE:21261019 makes more than a year; check the year of both dates',
    ],
    [
      'a word for a duration',
      icsOf('DTSTART;VALUE=DATE:20261018\nDURATION:long'),
      'test.ics:6: DURATION:long is no duration; write DURATION:P3D for three days',
    ],
    [
      'an exception that is no date',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=YEARLY\nEXDATE:x'),
      /^test\.ics:7: EXDATE:x is no date/,
    ],
    [
      'a period',
      icsOf('DTSTART;VALUE=DATE:20261018\nRDATE;VALUE=PERIOD:20261019T000000/P1D'),
      /^test\.ics:6: .* is no date/,
    ],
    [
      'a rule of weeks',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=WEEKLY;BYDAY=SU'),
      `test.ics:6: RRULE:FREQ=WEEKLY;BYDAY=SU is no rule for holidays; ${RULE_MEND}`,
    ],
    [
      'a rule with weeks of the year',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=YEARLY;BYWEEKNO=20'),
      /^test\.ics:6: .* is no rule for holidays/,
    ],
    [
      'a rule with a place in the set',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=YEARLY;BYDAY=6MO;BYSETPOS=-3'),
      /^test\.ics:6: .* is no rule for holidays/,
    ],
    [
      'a rule without a frequency',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:BYMONTH=5'),
      /^test\.ics:6: .* is no rule for holidays/,
    ],
    [
      'a rule that repeats no time',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=YEARLY;COUNT=0'),
      /^test\.ics:6: .* is no rule for holidays/,
    ],
    [
      'a rule until no date',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=YEARLY;UNTIL=never'),
      /^test\.ics:6: .* is no rule for holidays/,
    ],
    [
      'a frequency that does not exist',
      icsOf('DTSTART;VALUE=DATE:20261018\nRRULE:FREQ=SOMETIMES'),
      /^test\.ics:6: RRULE:FREQ=SOMETIMES cannot be understood; invalid frequency/,
    ],
    [
      'a parameter without a value',
      icsOf('DTSTART;VALUE=DATE:20261018\nSUMMARY;X=a'),
      /^test\.ics:6: SUMMARY;X=a cannot be understood; /,
    ],
  ])('%s', (_, text, message) => {
    const error = refusalOf(text);
    expect(error.code).toBe('invalid');
    if (typeof message === 'string') expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
  });

  it('with as much of a long line as fits', () => {
    const text = icsOf(`DTSTART;VALUE=DATE:${'9'.repeat(5_000)}`);
    expect(() => readHolidays(text, 'test.ics')).toThrow(/^.{1,200}$/);
  });
});

describe('the sample calendar of West Bengal', () => {
  const file = join(import.meta.dirname, '../../config/calendars/west-bengal-2026.ics');
  const text = readFileSync(file, 'utf8');
  const holidays = new Map(readHolidays(text, file).map(({ date, name }) => [date, name]));

  it.each([
    ['2026-01-23', "Netaji's Birthday, Saraswati Puja"],
    ['2026-01-26', 'Republic Day'],
    ['2026-08-15', 'Independence Day'],
    ['2026-10-15', 'Durga Puja'],
    ['2026-10-24', 'Durga Puja'],
    ['2026-10-25', 'Lakshmi Puja'],
    ['2026-12-25', 'Christmas Day'],
  ])('has %s', (date, name) => {
    expect(holidays.get(date)).toBe(name);
  });

  it('is of 2026 alone', () => {
    expect([...holidays.keys()].filter((date) => !date.startsWith('2026-'))).toEqual([]);
    expect(holidays.size).toBe(44);
  });

  it('says that it must be checked, and is written as RFC 5545 asks', () => {
    expect(text.replaceAll('\r\n ', '')).toMatch(
      /DESCRIPTION:A sample.* check every date against the notification/,
    );
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
