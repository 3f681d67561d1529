// The wording of our letters.
import type { Language } from '../domain/station.js';

export type TemplateName = 'acknowledgement';

/** Subject and body with `{{placeholder}}`s from a closed list, checked when they are loaded. */
export interface Template {
  subject: string;
  text: string;
}

/** The wording of our letters, per language. */
export interface Templates {
  get(name: TemplateName, language: Language): Template;
}
