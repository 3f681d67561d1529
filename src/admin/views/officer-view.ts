// Officers -> the shape of `officer list` (a contract: keys are only ever added), and the table for people.
import type { Officer } from '../../domain/people.js';
import { type Column, formatTable } from '../output.js';
import type { Times } from '../times.js';

export interface OfficerView extends Officer {
  /** Named (or known by the address of the post) in the configuration, or added by command. */
  source: 'configuration' | 'added';
}

export function viewOfficer(officer: Officer, source: OfficerView['source']): OfficerView {
  const { id, name, title, rank, address, stations, divisions, readsRestricted, disabled, away } = officer;
  return { id, name, title, rank, address, stations, divisions, readsRestricted, disabled, away, source };
}

export function formatOfficerTable(
  officers: readonly OfficerView[],
  times: Times,
  width: number | undefined,
): string {
  const columns: Column<OfficerView>[] = [
    { title: 'ID', value: (officer) => officer.id },
    { title: 'NAME', value: nameOf, flexible: true },
    { title: 'RANK', value: (officer) => officer.rank },
    { title: 'SERVES', value: placesOf, flexible: true },
    { title: 'ADDRESS', value: (officer) => officer.address ?? '', flexible: true },
    { title: 'FROM', value: (officer) => officer.source },
    { title: 'NOW', value: (officer) => presenceOf(officer, times) },
  ];
  return formatTable(columns, officers, width);
}

function nameOf({ title, name }: Officer): string {
  return `${title} ${name}`.trim();
}

function placesOf({ rank, stations, divisions }: Officer): string {
  const places = [...stations, ...divisions];
  return places.length === 0 && (rank === 'admin' || rank === 'auditor') ? 'everywhere' : places.join(', ');
}

/** `there`, `disabled`, `away until 3 Dec 23:59 (for it: si-sen)`. */
export function presenceOf({ disabled, away }: Officer, times: Times): string {
  if (disabled) return 'disabled';
  if (away === null || away.until <= times.now) return 'there';
  return `away until ${times.at(away.until)}, ${away.deputy === null ? 'nobody stands in' : `${away.deputy} stands in`}`;
}
