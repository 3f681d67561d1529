import { describe, expect, it } from 'vitest';
import type { Urgency } from '../../src/domain/ticket.js';
import { figuresOf, type LabelledLetter } from '../../src/domain/triage-figures.js';

function letter(id: string, language: string, urgency: Urgency, proposed: Urgency): LabelledLetter {
  return { id, language, subject: proposed, text: '', urgency, category: 'EMG' };
}

const propose = ({ subject }: { subject: string }) => ({
  urgency: subject as Urgency,
  category: subject === 'urgent' ? 'EMG' : 'OTHER',
});

describe('figures over labelled letters', () => {
  const figures = figuresOf(
    [
      letter('a', 'bn', 'urgent', 'urgent'),
      letter('b', 'bn', 'urgent', 'semi-urgent'),
      letter('c', 'bn', 'non-urgent', 'urgent'),
      letter('d', 'bn', 'semi-urgent', 'urgent'),
      letter('e', 'bn', 'urgent', 'urgent'),
      letter('f', 'en', 'non-urgent', 'non-urgent'),
    ],
    propose,
  );

  it('come per language in the order met, then for all', () =>
    expect(figures.map(({ language, n }) => [language, n])).toEqual([
      ['bn', 5],
      ['en', 1],
      ['all', 6],
    ]));

  it('name what was missed and what was flagged for nothing', () =>
    expect(figures[0]).toEqual({
      language: 'bn',
      n: 5,
      urgentRecall: 2 / 3,
      overTriage: 2 / 4,
      confusion: {
        urgent: { urgent: 2, 'semi-urgent': 1, 'non-urgent': 0 },
        'semi-urgent': { urgent: 1, 'semi-urgent': 0, 'non-urgent': 0 },
        'non-urgent': { urgent: 1, 'semi-urgent': 0, 'non-urgent': 0 },
      },
      categoryAccuracy: 4 / 5,
      missed: ['b'],
      falselyUrgent: ['c', 'd'],
    }));

  it('are null where there is nothing to share', () =>
    expect(figures[1]).toMatchObject({ urgentRecall: null, overTriage: null, categoryAccuracy: 0 }));

  it('of no letters are empty', () =>
    expect(figuresOf([], propose)).toMatchObject([{ language: 'all', n: 0, categoryAccuracy: 0 }]));
});
