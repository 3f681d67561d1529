// The state of the house in one value and on one screen.
import type { OutboxState } from '../../domain/outgoing.js';
import type { Instant } from '../../domain/time.js';
import type { StoreFacts } from '../../ports/store.js';
import type { Health, Problem } from '../deps.js';
import { countOf, formatFacts, sizeOf } from '../output.js';
import { oneLine } from '../text.js';
import type { Times } from '../times.js';

export interface StatusView {
  version: string;
  ready: boolean;
  spooled: number;
  held: number;
  outbox: { queued: number; deferred: number; failed: number; suppressed: number };
  tickets: { open: number; overdue: number };
  escalations: { open: number };
  database: StoreFacts;
  /** The moment of the house that the last backup holds. */
  lastBackupAt: Instant | null;
  problems: Problem[];
}

export interface StatusParts {
  version: string;
  /** Undefined when the daemon does not answer. */
  health: Health | undefined;
  spooled: number;
  held: number;
  outbox: Record<OutboxState, number>;
  tickets: { open: number; overdue: number };
  openEscalations: number;
  database: StoreFacts;
  lastBackupAt: Instant | null;
  /** Why automatic receipts are paused; null when they are not. */
  pausedBecause: string | null;
}

const SILENT: Health = {
  ready: false,
  problems: [
    { what: 'The daemon does not answer.', mend: 'systemctl start thanadak   (or: thanadak serve)' },
  ],
};

export function viewStatus(parts: StatusParts): StatusView {
  const { version, spooled, held, outbox, tickets, database } = parts;
  const health = parts.health ?? SILENT;
  return {
    version,
    ready: health.ready,
    spooled,
    held,
    // A letter in the hands of a delivery is still owed.
    outbox: {
      queued: outbox.queued + outbox.sending,
      deferred: outbox.deferred,
      failed: outbox.failed,
      suppressed: outbox.suppressed,
    },
    tickets,
    escalations: { open: parts.openEscalations },
    database,
    lastBackupAt: parts.lastBackupAt,
    problems: [
      ...health.problems,
      ...pauseProblem(parts.pausedBecause),
      ...waitingForPeople(held, outbox.failed),
    ],
  };
}

/** Whether the daemon is ready and content; letters that wait for a person do not make it ill. */
export function isHealthy(health: Health | undefined): boolean {
  return health?.ready === true && health.problems.length === 0;
}

function pauseProblem(reason: string | null): Problem[] {
  if (reason === null) return [];
  return [
    { what: `Automatic receipts are paused: ${oneLine(reason)}`, mend: 'thanadak acknowledgement resume' },
  ];
}

function waitingForPeople(held: number, failed: number): Problem[] {
  const problems: Problem[] = [];
  if (held > 0) {
    problems.push({
      what: `${countOf(held, 'letter')} held: a person must look.`,
      mend: 'thanadak letter list --state held',
    });
  }
  if (failed > 0) {
    problems.push({
      what: `${countOf(failed, 'letter')} could not be delivered.`,
      mend: 'thanadak outbox list --state failed',
    });
  }
  return problems;
}

export function formatStatus(status: StatusView, times: Times): string {
  const { outbox, tickets, database } = status;
  const facts = formatFacts([
    ['Letters', `${status.spooled} in the spool, ${status.held} held`],
    ['Tickets', `${tickets.open} open, ${tickets.overdue} overdue`],
    [
      'Outbox',
      `${outbox.queued} queued, ${outbox.deferred} deferred, ${outbox.failed} failed, ${outbox.suppressed} suppressed`,
    ],
    ['Escalations', `${status.escalations.open} open`],
    ['Database', `${database.engine}, synchronous=${database.synchronous}, ${sizeOf(database.bytes)}`],
    ['Last backup', status.lastBackupAt === null ? 'never' : times.withAge(status.lastBackupAt)],
  ]);
  const title = `Thanadak ${status.version} is ${status.ready ? 'ready' : 'NOT ready'}.`;
  return `${title}\n\n${facts}${formatProblems(status.problems)}`;
}

function formatProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  return `\nProblems\n${problems.map(({ what, mend }) => `  ${what}\n      ${mend}\n`).join('')}`;
}
