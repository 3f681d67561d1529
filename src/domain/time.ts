// Instants and spans of time as the whole house writes them.

/** An instant as ISO-8601 UTC text with milliseconds (`2026-11-24T03:54:46.000Z`); sorts as text. */
export type Instant = string;

/** The instant for a number of milliseconds since the epoch. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** `at` moved by `milliseconds` (negative moves back). */
export function shift(at: Instant, milliseconds: number): Instant {
  return instantOf(Date.parse(at) + milliseconds);
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `90s`, `30m`, `4h`, `2d` (or `250ms`); undefined when the text is not such a duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return undefined;
  const unit = match[2] as keyof typeof UNIT_MS;
  return Math.round(Number(match[1]) * UNIT_MS[unit]);
}
