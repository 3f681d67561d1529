// Long lists of a store, page by page.
import type { Inspection, LetterRow } from '../ports/inspection.js';

/** The database's name in a data folder and in a set. */
export const DATABASE = 'thanadak.db';

const PAGE = 1_000;

export async function* everyLetter(inspection: Inspection): AsyncGenerator<LetterRow> {
  for (let after = ''; ; ) {
    const page = await inspection.letters(after, PAGE);
    // Timers have their turn too: the store answers without one.
    await new Promise((resolve) => setImmediate(resolve));
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

/** Of copies that wait for the disk so many wait together. */
const TOGETHER = 16;

/** Does `work` for all items, a group at a time. */
export async function together<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let begun = 0; begun < items.length; begun += TOGETHER) {
    await Promise.all(items.slice(begun, begun + TOGETHER).map(work));
  }
}
