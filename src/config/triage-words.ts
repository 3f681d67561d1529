// Loads the word lists and weights of triage from a folder and says where and how to mend what does not fit.
import { join } from 'node:path';
import type { z } from 'zod';
import { ThanadakError } from '../domain/errors.js';
import { LIST_FORMS, type TriageLists, type WordList } from '../domain/triage-lists.js';
import { formatProblems, type Path, type Problem } from './problem.js';
import { placeIn, readSource, type Source } from './source.js';
import { checkReferences } from './triage-check.js';
import {
  type CategoriesFile,
  categoriesFile,
  type RulesFile,
  rulesFile,
  type ToneFile,
  toneFile,
  type WordFile,
  wordFile,
} from './triage-schema.js';

/** One file that could be understood, and where in it things stand. */
export interface Understood<Content> {
  source: Source;
  content: Content;
}

export interface TriageFiles {
  words: Understood<WordFile>[];
  rules: Understood<RulesFile>;
  categories: Understood<CategoriesFile>;
  tone: Understood<ToneFile>;
}

export interface PlacedEntry {
  group: string;
  text: string;
  /** Lines below the group's name, from 1. */
  below: number;
}

/**
 * Reads `<form>.yaml` of every language form, `rules.yaml`, `categories.yaml` and `tone.yaml` in `folder`. Throws ThanadakError
 * `invalid` whose message has one `file:line:column: what is wrong; how to mend it` a line.
 */
export function loadTriageLists(folder: string): TriageLists {
  const problems: Problem[] = [];
  const words = LIST_FORMS.map((form) => understand(join(folder, `${form}.yaml`), wordFile, problems));
  const rules = understand(join(folder, 'rules.yaml'), rulesFile, problems);
  const categories = understand(join(folder, 'categories.yaml'), categoriesFile, problems);
  const tone = understand(join(folder, 'tone.yaml'), toneFile, problems);
  const sound = words.flatMap((one) => one ?? []);
  if (!rules || !categories || !tone || sound.length < words.length) throw complaint(problems);
  const files = { words: sound, rules, categories, tone };
  problems.push(...checkReferences(files));
  if (problems.length > 0) throw complaint(problems);
  return listsOf(files);
}

function complaint(problems: readonly Problem[]): ThanadakError {
  return new ThanadakError('invalid', formatProblems(problems));
}

function understand<Content>(
  file: string,
  schema: z.ZodType<Content>,
  problems: Problem[],
): Understood<Content> | undefined {
  const source = readSource(file);
  problems.push(...source.problems);
  if (source.value === undefined) return undefined;
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return { source, content: parsed.data };
  problems.push(...parsed.error.issues.map((issue) => problemOf(source, issue)));
  return undefined;
}

function problemOf(source: Source, issue: z.core.$ZodIssue): Problem {
  const path: Path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return { ...placeIn(source, [...path, key], 'key'), message: `unknown key ${key}`, mend: 'remove it' };
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? issue.message;
    return { ...placeIn(source, path, 'key'), message, mend: mendOf(path) };
  }
  return { ...placeIn(source, path, 'value'), message: issue.message, mend: mendOf(path) };
}

function mendOf(path: Path): string {
  return path.length === 0 ? 'see the files that come with the program' : `mend ${path.join('.')}`;
}

function listsOf({ words, rules, categories, tone }: TriageFiles): TriageLists {
  const { marks, mix, signs, combinations, softeners, covers } = rules.content;
  const { from_words, ...shares } = mix;
  const list = categories.content.categories;
  const kinds = ['danger', 'circumstance', 'everyday'] as const;
  return {
    words: words.map(({ content }) => wordListOf(content)),
    signs: kinds.flatMap((kind) =>
      signs[kind].map(({ group, list: own, weight }) => ({ group, list: own ?? group, kind, weight })),
    ),
    combinations,
    covers,
    softeners: softeners.map(({ unless_between, unless_near, ...rest }) => ({
      ...rest,
      unlessBetween: unless_between,
      unlessNear: unless_near,
    })),
    defaults: Object.fromEntries(list.map(({ code, urgency }) => [code, urgency])),
    votes: Object.fromEntries(list.map(({ code, votes }) => [code, votes])),
    changes: list.flatMap(({ code, changes }) => changes.map((change) => ({ category: code, ...change }))),
    marks: {
      urgent: marks.urgent,
      semiUrgent: marks.semi_urgent,
      presumption: marks.presumption,
      category: marks.category,
    },
    mix: { ...shares, fromWords: from_words },
    tone: toneWords(tone.content),
  };
}

function wordListOf(content: WordFile): WordList {
  const groups: Record<string, string[]> = {};
  for (const { group, text } of entriesIn(content)) {
    const known = groups[group] ?? [];
    known.push(text);
    groups[group] = known;
  }
  return { form: content.form, groups };
}

/** The entries of a file: one a line, or several parted by commas. */
export function entriesIn({ groups }: WordFile): PlacedEntry[] {
  return Object.entries(groups).flatMap(([group, block]) =>
    block.split('\n').flatMap((line, index) =>
      line
        .split(',')
        .map((text) => text.trim().replace(/\s+/g, ' '))
        .filter((text) => text !== '')
        .map((text) => ({ group, text, below: index + 1 })),
    ),
  );
}

function toneWords({ leans }: ToneFile): Record<string, number> {
  return Object.fromEntries(
    Object.entries(leans).flatMap(([lean, block]) =>
      block.split(/[\s,]+/).flatMap((word) => (word === '' ? [] : [[word, Number(lean)] as const])),
    ),
  );
}
