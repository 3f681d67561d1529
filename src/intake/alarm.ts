// Tells the IT cell, once in a window, that the budget of all automatic receipts together is used up.
import { circuitCounters, judgeBudget } from '../domain/budget.js';
import { listMarks } from '../domain/letter-marks.js';
import { composeAlarm } from '../domain/officer-letter.js';
import { freshRecord } from '../domain/outbox-record.js';
import type { Instant } from '../domain/time.js';
import type { UnitOfWork } from '../ports/store.js';
import type { Filed, FilingTools } from './filing.js';

type AlarmTools = Pick<FilingTools, 'rules' | 'ids' | 'signer'>;

/** What the IT cell was told. */
export interface Alarm {
  limit: number;
  /** When receipts go again. */
  until: Instant;
}

/**
 * Owes the IT cell a letter when one of `filed` found the budget for everybody used up and nobody was told in this
 * window; resolves to what was told, undefined when nothing was.
 */
export async function tellOfUsedUp(
  unit: UnitOfWork,
  filed: readonly Filed[],
  tools: AlarmTools,
): Promise<Alarm | undefined> {
  if (!filed.some(({ suppressed }) => suppressed === 'budget-all')) return undefined;
  const counters = circuitCounters(tools.rules.acknowledgement.budget, unit.now);
  const decision = judgeBudget(counters, await unit.allowances.used(counters));
  if (decision.allowed || decision.alarm === null) return undefined;
  if (!(await unit.notices.claim(decision.alarm))) return undefined;
  const alarm = { limit: decision.limit, until: decision.until };
  await oweAlarm(unit, alarm, tools);
  return alarm;
}

async function oweAlarm(unit: UnitOfWork, alarm: Alarm, { rules, ids, signer }: AlarmTools): Promise<void> {
  const { mailDomain } = rules.directory;
  const outboxId = ids.next();
  const letter = composeAlarm({
    ...alarm,
    to: rules.acknowledgement.alarmTo,
    marks: listMarks(signer, { outboxId, mailDomain }),
    createdAt: unit.now,
    mailDomain,
    timeZone: rules.timeZone,
    templates: rules.templates,
  });
  await unit.outbox.enqueue(freshRecord(letter, { ticketId: null, receivedAt: unit.now, dueAt: unit.now }));
}
