import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { calendarsOf } from '../../src/config/calendars.js';
import { loadConfig } from '../../src/config/load.js';
import { printConfig } from '../../src/config/print.js';
import { ALWAYS, addWorkingMs, type Calendar, isOpenAt } from '../../src/domain/calendar.js';
import { configOf, folderWith, LEAST, loadText, problemsOf } from './folder.js';

const PUJA = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:Durga Puja
DTSTART;VALUE=DATE:20261018
DTEND;VALUE=DATE:20261020
END:VEVENT
END:VCALENDAR
`;

function calendar(text: string, name: string, others: Record<string, string> = {}): Calendar {
  const found = calendarsOf(configOf(loadText(LEAST + text, others))).get(name);
  if (!found) throw new Error(`no calendar ${name}`);
  return found;
}

describe('the calendars', () => {
  it('are always and office when none is configured', () => {
    const calendars = calendarsOf(configOf(loadText(LEAST)));
    expect([...calendars.keys()]).toEqual(['always', 'office']);
    expect(calendars.get('always')).toBe(ALWAYS);
    const office = { from: 600, to: 1080 };
    expect(calendars.get('office')).toEqual({
      name: 'office',
      timeZone: 'Asia/Kolkata',
      always: false,
      week: [[office], [office], [office], [office], [office], [{ from: 600, to: 840 }], []],
      holidays: new Map(),
    });
  });

  it('have several spans a day, overnight ones, closed days, and the time zone of the house', () => {
    const text =
      'time_zone: Europe/London\ncalendars: [{ name: desk, week: { monday: [10:00-13:00, 20:00-06:00] } }]\n';
    const desk = calendar(text, 'desk');
    expect(desk.timeZone).toBe('Europe/London');
    expect(desk.week).toEqual([
      [
        { from: 600, to: 780 },
        { from: 1200, to: 360 },
      ],
      ...Array.from({ length: 6 }, () => []),
    ]);
    expect(isOpenAt(desk, '2026-11-24T05:30:00.000Z')).toBe(true);
    expect(isOpenAt(desk, '2026-11-24T21:00:00.000Z')).toBe(false);
  });

  it('take holidays from the configuration and from files; where both name a day, the configuration does', () => {
    const text = `calendars:
  - name: office
    week: { sunday: [10:00-18:00], monday: [10:00-18:00], tuesday: [10:00-18:00] }
    holidays: [{ date: 2026-10-19, name: Ashtami }, { date: 2026-10-20, name: Navami }]
    holiday_files: [puja.ics]
