// How good the proposals are: judged by labelled letters, per language form and overall.
import type { Urgency } from './ticket.js';

/** A letter whose right answer a person has written down. */
export interface LabelledLetter {
  id: string;
  language: string;
  subject: string;
  text: string;
  urgency: Urgency;
  category: string;
}

export interface Figures {
  /** A language form, or `all`. */
  language: string;
  n: number;
  /** Share of the urgent letters that were proposed urgent, 0 to 1; null when there is none. */
  urgentRecall: number | null;
  /** Share of those proposed urgent that are not, 0 to 1; null when none was. */
  overTriage: number | null;
  /** Counts by actual, then by proposed urgency. */
  confusion: Record<Urgency, Record<Urgency, number>>;
  /** Share of letters whose category was right, 0 to 1. */
  categoryAccuracy: number;
  /** Ids of urgent letters proposed less, and of others proposed urgent. */
  missed: string[];
  falselyUrgent: string[];
}

export type Propose = (letter: { subject: string; text: string }) => { urgency: Urgency; category: string };

interface Judged {
  letter: LabelledLetter;
  proposed: { urgency: Urgency; category: string };
}

/** Figures of every language form in the order of their first letter, then of `all`. */
export function figuresOf(letters: readonly LabelledLetter[], propose: Propose): Figures[] {
  const judged = letters.map((letter) => ({ letter, proposed: propose(letter) }));
  const languages = [...new Set(letters.map(({ language }) => language))];
  return [
    ...languages.map((language) =>
      figuresFor(
        language,
        judged.filter(({ letter }) => letter.language === language),
      ),
    ),
    figuresFor('all', judged),
  ];
}

function figuresFor(language: string, judged: readonly Judged[]): Figures {
  const urgent = judged.filter(({ letter }) => letter.urgency === 'urgent');
  const flagged = judged.filter(({ proposed }) => proposed.urgency === 'urgent');
  const missed = urgent.filter(({ proposed }) => proposed.urgency !== 'urgent');
  const falselyUrgent = flagged.filter(({ letter }) => letter.urgency !== 'urgent');
  const rightCategory = judged.filter(({ letter, proposed }) => letter.category === proposed.category);
  return {
    language,
    n: judged.length,
    urgentRecall: share(urgent.length - missed.length, urgent.length),
    overTriage: share(falselyUrgent.length, flagged.length),
    confusion: confusionOf(judged),
    categoryAccuracy: share(rightCategory.length, judged.length) ?? 0,
    missed: missed.map(({ letter }) => letter.id),
    falselyUrgent: falselyUrgent.map(({ letter }) => letter.id),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function confusionOf(judged: readonly Judged[]): Figures['confusion'] {
  const none = () => ({ urgent: 0, 'semi-urgent': 0, 'non-urgent': 0 });
  const confusion = { urgent: none(), 'semi-urgent': none(), 'non-urgent': none() };
  for (const { letter, proposed } of judged) confusion[letter.urgency][proposed.urgency] += 1;
  return confusion;
}
