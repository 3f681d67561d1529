// The goal of triage, on letters that were held back from tuning. Whoever tunes the lists must not read those letters.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTriageLists } from '../../src/config/triage-words.js';
import { compileTriage, proposeTriage } from '../../src/domain/triage.js';
import { figuresOf, type LabelledLetter } from '../../src/domain/triage-figures.js';
import { LIST_FORMS } from '../../src/domain/triage-lists.js';

// With 29 urgent letters a form one may be missed.
const LEAST_RECALL = 0.95;
const MOST_OVER_TRIAGE = 0.4;

const rules = compileTriage(loadTriageLists(join(import.meta.dirname, '../../config/triage')));
const letters = readFileSync(join(import.meta.dirname, 'letters-held-back.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as LabelledLetter);
const figures = figuresOf(letters, (letter) => proposeTriage(rules, letter));

describe.each(LIST_FORMS)('%s', (form) => {
  const found = figures.find(({ language }) => language === form);

  it('no more than one in twenty urgent letters is missed', () =>
    expect(found?.urgentRecall).toBeGreaterThanOrEqual(LEAST_RECALL));

  it('at most two in five of those flagged urgent are not', () =>
    expect(found?.overTriage).toBeLessThanOrEqual(MOST_OVER_TRIAGE));
});
