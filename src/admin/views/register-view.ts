// Entries of the register of electronic information -> JSON (a contract: keys are only ever added), CSV and a table.
import type { Information } from '../../domain/register.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { type Column, formatTable } from '../output.js';
import type { Times } from '../times.js';

export interface RegisterView extends Omit<Information, 'ticketId'> {
  reference: string;
  /** Who sent it: name and address as the letter gives them. */
  informant: string;
  firNumber: string | null;
  gdNumber: string | null;
}

export function viewInformation(information: Information, ticket: Ticket): RegisterView {
  const { ticketId: _, ...rest } = information;
  const { reference, resident, firNumber, gdNumber } = ticket;
  const informant = resident.name === '' ? resident.address : `${resident.name} <${resident.address}>`;
  return { reference, ...rest, informant, firNumber, gdNumber };
}

export const REGISTER_HEADS = [
  'serial',
  'year',
  'station',
  'reference',
  'received_at',
  'informant',
  'substance',
  'registered_by',
  'signed',
  'signed_at',
  'signed_how',
  'decision',
  'fir_number',
  'gd_number',
] as const;

/** The cells under `REGISTER_HEADS`; `stamp` writes an instant in local time. */
export function registerRow(entry: RegisterView, stamp: (at: Instant) => string): string[] {
  const cells: Record<(typeof REGISTER_HEADS)[number], string> = {
    serial: String(entry.serial),
    year: String(entry.year),
    station: entry.station,
    reference: entry.reference,
    received_at: stamp(entry.receivedAt),
    informant: entry.informant,
    substance: entry.substance,
    registered_by: entry.registeredBy,
    signed: entry.signedAt === null ? 'N' : 'Y',
    signed_at: entry.signedAt === null ? '' : stamp(entry.signedAt),
    signed_how: entry.signedHow ?? '',
    decision: entry.decision ?? '',
    fir_number: entry.firNumber ?? '',
    gd_number: entry.gdNumber ?? '',
  };
  return REGISTER_HEADS.map((head) => cells[head]);
}

export function formatRegisterTable(
  entries: readonly RegisterView[],
  times: Times,
  width: number | undefined,
): string {
  const columns: Column<RegisterView>[] = [
    { title: 'STATION', value: (entry) => entry.station },
    { title: 'NUMBER', value: ({ serial, year }) => `${serial}/${year}` },
    { title: 'REFERENCE', value: (entry) => entry.reference },
    { title: 'RECEIVED', value: (entry) => times.at(entry.receivedAt) },
    { title: 'SIGNED', value: (entry) => times.at(entry.signedAt) },
    { title: 'DECISION', value: (entry) => entry.decision ?? '' },
    { title: 'FIR', value: (entry) => entry.firNumber ?? '' },
    { title: 'INFORMANT', value: (entry) => entry.informant, flexible: true },
    { title: 'SUBSTANCE', value: (entry) => entry.substance, flexible: true },
  ];
  return formatTable(columns, entries, width);
}
