// Forces, divisions and stations, and the languages residents are answered in.

export const LANGUAGES = ['en', 'bn', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A name in English and, where known, in the other languages. */
export type LocalisedName = { en: string } & { [L in Exclude<Language, 'en'>]?: string | undefined };

export interface Division {
  code: string;
  name: LocalisedName;
  deputyCommissioner?: string | undefined;
  assistantCommissioner?: string | undefined;
}

export interface Force {
  code: string;
  name: LocalisedName;
  divisions: Division[];
}

/** A police station. `addresses[0]` is the address its letters to residents come from. */
export interface Station {
  code: string;
  name: LocalisedName;
  force: string;
  division: string;
  addresses: string[];
  officerInCharge?: string | undefined;
  /** Name of the calendar in which its clocks run; without it the general one. */
  calendar?: string | undefined;
}

/** The code under which letters to `postmaster@` are filed for the IT cell (RFC 5321 4.5.1). */
export const POSTMASTER = 'postmaster';

/** `name` in `language`, in English where it has no such form. */
export function nameIn(name: LocalisedName, language: Language): string {
  return name[language] ?? name.en;
}
