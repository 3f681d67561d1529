// Whether the triage files fit together: every group named has words, every entry can be found.
import { SHORTEST_STEM } from '../domain/triage-atoms.js';
import { isSingleWord } from '../domain/triage-lexicon.js';
import { suggestWord } from './nearest.js';
import type { Path, Problem } from './problem.js';
import { placeIn, type Source } from './source.js';
import { entriesIn, type PlacedEntry, type TriageFiles } from './triage-words.js';

/** Exists without being listed. */
const BUILT_IN = 'number';
/** A word without any sign of the notation, as most are. */
const PLAIN = /^[\p{L}\p{M}\p{N}]+$/u;

export function checkReferences(files: TriageFiles): Problem[] {
  const entries = entriesOf(files);
  const single = groupsOf(entries, isSingleWord);
  const all = groupsOf(entries, () => true);
  const named = new Set([...all, ...files.rules.content.combinations.map(({ name }) => name)]);
  return [
    ...files.words.flatMap(({ source, content }) => checkForm(source, content.form)),
    ...entries.flatMap((entry) => checkEntry(entry, single)),
    ...checkRules(files, all, named),
    ...checkCategories(files, named),
  ];
}

interface SourceEntry extends PlacedEntry {
  source: Source;
}

function entriesOf({ words }: TriageFiles): SourceEntry[] {
  return words.flatMap(({ source, content }) => entriesIn(content).map((entry) => ({ ...entry, source })));
}

function groupsOf(entries: readonly SourceEntry[], counts: (text: string) => boolean): Set<string> {
  const found = entries.filter(({ text }) => counts(text));
  return new Set([BUILT_IN, ...found.map(({ group }) => group)]);
}

function problem(source: Source, path: Path, [message, mend]: [string, string]): Problem {
  return { ...placeIn(source, path, 'value'), message, mend };
}

function checkForm(source: Source, form: string): Problem[] {
  if (source.file.endsWith(`${form}.yaml`)) return [];
  return [
    problem(source, ['form'], [`the file holds the form ${form}`, 'give the form the file is named for']),
  ];
}

function checkEntry({ source, group, text, below }: SourceEntry, single: ReadonlySet<string>): Problem[] {
  const parts = text.split(/\s+/);
  const found: [string, string][] = [];
  if (/^(_|\.\.)$/.test(parts[0] ?? '')) {
    found.push([`"${text}" does not begin with a word`, 'begin with the word to look for']);
  }
  if (parts.length > 1 && /^(_|\.\.)$/.test(parts.at(-1) ?? '')) {
    found.push([`"${text}" ends with ${parts.at(-1)}`, 'leave the end out']);
  }
  for (const choice of parts.flatMap((part) => part.split('|'))) found.push(...checkChoice(choice, single));
  const { file, line } = placeIn(source, ['groups', group], 'key');
  return found.map(([message, mend]) => ({ file, line: line + below, column: 5, message, mend }));
}

function checkChoice(choice: string, single: ReadonlySet<string>): [string, string][] {
  if (PLAIN.test(choice)) return [];
  const group = /^<(.+)>$/.exec(choice)?.[1];
  if (group !== undefined && !single.has(group)) {
    return [[`no list has single words of the group ${group}`, suggestWord(group, [...single])]];
  }
  if (choice === '') return [['a choice is empty', 'remove one of the two |']];
  const stem = choice.replace(/^=/, '');
  if (/^.+\*$/.test(stem) && stem.length - 1 < SHORTEST_STEM) {
    return [[`the stem ${choice} is too short`, `give it ${SHORTEST_STEM} letters or more`]];
  }
  if (/[^\p{L}\p{M}\p{N}\u200c\u200d]/u.test(choice.replace(/^=|\*$|^<.+>$|^_$|^\.\.$/g, ''))) {
    return [
      [`"${choice}" can never be found`, 'write word, stem*, =word, <group> or a|b; parts of a word apart'],
    ];
  }
  return [];
}

function checkRules(
  { rules: { source, content } }: TriageFiles,
  groups: ReadonlySet<string>,
  named: ReadonlySet<string>,
): Problem[] {
  const signs = Object.entries(content.signs).flatMap(([kind, list]) =>
    list.flatMap(({ group }, index) => unknown(source, ['signs', kind, index, 'group'], [group, groups])),
  );
  const near = content.combinations.flatMap((one, at) =>
    one.near.flatMap((group, index) => unknown(source, ['combinations', at, 'near', index], [group, groups])),
  );
  const soft = content.softeners.flatMap((one, at) => [
    ...unknown(source, ['softeners', at, 'group'], [one.group, groups]),
    ...[...one.unless_between, ...one.unless_near, ...one.only].flatMap((group) =>
      unknown(source, ['softeners', at], [group, named]),
    ),
  ]);
  const covers = content.covers.flatMap((group, at) => unknown(source, ['covers', at], [group, groups]));
  return [...signs, ...near, ...soft, ...covers];
}

function checkCategories(
  { categories: { source, content } }: TriageFiles,
  named: ReadonlySet<string>,
): Problem[] {
  return content.categories.flatMap(({ votes, changes }, at) => [
    ...Object.keys(votes).flatMap((group) =>
      unknown(source, ['categories', at, 'votes', group], [group, named]),
    ),
    ...changes.flatMap((change, index) =>
      [...change.any, ...change.none].flatMap((group) =>
        unknown(source, ['categories', at, 'changes', index], [group, named]),
      ),
    ),
  ]);
}

function unknown(source: Source, path: Path, [group, known]: [string, ReadonlySet<string>]): Problem[] {
  if (known.has(group)) return [];
  return [problem(source, path, [`no list has the group ${group}`, suggestWord(group, [...known])])];
}
