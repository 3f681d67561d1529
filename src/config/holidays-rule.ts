// Dates of a recurrence rule (RFC 5545 3.3.10), for the rules that holidays follow: yearly and monthly ones. Counted
// out here, month by month to a fixed end, since the library's own iterator gives 1 March for a 29 February and never
// ends on some rules.
import { z } from 'zod';
import { DAY_MS, dateOf, dayOf, weekdayOf } from '../domain/zone.js';
import { type Property, refuse, shown } from './holidays-lines.js';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const MEND =
  'use FREQ=YEARLY or MONTHLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, ' +
  'or write each date as an event of its own';

function listOf<T>(one: z.ZodType<T>) {
  return z
    .union([one, z.array(one)])
    .transform((value): T[] => (Array.isArray(value) ? value : [value as T]))
    .optional();
}

const ruleSchema = z.strictObject({
  freq: z.enum(['YEARLY', 'MONTHLY']),
  interval: z.int().min(1).default(1),
  count: z.int().min(1).default(Infinity),
  until: z
    .string()
    .transform((text) => dayOf(text.slice(0, 10)))
    .pipe(z.int())
    .optional(),
  bymonth: listOf(z.int()),
  bymonthday: listOf(z.int().refine((day) => day !== 0)),
  byday: listOf(z.string().regex(/^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$/)),
  // Decides between weeks only, which these rules do not count.
  wkst: z.unknown().optional(),
});

type Rule = z.infer<typeof ruleSchema>;

interface Month {
  year: number;
  /** From 0. */
  month: number;
  /** Number of its first day, and how many it has. */
  first: number;
  length: number;
}

/**
 * The days that the rule names, from the day `start` on: those from 2000 to 2099 only. Dates that do not exist
 * (30 February) are left out. Throws `invalid` for a rule that is wrong or of another kind.
 */
export function expandRule(property: Property, start: number): number[] {
  const parsed = ruleSchema.safeParse(property.values[0]);
  if (!parsed.success) return refuse(property.line, `${shown(property.line)} is no rule for holidays`, MEND);
  const { until = Infinity, count } = parsed.data;
  const first = dayOf(`${FIRST_YEAR}-01-01`);
  return daysBy(parsed.data, start)
    .slice(0, count)
    .filter((day) => day >= first && day <= until);
}

/** All days of the rule from `start` to the last year. */
function daysBy(rule: Rule, start: number): number[] {
  const begin = monthOf(Number(dateOf(start).slice(0, 4)), Number(dateOf(start).slice(5, 7)) - 1);
  const days: number[] = [];
  for (let month = begin; month.year <= LAST_YEAR; month = monthOf(month.year, month.month + 1)) {
    if (!takesMonth(rule, month, begin)) continue;
    for (let day = Math.max(start, month.first); day < month.first + month.length; day++) {
      if (takesDay(rule, { day, month, dayOfStart: start - begin.first })) days.push(day);
    }
  }
  return days;
}

function monthOf(year: number, month: number): Month {
  const first = Date.UTC(year, month, 1) / DAY_MS;
  const next = Date.UTC(year, month + 1, 1) / DAY_MS;
  const date = new Date(first * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), first, length: next - first };
}

function takesMonth(rule: Rule, { year, month }: Month, begin: Month): boolean {
  const years = year - begin.year;
  const steps = rule.freq === 'YEARLY' ? years : years * 12 + month - begin.month;
  if (steps % rule.interval !== 0) return false;
  if (rule.bymonth) return rule.bymonth.includes(month + 1);
  return rule.freq === 'MONTHLY' || rule.bymonthday || rule.byday ? true : month === begin.month;
}

function takesDay(
  rule: Rule,
  { day, month, dayOfStart }: { day: number; month: Month; dayOfStart: number },
): boolean {
  const inMonth = day - month.first + 1;
  if (!rule.bymonthday && !rule.byday) return inMonth === dayOfStart + 1;
  const fromEnd = inMonth - month.length - 1;
  if (rule.bymonthday && !rule.bymonthday.some((one) => one === inMonth || one === fromEnd)) return false;
  return rule.byday?.some((one) => isNth(one, day, periodOf(rule, month))) ?? true;
}

/** What `2MO` counts in: the month, or the year when no month is named. */
function periodOf(rule: Rule, month: Month): { first: number; length: number } {
  if (rule.freq === 'MONTHLY' || rule.bymonth) return month;
  const first = dayOf(`${month.year}-01-01`);
  return { first, length: dayOf(`${month.year + 1}-01-01`) - first };
}

function isNth(byDay: string, day: number, period: { first: number; length: number }): boolean {
  if (WEEKDAYS[weekdayOf(day)] !== byDay.slice(-2)) return false;
  const ordinal = byDay.slice(0, -2);
  const position = day - period.first;
  const nth = Math.floor(position / 7) + 1;
  const nthFromEnd = -(Math.floor((period.length - 1 - position) / 7) + 1);
  return ordinal === '' || Number(ordinal) === nth || Number(ordinal) === nthFromEnd;
}
