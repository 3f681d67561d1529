// Instants as an officer reads them: station time, short in lists, in full on demand, and how far away they are.
import type { Language } from '../../domain/station.js';
import { type Instant, millisecondsBetween } from '../../domain/time.js';
import { textIn } from '../words/words.js';

export interface ReadTimes {
  /** `15:05` today, `24 Nov, 15:05`, or `24 Nov 2025, 15:05` in another year. */
  short(at: Instant): string;
  /** `Tuesday 24 November 2026, 15:05`. */
  full(at: Instant): string;
  /** `24 Nov`, or `24 Nov 2025`. */
  day(at: Instant): string;
  /** `5 min ago`, `in 3 h`. */
  relative(at: Instant): string;
  /** A length in its largest unit: `25 min`, `3 h`, `2 days`. */
  length(milliseconds: number): string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Parts = (at: Instant) => Readonly<Record<string, string>>;

/** Making a formatter costs a hundred times what using it does. */
const formats = new Map<string, Parts>();

function partsIn(language: Language, timeZone: string, month: 'short' | 'long'): Parts {
  const key = `${language} ${timeZone} ${month}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(`${language === 'en' ? 'en-GB' : `${language}-IN`}-u-nu-latn`, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts: Parts = (at) =>
    Object.fromEntries(format.formatToParts(Date.parse(at)).map(({ type, value }) => [type, value]));
  formats.set(key, parts);
  return parts;
}

/** How somebody who looks at `now` reads instants in `timeZone` (IANA name). */
export function readTimes(reader: { language: Language; timeZone: string; now: Instant }): ReadTimes {
  const { language, timeZone, now } = reader;
  const shortOf = partsIn(language, timeZone, 'short');
  const longOf = partsIn(language, timeZone, 'long');
  const today = shortOf(now);
  const dayOf = ({ day, month, year }: Readonly<Record<string, string>>) =>
    `${day} ${month}${year === today.year ? '' : ` ${year}`}`;
  const say = textIn(language);
  return {
    short(at) {
      const parts = shortOf(at);
      const clock = `${parts.hour}:${parts.minute}`;
      return dayOf(parts) === dayOf(today) ? clock : `${dayOf(parts)}, ${clock}`;
    },
    full(at) {
      const { weekday, day, month, year, hour, minute } = longOf(at);
      return `${weekday} ${day} ${month} ${year}, ${hour}:${minute}`;
    },
    day: (at) => dayOf(shortOf(at)),
    relative(at) {
      const ahead = millisecondsBetween(now, at);
      if (Math.abs(ahead) < MINUTE) return say(ahead > 0 ? 'frame.time.soon' : 'frame.time.now');
      const { unit, count } = largestUnit(Math.abs(ahead));
      return say(`frame.${ahead > 0 ? 'in' : 'ago'}.${unit}`, { count });
    },
    length(milliseconds) {
      const { unit, count } = largestUnit(milliseconds);
      return say(`frame.for.${unit}`, { count });
    },
  };
}

/** Two days and more are told in days, so that no count is ever 1 where another unit says more. */
function largestUnit(milliseconds: number): { unit: 'minutes' | 'hours' | 'days'; count: number } {
  if (milliseconds < HOUR) return { unit: 'minutes', count: Math.floor(milliseconds / MINUTE) };
  if (milliseconds < 2 * DAY) return { unit: 'hours', count: Math.floor(milliseconds / HOUR) };
  return { unit: 'days', count: Math.floor(milliseconds / DAY) };
}
