// Which of the main views an officer may go to.
import type { Rank } from '../../domain/people.js';
import type { PhraseKey } from '../words/words.js';

export interface Destination {
  /** What a page says it is, in `here`. */
  name: 'desk' | 'board' | 'office';
  path: string;
  label: PhraseKey;
  ranks: readonly Rank[];
}

const DESTINATIONS: readonly Destination[] = [
  {
    name: 'desk',
    path: '/desk',
    label: 'frame.nav.desk',
    ranks: ['officer', 'oc', 'ac', 'dc', 'admin', 'auditor'],
  },
  { name: 'board', path: '/board', label: 'frame.nav.board', ranks: ['oc', 'ac', 'dc', 'admin', 'auditor'] },
  { name: 'office', path: '/office', label: 'frame.nav.office', ranks: ['admin'] },
];

/** In the order of the header; nobody who is not signed in goes anywhere. */
export function destinationsOf(officer: { rank: Rank } | undefined): readonly Destination[] {
  return officer ? DESTINATIONS.filter(({ ranks }) => ranks.includes(officer.rank)) : [];
}
