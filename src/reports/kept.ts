// Reports as they were read before: figures change once a minute, and many look at the same board.
import type { Repositories } from '../ports/store.js';
import { type Report, type ReportOrder, readReport } from './reading.js';

const KEPT = 64;

/** Reads a report, or answers what it was read as since figures were last counted. Errors: those of the store. */
export function keepReports(store: Pick<Repositories, 'figures'>): (order: ReportOrder) => Promise<Report> {
  const kept = new Map<string, Report>();
  let counted = '';
  return async (order) => {
    const mark = JSON.stringify(await store.figures.mark());
    if (mark !== counted) kept.clear();
    counted = mark;
    const key = JSON.stringify(order);
    const known = kept.get(key);
    if (known) return known;
    const report = await readReport(store, order);
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, report);
    return report;
  };
}
