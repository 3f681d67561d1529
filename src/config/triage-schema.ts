// The shape of the triage files: one word list a language form, rules.yaml and categories.yaml.
import { z } from 'zod';
import { URGENCIES } from '../domain/ticket.js';
import { LIST_FORMS } from '../domain/triage-lists.js';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a group is named in small letters, digits and hyphens');
const code = z.string().regex(/^[A-Z][A-Z0-9-]*$/, 'a category code is written in capitals');
/** A block of text (`|`), because a list item for each of thousands of words would take half a second to read. */
const entries = z.string('the words of a group are a block of text below `|`');
const weight = z.number().positive('a weight is a number above zero');
const kind = z.enum(['danger', 'circumstance', 'everyday']);

export const wordFile = z.strictObject({
  form: z.enum(LIST_FORMS),
  groups: z.record(name, entries),
});

const sign = z.strictObject({ group: name, list: name.optional(), weight });
const combination = z.strictObject({
  name,
  list: name,
  kind,
  near: z.array(name).min(2, 'name at least two groups'),
  within: z.int().positive(),
  weight,
});
const softener = z.strictObject({
  kind: name,
  group: name,
  side: z.enum(['inside', 'before', 'after', 'either']),
  within: z.int().positive().default(1),
  bound: z.enum(['clause', 'sentence', 'letter']).default('sentence'),
  factor: z.number().min(0).max(1),
  unless_between: z.array(name).default([]),
  unless_near: z.array(name).default([]),
  only: z.array(name).default([]),
});

export const rulesFile = z.strictObject({
  marks: z.strictObject({ urgent: weight, semi_urgent: weight, presumption: z.number(), category: weight }),
  mix: z.strictObject({
    from_words: z.int().positive(),
    points: weight,
    danger: weight,
    circumstance: weight,
    everyday: weight,
    plain: weight,
  }),
  signs: z.strictObject({
    danger: z.array(sign),
    circumstance: z.array(sign),
    everyday: z.array(sign),
  }),
  combinations: z.array(combination),
  softeners: z.array(softener),
  covers: z.array(name),
});

const change = z.strictObject({
  to: z.enum(URGENCIES),
  any: z.array(name).min(1, 'name at least one group'),
  none: z.array(name).default([]),
});

/** Words by how much they lean: a block of text for each number. */
export const toneFile = z.strictObject({
  leans: z.record(z.string().regex(/^-?\d(\.\d)?$/, 'a leaning is a number such as -0.4'), entries),
});

export const categoriesFile = z.strictObject({
  categories: z.array(
    z.strictObject({
      code,
      urgency: z.enum(URGENCIES),
      votes: z.record(name, weight).default({}),
      changes: z.array(change).default([]),
    }),
  ),
});

export type WordFile = z.infer<typeof wordFile>;
export type RulesFile = z.infer<typeof rulesFile>;
export type ToneFile = z.infer<typeof toneFile>;
export type CategoriesFile = z.infer<typeof categoriesFile>;
