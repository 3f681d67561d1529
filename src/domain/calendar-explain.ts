// Why a calendar counts or does not count a stretch of time.
import { type Calendar, holidayPieces, openPieces, type Piece } from './calendar.js';

/** `note` is the name of the holiday, else of the calendar. */
export interface LabelledPiece extends Piece {
  kind: 'counted' | 'closed' | 'holiday';
  note: string;
}

/**
 * The time from `from` up to `until` (ms, finite) in order and without gaps. Closed time on a holiday's date is the
 * holiday's, and so is what is left of its overnight span in the morning after.
 */
export function* labelledPieces(calendar: Calendar, from: number, until: number): Generator<LabelledPiece> {
  let at = from;
  for (const piece of openPieces(calendar, from, until)) {
    yield* closedPieces(calendar, at, piece.from);
    yield { ...piece, kind: 'counted', note: calendar.name };
    at = piece.to;
  }
  yield* closedPieces(calendar, at, until);
}

function* closedPieces(calendar: Calendar, from: number, until: number): Generator<LabelledPiece> {
  let at = from;
  for (const { name, ...piece } of holidayPieces(calendar, from, until)) {
    const start = Math.max(piece.from, at);
    const end = Math.min(piece.to, until);
    if (end <= start) continue;
    if (at < start) yield { from: at, to: start, kind: 'closed', note: calendar.name };
    yield { from: start, to: end, kind: 'holiday', note: name };
    at = end;
  }
  if (at < until) yield { from: at, to: until, kind: 'closed', note: calendar.name };
}
