// Long lists of a store, page by page.
import type { Inspection, LetterRow } from '../ports/inspection.js';

/** The database's name in a data folder and in a set. */
export const DATABASE = 'thanadak.db';

const PAGE = 1_000;

export async function* everyLetter(inspection: Inspection): AsyncGenerator<LetterRow> {
  for (let after = ''; ; ) {
    const page = await inspection.letters(after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? '';
  }
}

export async function* everyReference(inspection: Inspection): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await inspection.references(after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1) ?? '';
  }
}
