// Whether categories, outcomes and agencies can be told apart, and those the program itself uses are there.
import {
  complainOfStranger,
  complainOfTwins,
  complaint,
  type Draft,
  namesIn,
  type Placing,
} from './draft.js';
import { LAST_CATEGORY, UNANSWERED } from './schema-desk.js';
import type { Complaint } from './validate.js';

export function checkDesk(draft: Draft, place: Placing): Complaint[] {
  return [
    ...checkTable({ name: 'categories', word: 'category', needed: LAST_CATEGORY }, draft, place),
    ...checkTable({ name: 'outcomes', word: 'outcome', needed: UNANSWERED }, draft, place),
    ...checkTable({ name: 'agencies', word: 'agency', needed: undefined }, draft, place),
    ...checkHandOffs(draft),
  ];
}

interface Table {
  name: 'categories' | 'outcomes' | 'agencies';
  word: string;
  /** Code of the entry that must be there. */
  needed: string | undefined;
}

function checkTable({ name, word, needed }: Table, draft: Draft, place: Placing): Complaint[] {
  const entries: readonly ({ code: string } | undefined)[] = draft[name] ?? [];
  const values = entries.map((entry) => entry?.code);
  const twins = complainOfTwins({ path: [name], key: 'code', word: 'code', values }, place);
  const known = namesIn(draft[name], (entry: { code: string }) => entry.code);
  // An empty list is already complained about.
  if (needed === undefined || !known || known.length === 0 || known.includes(needed)) return twins;
  const mend = `add it; the program uses it by itself`;
  return [...twins, complaint([name], `the ${word} ${needed} is missing`, mend)];
}

function checkHandOffs({ categories = [], agencies }: Draft): Complaint[] {
  const known = namesIn(agencies, (agency) => agency.code);
  return categories.flatMap((category, index) =>
    complainOfStranger(['categories', index, 'hand_off'], { word: 'agency', name: category?.handOff }, known),
  );
}
