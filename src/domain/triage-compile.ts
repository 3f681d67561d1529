// Compiles the lists once per configuration into what `proposeTriage` works with.
import { buildLexicon, type Lexicon } from './triage-lexicon.js';
import type { Sign, SignKind, TriageLists } from './triage-lists.js';
import { compileTone } from './triage-tone.js';

export interface WeighedGroup {
  group: string;
  weight: number;
}

export interface SignList {
  list: string;
  kind: SignKind;
  members: readonly WeighedGroup[];
}

/** What triage works with, made by `compileTriage`. */
export interface TriageRules {
  lists: Omit<TriageLists, 'words'>;
  lexicon: Lexicon;
  /** Groups and combinations that count for the danger score, by list. */
  signLists: readonly SignList[];
  /** Categories in order of precedence, with the groups that vote for them. */
  voting: readonly { category: string; votes: readonly WeighedGroup[] }[];
  /** Groups that count or vote or change something by themselves, so that it matters how far they do. */
  judged: ReadonlySet<string>;
  /** Groups that soften others, mark time or change a category: of those, the longest words win. */
  markers: ReadonlySet<string>;
  /** Groups that only tell of everyday matters or vote: their longer words win over nothing. */
  silent: ReadonlySet<string>;
}

/**
 * Compiles `lists`. Throws ThanadakError `invalid` when an entry names a group without single words or does not begin
 * with a word; the loader of the lists tells the same with the line.
 */
export function compileTriage(lists: TriageLists): TriageRules {
  const { words, ...rest } = lists;
  const signs = [...lists.signs, ...lists.combinations.map((one) => ({ ...one, group: one.name }))];
  const markers = markersOf(lists);
  const voting = Object.keys(lists.defaults).map((category) => ({
    category,
    votes: Object.entries(lists.votes[category] ?? {}).map(([group, weight]) => ({ group, weight })),
  }));
  const counting = [...signs, ...voting.flatMap(({ votes }) => votes)].map(({ group }) => group);
  const changing = lists.changes.flatMap((change) => [...change.any, ...change.none]);
  const near = lists.combinations.flatMap((one) => one.near);
  const between = lists.softeners.flatMap((one) => one.unlessBetween);
  return {
    lists: rest,
    lexicon: buildLexicon(
      words,
      new Set([...counting, ...markers, ...near, ...between]),
      compileTone(lists.tone ?? {}),
    ),
    signLists: byList(signs),
    voting,
    judged: new Set([...counting, ...changing]),
    markers,
    silent: silentOf(signs, counting, markers),
  };
}

function byList(signs: readonly Sign[]): SignList[] {
  const lists = new Map<string, { list: string; kind: SignKind; members: WeighedGroup[] }>();
  for (const { list, kind, group, weight } of signs) {
    const known = lists.get(list) ?? { list, kind, members: [] };
    known.members.push({ group, weight });
    lists.set(list, known);
  }
  return [...lists.values()];
}

function markersOf(lists: TriageLists): Set<string> {
  const softening = lists.softeners.flatMap((one) => [one.group, ...one.unlessNear]);
  const changing = lists.changes.flatMap((change) => [...change.any, ...change.none]);
  return new Set([...softening, ...changing, ...(lists.covers ?? [])]);
}

/** Of the groups that count or vote, those that are signs of the everyday or of nothing, and mark nothing. */
function silentOf(
  signs: readonly Sign[],
  counting: readonly string[],
  markers: ReadonlySet<string>,
): Set<string> {
  const speaking = new Set(signs.filter(({ kind }) => kind !== 'everyday').map(({ group }) => group));
  return new Set(counting.filter((group) => !speaking.has(group) && !markers.has(group)));
}
