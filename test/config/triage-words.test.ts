import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTriageLists } from '../../src/config/triage-words.js';
import { ThanadakError } from '../../src/domain/errors.js';
import { folderWith } from './folder.js';

const WORDS =
  'form: en\ngroups:\n  weapon: |\n    knife, gun*\n    rod in hand\n  lamp: |\n    street lamp\n';
const RULES = `marks: { urgent: 10, semi_urgent: 5, presumption: 2, category: 4 }
mix: { from_words: 14, points: 8, danger: 0.25, circumstance: 0.7, everyday: 0.4, plain: 12 }
signs:
  danger:
    - { group: weapon, weight: 10 }
  circumstance: []
  everyday:
    - { group: lamp, list: matter, weight: 3 }
combinations: []
softeners:
  - { kind: name, group: lamp, side: inside, factor: 0 }
covers: []
`;
const CATEGORIES = `categories:
  - code: CIV
    urgency: non-urgent
    votes: { lamp: 5 }
    changes:
      - { to: urgent, any: [weapon] }
`;

function files(changed: Record<string, string> = {}): Record<string, string> {
  const form = (name: string) => `form: ${name}\ngroups: {}\n`;
  return {
    'en.yaml': WORDS,
    'bn.yaml': form('bn'),
    'hi.yaml': form('hi'),
    'bn-Latn.yaml': form('bn-Latn'),
    'hi-Latn.yaml': form('hi-Latn'),
    'rules.yaml': RULES,
    'categories.yaml': CATEGORIES,
    'tone.yaml': "leans:\n  '0.4': |\n    she downstairs\n    আজ\n  '-1': kindly\n",
    ...changed,
  };
}

function problemOf(changed: Record<string, string>): string {
  const folder = folderWith(files(changed));
  try {
    loadTriageLists(folder);
  } catch (error) {
    if (error instanceof ThanadakError && error.code === 'invalid') {
      return error.message.replaceAll(`${folder}/`, '');
    }
    throw error;
  }
  return '';
}

describe('the lists of a folder', () => {
  it('become one', () =>
    expect(loadTriageLists(folderWith(files()))).toEqual({
      words: [
        { form: 'en', groups: { weapon: ['knife', 'gun*', 'rod in hand'], lamp: ['street lamp'] } },
        { form: 'bn', groups: {} },
        { form: 'hi', groups: {} },
        { form: 'bn-Latn', groups: {} },
        { form: 'hi-Latn', groups: {} },
      ],
      signs: [
        { group: 'weapon', list: 'weapon', kind: 'danger', weight: 10 },
        { group: 'lamp', list: 'matter', kind: 'everyday', weight: 3 },
      ],
      combinations: [],
      softeners: [
        {
          kind: 'name',
          group: 'lamp',
          side: 'inside',
          within: 1,
          bound: 'sentence',
          factor: 0,
          unlessBetween: [],
          unlessNear: [],
          only: [],
        },
      ],
      covers: [],
      defaults: { CIV: 'non-urgent' },
      votes: { CIV: { lamp: 5 } },
      changes: [{ category: 'CIV', to: 'urgent', any: ['weapon'], none: [] }],
      marks: { urgent: 10, semiUrgent: 5, presumption: 2, category: 4 },
      mix: { fromWords: 14, points: 8, danger: 0.25, circumstance: 0.7, everyday: 0.4, plain: 12 },
      tone: { she: 0.4, downstairs: 0.4, আজ: 0.4, kindly: -1 },
    }));

  it('that come with the program are sound', () =>
    expect(Object.keys(loadTriageLists(join(import.meta.dirname, '../../config/triage')).defaults)).toContain(
      'OTHER',
    ));
});

const inWords = (from: string, to: string) => ({ 'en.yaml': WORDS.replace(from, to) });
const inRules = (from: string, to: string) => ({ 'rules.yaml': RULES.replace(from, to) });
const inCategories = (from: string, to: string) => ({ 'categories.yaml': CATEGORIES.replace(from, to) });

describe('a fault is told where it stands, with its mend', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'an entry of an unknown group',
      inWords('rod in', '<wepon> in'),
      'en.yaml:5:5: no list has single words of the group wepon; did you mean weapon?',
    ],
    [
      'an entry that begins with a gap',
      inWords('rod in hand', '.. hand'),
      'en.yaml:5:5: ".. hand" does not begin with a word; begin with the word to look for',
    ],
    [
      'an entry that ends with a gap',
      inWords('rod in hand', 'hand ..'),
      'en.yaml:5:5: "hand .." ends with ..; leave the end out',
    ],
    [
      'a stem of one letter',
      inWords('gun*', 'g*'),
      'en.yaml:4:5: the stem g* is too short; give it 2 letters or more',
    ],
    [
      'a word that letters never hold',
      inWords('gun*', 'hand-gun'),
      'en.yaml:4:5: "hand-gun" can never be found; write word, stem*, =word, <group> or a|b; parts of a word apart',
    ],
    [
      'an empty choice',
      inWords('gun*', 'gun||rod'),
      'en.yaml:4:5: a choice is empty; remove one of the two |',
    ],
    [
      'a sign of an unknown group',
      inRules('group: weapon', 'group: wepon'),
      'rules.yaml:5:16: no list has the group wepon; did you mean weapon?',
    ],
    [
      'a softener of an unknown group',
      inRules('group: lamp, side', 'group: lam, side'),
      'rules.yaml:11:26: no list has the group lam; did you mean lamp?',
    ],
    [
      'a vote of an unknown group',
      inCategories('lamp: 5', 'lump: 5'),
      'categories.yaml:4:20: no list has the group lump; did you mean lamp?',
    ],
    [
      'a change by an unknown group',
      inCategories('any: [weapon]', 'any: [now]'),
      'categories.yaml:6:9: no list has the group now; known here: number, weapon, lamp',
    ],
    [
      'a file for another form',
      inWords('form: en', 'form: hi'),
      'en.yaml:1:7: the file holds the form hi; give the form the file is named for',
    ],
    [
      'an unknown key',
      inRules('weight: 10 }', 'weigth: 10 }'),
      'rules.yaml:5:7: Invalid input: expected number, received undefined; mend signs.danger.0.weight\nrules.yaml:5:24: unknown key weigth; remove it',
    ],
    [
      'a weight of nothing',
      inRules('weight: 10', 'weight: 0'),
      'rules.yaml:5:32: a weight is a number above zero; mend signs.danger.0.weight',
    ],
    [
      'a list instead of a block',
      inWords('|\n    street lamp', '[street lamp]'),
      'en.yaml:6:9: the words of a group are a block of text below `|`; mend groups.lamp',
    ],
    [
      'a leaning that is no number',
      { 'tone.yaml': 'leans:\n  much: she\n' },
      'tone.yaml:2:3: a leaning is a number such as -0.4; mend leans.much',
    ],
    ['no YAML', inRules('marks: {', 'marks: {{'), ''],
  ])('%s', (_name, changed, problem) => {
    if (problem === '') expect(problemOf(changed)).toMatch(/^rules\.yaml:\d+:\d+: /);
    else expect(problemOf(changed)).toBe(problem);
  });

  it('a missing file', () => {
    const folder = folderWith({ 'en.yaml': WORDS });
    expect(() => loadTriageLists(folder)).toThrow(/bn\.yaml: cannot be read: no such file/);
  });
});
