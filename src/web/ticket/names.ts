// How people and things of the house are called on pages.
import type { People } from '../../domain/people.js';
import { OPERATOR } from '../../domain/rights.js';
import { type Language, nameIn, type Station } from '../../domain/station.js';
import { type OfficeRules, stationOf } from '../../ports/office.js';
import { textIn } from '../words/words.js';

export interface Naming {
  people: People;
  rules: OfficeRules;
  language: Language;
}

/** Title and name of an officer, or what acted in their place; the id of one nobody knows. */
export function actorName({ people, language }: Naming, id: string): string {
  const say = textIn(language);
  if (id === OPERATOR.id) return say('journal.operator');
  if (id === 'system' || id === 'rule') return say('journal.system');
  if (id === 'resident') return say('journal.resident');
  const officer = people.get(id);
  if (!officer) return id;
  const { title, name, address } = officer;
  return [title, name || address || id].filter((part) => part !== '').join(' ');
}

export function stationName(naming: Naming, code: string): string {
  return nameIn(namedStation(naming, code).name, naming.language);
}

function namedStation({ rules }: Naming, code: string): Pick<Station, 'name'> {
  return rules.directory.stations.has(code) || code === rules.postmaster.code
    ? stationOf(rules, code)
    : { name: { en: code } };
}

/** Name of a category, outcome or agency; its code when the configuration does not know it any more. */
export function tableName(
  { rules, language }: Naming,
  table: 'categories' | 'outcomes' | 'agencies',
  code: string,
): string {
  const entry = rules[table].get(code);
  return entry ? nameIn(entry.name, language) : code;
}
