// The two times of a log line: UTC, and the wall clock of the station's zone (CERT-In Directions of 28 April 2022).

const QUARTER_HOUR_MS = 900_000;

/**
 * Makes the function that writes the time fields of a line, in the form pino wants (`,"time":"…"`).
 * `timeZone` is an IANA name; without it only UTC is written. Throws RangeError for an unknown zone.
 */
export function createTimeFields(timeZone: string | undefined, now: () => number = Date.now): () => string {
  if (timeZone === undefined) return () => `,"time":"${new Date(now()).toISOString()}"`;
  const offsetAt = createOffsetReader(timeZone);
  return () => {
    const at = now();
    return `,"time":"${new Date(at).toISOString()}","timeLocal":"${localText(at, offsetAt(at))}"`;
  };
}

function localText(at: number, offsetMinutes: number): string {
  const wall = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const sign = offsetMinutes < 0 ? '-' : '+';
  return `${wall}${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

// Asking Intl costs more than the rest of a line; no zone changes its offset within a quarter of an hour.
function createOffsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  let knownQuarter = Number.NaN;
  let knownOffset = 0;
  return (at) => {
    const quarter = Math.floor(at / QUARTER_HOUR_MS);
    if (quarter !== knownQuarter) {
      knownOffset = readOffset(format, at);
      knownQuarter = quarter;
    }
    return knownOffset;
  };
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
