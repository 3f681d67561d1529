// What a page says that could not be shown: what happened, and what to do.
import type { Language } from '../../domain/station.js';
import { type PhraseKey, textIn } from '../words/words.js';

const KNOWN = [400, 403, 404, 409, 413, 422, 429, 500, 503] as const;

export interface FailurePage {
  status: number;
  title: string;
  why: PhraseKey;
  /** What we know besides, as a sentence: why a deed was refused. */
  sentence: string | null;
}

/** Data of the view `frame/failure`. */
export function failurePage(status: number, language: Language, sentence: string | null = null): FailurePage {
  const known = KNOWN.find((one) => one === status) ?? (status < 500 ? 400 : 500);
  return {
    status,
    title: textIn(language)(`frame.failure.${known}`),
    why: `frame.failure.${known}.why`,
    sentence,
  };
}
