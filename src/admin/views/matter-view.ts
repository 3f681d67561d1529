// Tickets about one matter -> JSON (a contract: keys are only ever added) and a table.
import type { MatterReason } from '../../domain/same-matter.js';
import type { Ticket, TicketState } from '../../domain/ticket.js';
import type { SuggestedTicket, SuggestionState } from '../../ports/matters.js';
import { type Column, formatTable } from '../output.js';

/** Another ticket that may be about the same, and what became of the suggestion. */
export interface SameMatterView {
  reference: string;
  /** Why, the strongest first; empty for what a person put together without a suggestion. */
  reasons: MatterReason[];
  state: SuggestionState;
}

export interface MatterView {
  reference: string;
  station: string;
  subject: string;
  state: TicketState;
  officer: string | null;
  children: { reference: string; state: TicketState }[];
  /** Only what nobody has judged. */
  suggested: Omit<SameMatterView, 'state'>[];
}

export function viewSameMatter({ other, reasons, state }: SuggestedTicket): SameMatterView {
  return { reference: other.reference, reasons, state };
}

export function viewMatter(
  { reference, station, subject, state, officer }: Ticket,
  { children, suggested }: { children: readonly Ticket[]; suggested: readonly SuggestedTicket[] },
): MatterView {
  return {
    reference,
    station,
    subject,
    state,
    officer,
    children: children.map((child) => ({ reference: child.reference, state: child.state })),
    suggested: suggested
      .filter((one) => one.state === 'suggested')
      .map(({ other, reasons }) => ({ reference: other.reference, reasons })),
  };
}

interface Row {
  matter: string;
  ticket: string;
  is: string;
  subject: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'MATTER', value: (row) => row.matter },
  { title: 'TICKET', value: (row) => row.ticket },
  { title: 'IS', value: (row) => row.is, flexible: true },
  { title: 'SUBJECT', value: (row) => row.subject, flexible: true },
];

/** A line for each ticket beside the first, the reason or the state behind it. */
export function formatMatters(matters: readonly MatterView[], width: number | undefined): string {
  const rows = matters.flatMap(({ reference, subject, children, suggested }) => [
    ...children.map((child) => ({
      matter: reference,
      ticket: child.reference,
      is: `gathered, ${child.state}`,
      subject,
    })),
    ...suggested.map((other) => ({
      matter: reference,
      ticket: other.reference,
      is: `suggested: ${other.reasons.join(', ')}`,
      subject,
    })),
  ]);
  return formatTable(COLUMNS, rows, width);
}
