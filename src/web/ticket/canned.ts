// The texts an officer may begin with, filled for one ticket.
import { type CannedDeed, type CannedText, cannedIn } from '../../domain/canned-text.js';
import { numbersIn } from '../../domain/outgoing-parts.js';
import { LANGUAGES, type Language, nameIn } from '../../domain/station.js';
import type { Ticket } from '../../domain/ticket.js';
import { type OfficeRules, stationOf } from '../../ports/office.js';

export interface CannedChoice {
  code: string;
  /** In the officer's language where it is there. */
  title: string;
}

export interface CannedFor {
  rules: OfficeRules;
  ticket: Pick<Ticket, 'reference' | 'station' | 'language'>;
  /** Title and name. */
  officer: string;
}

/** By deed. */
export function cannedChoices(
  texts: readonly CannedText[],
  reader: Language,
): ReadonlyMap<CannedDeed, readonly CannedChoice[]> {
  const choices = new Map<CannedDeed, CannedChoice[]>();
  for (const text of texts) {
    const title = inFirst(text, [reader, ...LANGUAGES])?.subject ?? text.code;
    choices.set(text.deed, [...(choices.get(text.deed) ?? []), { code: text.code, title }]);
  }
  return choices;
}

function inFirst(text: CannedText, languages: readonly Language[]) {
  return languages.map((language) => text.in[language]).find((written) => written !== undefined);
}

/** The text of `code` in the resident's language, else in English, else in any; empty for a code nobody knows. */
export function cannedText({ rules, ticket, officer }: CannedFor, code: string): string {
  const text = rules.templates.canned.find((one) => one.code === code);
  const language = text && [ticket.language, ...LANGUAGES].find((one) => text.in[one]);
  if (!text || !language) return '';
  const values = {
    emergency_numbers: numbersIn(rules.emergencyNumbers, language),
    officer,
    reference: ticket.reference,
    station: nameIn(stationOf(rules, ticket.station).name, language),
  };
  return cannedIn(text, language, values)?.text ?? '';
}
