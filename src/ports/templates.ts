// The wording of our letters.
import type { CannedText } from '../domain/canned-text.js';
import type { OfficialTemplate } from '../domain/outgoing-wording.js';
import type { ResidentTemplate } from '../domain/resident-letter.js';
import type { Language } from '../domain/station.js';
import type { LetterTemplate } from '../domain/template.js';

export type TemplateName = 'acknowledgement' | ResidentTemplate | OfficialTemplate;

/** The wording of our letters, per language; its placeholders are checked when it is loaded. */
export interface Templates {
  /** Letters to officers, other forces and agencies are in English whatever `language` is asked for. */
  get(name: TemplateName, language: Language): LetterTemplate;
  /** What officers may begin a letter with, by code. */
  canned: readonly CannedText[];
}