`;
    const office = calendar(text, 'office', { 'puja.ics': PUJA });
    expect([...office.holidays].sort()).toEqual([
      ['2026-10-18', 'Durga Puja'],
      ['2026-10-19', 'Ashtami'],
      ['2026-10-20', 'Navami'],
    ]);
    // Saturday evening; Sunday to Tuesday are holidays, so the next hour counted is on the Sunday after.
    expect(addWorkingMs(office, '2026-10-17T12:00:00.000Z', 3_600_000)).toBe('2026-10-25T05:30:00.000Z');
  });

  it('are printed so that they load again, files by their absolute path', () => {
    const folder = folderWith({
      'main.yaml': `${LEAST}calendars: [{ name: a, week: { friday: [20:00-06:00] }, holiday_files: [puja.ics] }]\n`,
      'puja.ics': PUJA,
    });
    const config = configOf(loadConfig(join(folder, 'main.yaml'), {}));
    expectTypeOf(config.calendars[0]?.holidayFiles[0]?.file).toEqualTypeOf<string | undefined>();
    const printed = printConfig(config);
    expect(printed).toContain(join(folder, 'puja.ics'));
    const again = configOf(loadConfig(join(folderWith({ 'again.yaml': printed }), 'again.yaml'), {}));
    expect(calendarsOf(again)).toEqual(calendarsOf(config));
  });
});

// LEAST has nine lines: every fault below begins in line 10.
describe('a calendar that cannot be used', () => {
  const week = 'week: { monday: [10:00-18:00] }';

  it.each([
    [
      'one that is there already',
      `calendars: [{ name: always, ${week} }]`,
      'main.yaml:10:21: calendars[0].name: always is there already: day and night, every day; choose another',
    ],
    [
      'one that never opens',
      'calendars: [{ name: office, week: { sunday: [] } }]',
      'main.yaml:10:35: calendars[0].week: the calendar office never opens; give at least one day its hours, or use always',
    ],
    [
      'a name given twice',
      `calendars: [{ name: a, ${week} }, { name: a, ${week} }]`,
      /^main.yaml:10:67: calendars\[1\].name: the name a is already used at .*main.yaml:10; give one of them another name$/,
    ],
    [
      'hours that are none',
      'calendars: [{ name: a, week: { monday: [10-18] } }]',
      'main.yaml:10:41: calendars[0].week.monday[0]: expected hours such as 10:00-18:00, found "10-18"',
    ],
    [
      'a day in another language',
      'calendars: [{ name: a, week: { montag: [10:00-18:00] } }]',
      /^main.yaml:10:32: unknown key montag in calendars\[0\].week; did you mean monday\?$/,
    ],
    [
      'a date that does not exist',
      `calendars: [{ name: a, ${week}, holidays: [{ date: 2026-02-30, name: x }] }]`,
      'main.yaml:10:76: calendars[0].holidays[0].date: expected a date such as 2026-10-20, found "2026-02-30"',
    ],
    [
      'a holiday given twice',
      `calendars: [{ name: a, ${week}, holidays: [{ date: 2026-10-20, name: x }, { date: 2026-10-20, name: y }] }]`,
      /^main.yaml:10:107: calendars\[0\].holidays\[1\].date: the date 2026-10-20 is already used/,
    ],
    [
      'an unknown calendar in sla',
      'sla: { calendar: ofice }',
      'main.yaml:10:18: sla.calendar: there is no calendar ofice; did you mean office?',
    ],
    [
      'an unknown calendar of an urgency',
      'sla: { semi-urgent: { calendar: night } }',
      'main.yaml:10:33: sla.semi-urgent.calendar: there is no calendar night; known here: always, office',
    ],
  ])('%s', (_, fault, expected) => {
    const problems = problemsOf(loadText(`${LEAST}${fault}\n`));
    expect(problems).toHaveLength(1);
    if (typeof expected === 'string') expect(problems[0]).toBe(expected);
    else expect(problems[0]).toMatch(expected);
  });

  it('named by a station, or by a category', () => {
    const text = `${LEAST}    calendar: ofice\ncategories:\n  - { code: OTHER, name: { en: x }, urgency: urgent, calendar: desk }\n`;
    expect(problemsOf(loadText(text))).toEqual([
      'main.yaml:10:15: stations[0].calendar: there is no calendar ofice; did you mean office?',
      'main.yaml:12:64: categories[0].calendar: there is no calendar desk; known here: always, office',
    ]);
  });

  it('does not make every mention of a calendar a fault', () => {
    for (const calendars of ['5', '[{ name: desk, wek: {} }]']) {
      const problems = problemsOf(loadText(`${LEAST}calendars: ${calendars}\nsla: { calendar: desk }\n`));
      expect(problems.filter((problem) => problem.includes('there is no calendar'))).toEqual([]);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['nowhere.ics', /nowhere.ics cannot be read: no such file; correct it, or take it off the list$/],
    ['latin.ics', /latin.ics cannot be read: it is not UTF-8 text; /],
    ['bad.ics', /bad.ics:1: does not begin with BEGIN:VCALENDAR; give an iCalendar file/],
  ])('has a holiday file that cannot be had: %s', (file, expected) => {
    const text = `${LEAST}calendars: [{ name: a, ${week}, holiday_files: [${file}] }]\n`;
    const others = { 'latin.ics': Buffer.from([0x61, 0xe9]), 'bad.ics': 'Durga Puja\n' };
    const problems = problemsOf(loadText(text, others));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^main.yaml:10:73: calendars\[0\].holiday_files\[0\]: /);
    expect(problems[0]).toMatch(expected);
  });
});
