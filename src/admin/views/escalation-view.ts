// Escalations -> the shape of `escalation list` (a contract: keys are only ever added), and the table for people.
import type { Escalation } from '../../domain/escalation.js';
import type { Ticket } from '../../domain/ticket.js';
import { type Column, formatTable } from '../output.js';
import type { Times } from '../times.js';

export interface EscalationView extends Omit<Escalation, 'ticketId' | 'nextAt'> {
  /** Reference. */
  ticket: string;
  station: string;
  urgency: Ticket['urgency'];
}

export function viewEscalation(escalation: Escalation, ticket: Ticket): EscalationView {
  const { id, ticketId: _ticketId, nextAt: _nextAt, ...rest } = escalation;
  return { id, ticket: ticket.reference, station: ticket.station, urgency: ticket.urgency, ...rest };
}

export function formatEscalationTable(
  escalations: readonly EscalationView[],
  times: Times,
  width: number | undefined,
): string {
  const columns: Column<EscalationView>[] = [
    { title: 'ID', value: (one) => one.id },
    { title: 'TICKET', value: (one) => one.ticket },
    { title: 'URGENCY', value: (one) => one.urgency ?? '' },
    { title: 'ABOUT', value: (one) => one.clock },
    { title: 'RANK', value: (one) => one.rank },
    { title: 'SINCE', value: (one) => times.withAge(one.at) },
    { title: 'ANSWER', value: (one) => answerOf(one, times) },
    { title: 'TOLD', value: (one) => one.told.join(', '), flexible: true },
  ];
  return formatTable(columns, escalations, width);
}

function answerOf(one: EscalationView, times: Times): string {
  if (one.acknowledgedAt !== null) return `by ${one.acknowledgedBy ?? '-'} ${times.at(one.acknowledgedAt)}`;
  if (one.endedAt !== null) return `over since ${times.at(one.endedAt)}`;
  return one.answerBy === null ? '' : `due ${times.due(one.answerBy)}`;
}
