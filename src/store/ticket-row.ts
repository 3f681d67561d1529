// A ticket as a row, and a row as a ticket.
import { addressKey } from '../domain/address.js';
import type { JunkOpinion } from '../domain/junk.js';
import type { Language } from '../domain/station.js';
import type { Proposal, Ticket, TicketChange } from '../domain/ticket.js';
import type { TicketTable } from './tables.js';

export function rowOf(ticket: Ticket): TicketTable {
  return {
    id: ticket.id,
    reference: ticket.reference,
    station: ticket.station,
    state: ticket.state,
    urgency: ticket.urgency,
    category: ticket.category,
    languages: ticket.languages.join(' '),
    subject: ticket.subject,
    resident_address: ticket.resident.address,
    resident_key: addressKey(ticket.resident.address),
    resident_name: ticket.resident.name,
    verdict: ticket.resident.verdict,
    received_at: ticket.receivedAt,
    acknowledged_at: ticket.acknowledgedAt,
    officer: ticket.officer,
    urgency_by: ticket.urgencyBy,
    proposal: jsonOf(ticket.proposal),
    restriction: ticket.restriction,
    level: ticket.level,
    closed_at: ticket.closedAt,
    outcome: ticket.outcome,
    reopened: ticket.reopened,
    merged_into: ticket.mergedInto,
    waiting_for: ticket.waitingFor,
    waiting_until: ticket.waitingUntil,
    attention: ticket.attention,
    passed_on: jsonOf(ticket.passedOn),
    fir_number: ticket.firNumber,
    repeats: ticket.repeats,
    text_mark: ticket.textMark,
    gd_number: ticket.gdNumber,
    junk: ticket.junk,
    junk_opinion: jsonOf(ticket.junkOpinion),
    legal_hold: ticket.legalHold,
    erased_at: ticket.erasedAt,
    version: ticket.version,
    changed_at: ticket.changedAt,
  };
}

type ChangedRow = { [Column in keyof TicketTable]?: TicketTable[Column] | undefined };

/** The columns of the named parts; what is not named is undefined, which no query writes. */
export function changedRowOf(change: TicketChange): ChangedRow {
  return {
    station: change.station,
    state: change.state,
    urgency: change.urgency,
    category: change.category,
    urgency_by: change.urgencyBy,
    proposal: change.proposal === undefined ? undefined : jsonOf(change.proposal),
    restriction: change.restriction,
    subject: change.subject,
    acknowledged_at: change.acknowledgedAt,
    officer: change.officer,
    level: change.level,
    closed_at: change.closedAt,
    outcome: change.outcome,
    reopened: change.reopened,
    merged_into: change.mergedInto,
    waiting_for: change.waitingFor,
    waiting_until: change.waitingUntil,
    attention: change.attention,
    passed_on: change.passedOn === undefined ? undefined : jsonOf(change.passedOn),
    fir_number: change.firNumber,
    repeats: change.repeats,
    text_mark: change.textMark,
    gd_number: change.gdNumber,
    junk: change.junk,
    junk_opinion: change.junkOpinion === undefined ? undefined : jsonOf(change.junkOpinion),
    legal_hold: change.legalHold,
    erased_at: change.erasedAt,
    changed_at: change.changedAt,
  };
}

export function recordOf(row: TicketTable): Ticket {
  const languages = row.languages.split(' ') as Language[];
  return {
    id: row.id,
    reference: row.reference,
    station: row.station,
    state: row.state,
    urgency: row.urgency,
    category: row.category,
    urgencyBy: row.urgency_by,
    proposal: row.proposal === null ? null : (JSON.parse(row.proposal) as Proposal),
    restriction: row.restriction,
    language: languages[0] ?? 'en',
    languages,
    subject: row.subject,
    resident: { address: row.resident_address, name: row.resident_name, verdict: row.verdict },
    receivedAt: row.received_at,
    acknowledgedAt: row.acknowledged_at,
    officer: row.officer,
    ...storyOf(row),
  };
}

function storyOf(row: TicketTable) {
  return {
    level: row.level,
    closedAt: row.closed_at,
    outcome: row.outcome,
    reopened: row.reopened,
    mergedInto: row.merged_into,
    waitingFor: row.waiting_for,
    waitingUntil: row.waiting_until,
    attention: row.attention,
    passedOn: row.passed_on === null ? null : (JSON.parse(row.passed_on) as Ticket['passedOn']),
    firNumber: row.fir_number,
    repeats: row.repeats,
    textMark: row.text_mark,
    gdNumber: row.gd_number,
    junk: row.junk,
    legalHold: row.legal_hold,
    erasedAt: row.erased_at,
    junkOpinion: row.junk_opinion === null ? null : (JSON.parse(row.junk_opinion) as JunkOpinion),
    version: row.version,
    changedAt: row.changed_at,
  };
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
