// Texts officers begin a letter with: a closed list of placeholders, and places that the officer must fill.
import type { Language } from './station.js';
import { fillTemplate, type LetterTemplate, type Placeholders } from './template.js';

/** The deeds whose letters have such texts; the code begins with one. */
export const CANNED_DEEDS = ['reply', 'ask', 'close'] as const;
export type CannedDeed = (typeof CANNED_DEEDS)[number];

export interface CannedText {
  /** `reply-visit`. */
  code: string;
  deed: CannedDeed;
  /** Title (as `subject`) and text; at least one language is there. */
  in: Readonly<Partial<Record<Language, LetterTemplate>>>;
}

const NAMES = ['emergency_numbers', 'officer', 'reference', 'station'] as const;

export const CANNED_PLACEHOLDERS: Placeholders = { subject: [], lines: NAMES, blocks: [] };

export type CannedValues = Readonly<Record<(typeof NAMES)[number], string>>;

/** Title and text in `language`, its placeholders filled; undefined when it is not there in that language. */
export function cannedIn(
  text: CannedText,
  language: Language,
  values: CannedValues,
): { title: string; text: string } | undefined {
  const written = text.in[language];
  return written && { title: written.subject, text: fillTemplate(written.text, values).trim() };
}

/** Whether a place that an officer must fill is still empty. */
export function isUnfilled(text: string): boolean {
  return /\[(?:…|\.\.\.)\]/.test(text);
}
