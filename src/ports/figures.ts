// What counting and reading figures needs of the store.
import type { CountedDay, Days, Figures, Hours, Span, Standing } from '../domain/figures.js';
import type { Instant } from '../domain/time.js';
import type { DueClock } from './records.js';

/** How far counting has come. */
export interface FiguresMark {
  /** IANA name of the zone in which days were counted. */
  timeZone: string;
  /** When the last pass counted. */
  at: Instant;
  /** Number of the last row of the journal that was looked at. */
  journalNumber: number;
  /** What is still to be counted of the time before, the youngest day first; null when everything is. */
  back: { nextDay: number; firstDay: number } | null;
}

/** Changes since a mark: each hour (the beginning of one, UTC) in which a ticket was received that something happened to. */
export interface Changes {
  journalNumber: number;
  receivedIn: Instant[];
}

export interface FiguresRepository {
  mark(): Promise<FiguresMark | undefined>;
  setMark(mark: FiguresMark): Promise<void>;
  /** Number of the newest row of the journal; 0 before the first. */
  lastJournalNumber(): Promise<number>;
  /** Looks at the rows after `number`, at most `limit`. */
  changedAfter(number: number, limit: number): Promise<Changes>;
  /** As `receivedIn`: of tickets with a clock that came to be at risk after one instant and until another. */
  cameAtRisk(after: Instant, until: Instant): Promise<Instant[]>;
  firstReceipt(): Promise<Instant | undefined>;
  /** Running clocks that do not say when they are at risk, from before that was reckoned. */
  clocksWithoutRisk(limit: number): Promise<DueClock[]>;
  /** The span in parts of about `size` tickets each, in order; a span without tickets has one part. */
  partsOf(span: Span, size: number): Promise<Span[]>;
  /**
   * Counts the tickets received in `span`, by station, as things stand at `now`. `hours` are the 25 instants at which the
   * hours of their day begin and end.
   */
  count(span: Span, order: { day: number; hours: readonly Instant[]; now: Instant }): Promise<CountedDay[]>;
  /** Writes what was counted of a day, in place of what was written before. */
  replaceDay(day: number, figures: readonly CountedDay[]): Promise<void>;
  /** Forgets everything counted. */
  forget(): Promise<void>;

  /** By station; `stations` null: all. Stations that received nothing are left out. */
  perStation(order: FiguresOrder): Promise<{ station: string; figures: Figures }[]>;
  perDay(order: FiguresOrder): Promise<{ day: number; figures: Figures; hours: Hours }[]>;
  /** By station, whatever the day; stations where nothing presses are left out. */
  standing(stations: readonly string[] | null): Promise<{ station: string; standing: Standing }[]>;
}

export interface FiguresOrder {
  stations: readonly string[] | null;
  days: Days;
}
