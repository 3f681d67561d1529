// The wording of our letters.
import type { Language } from '../domain/station.js';
import type { LetterTemplate } from '../domain/template.js';

export type TemplateName = 'acknowledgement';

/** The wording of our letters, per language; its placeholders are checked when it is loaded. */
export interface Templates {
  get(name: TemplateName, language: Language): LetterTemplate;
}
