// What became of a deed on several tickets: told once on the list it was done from, and taken back while it is fresh.
import type { Done, Report } from './bulk.js';

export interface Kept {
  report: Report;
  done: readonly Done[];
}

export interface Reports {
  /** The token under which it is found; it tells a stranger nothing. */
  keep(officer: string, kept: Kept): string;
  /** Undefined for another officer's, an old or an unknown one. */
  find(officer: string, token: string): Kept | undefined;
  /** The same, and it cannot be taken back a second time. */
  take(officer: string, token: string): Kept | undefined;
}

/** The button goes after ten seconds; without scripts it stays, and somebody may need a moment to reach it. */
export const UNDO_MS = 60_000;
const MOST_KEPT = 2_000;

interface Entry extends Kept {
  officer: string;
  until: number;
}

export function createReports(from: { token(): string; milliseconds?: () => number }): Reports {
  const { token: newToken, milliseconds = () => performance.now() } = from;
  const entries = new Map<string, Entry>();
  const find = (officer: string, token: string) => {
    const entry = entries.get(token);
    return entry && entry.officer === officer && entry.until > milliseconds() ? entry : undefined;
  };
  return {
    keep(officer, kept) {
      const [oldest] = entries.keys();
      if (entries.size >= MOST_KEPT && oldest !== undefined) entries.delete(oldest);
      const token = newToken();
      entries.set(token, { ...kept, officer, until: milliseconds() + UNDO_MS });
      return token;
    },
    find,
    take(officer, token) {
      const entry = find(officer, token);
      if (entry) entries.delete(token);
      return entry;
    },
  };
}
