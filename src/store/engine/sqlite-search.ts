// Full-text search through FTS5. A word that only begins with a token is looked up among the index's words first: FTS5's
// own prefix queries gather every letter before they answer, and so grow with the store.
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.js';
import type { Engine } from './engine.js';

/** Shorter tokens are whole words: too many words begin with them to tell anything. */
const LEAST_PREFIX = 3;
/** With more words FTS5's own way is the faster one. */
const MOST_WORDS = 128;
/** Follows no letter and no digit: between a word and the longer ones that begin with it. */
const AFTER_WORD = '\u0001';

export const search: Pick<
  Engine,
  'indexWords' | 'forgetWords' | 'searchFor' | 'holds' | 'isAmong' | 'newestHolding'
> = {
  async indexWords(db, messageNumber, words) {
    await sql`insert into message_search (rowid, words) values (${messageNumber}, ${words})`.execute(db);
  },
  async forgetWords(db, messageNumber) {
    await sql`delete from message_search where rowid = ${messageNumber}`.execute(db);
  },
  async searchFor(db, tokens) {
    const parts: string[] = [];
    for (const token of tokens) parts.push(await partFor(db, token));
    return parts.join(' AND ');
  },
  holds: (column, query) => (query.includes('*') ? isAmong(column, query) : isHeld(column, query)),
  isAmong,
  async newestHolding(db, query, { before, limit }) {
    const below = before === undefined ? sql`` : sql`and rowid < ${before}`;
    const { rows } = await sql<{ number: number }>`select rowid as number from message_search
      where message_search match ${query} ${below} order by rowid desc limit ${sql.lit(limit)}`.execute(db);
    return rows.map(({ number }) => number);
  },
};

function isHeld(column: string, query: string) {
  return sql<boolean>`exists (
    select 1 from message_search where message_search match ${query} and message_search.rowid = ${sql.ref(column)}
  )`;
}

/** The plus keeps SQLite from walking these messages instead of those it was told to. */
function isAmong(column: string, query: string) {
  return sql<boolean>`+${sql.ref(column)} in (select rowid from message_search where message_search match ${query})`;
}

/** Tokens hold letters, digits and marks only (domain/search-words.ts), so quoting is all they need. */
async function partFor(db: Kysely<Tables>, token: string): Promise<string> {
  if ([...token].length < LEAST_PREFIX) return `"${token}"`;
  const words = await wordsBeginning(db, token);
  if (words.length > MOST_WORDS) return `"${token}"*`;
  return words.length === 0 ? `"${token}"` : `(${words.map((word) => `"${word}"`).join(' OR ')})`;
}

/** One more than `MOST_WORDS` when there are more. */
async function wordsBeginning(db: Kysely<Tables>, token: string): Promise<string[]> {
  const words: string[] = [];
  for (let from = token; words.length <= MOST_WORDS; ) {
    const next = sql<{ term: string }>`select term from message_words where term >= ${from} limit 1`;
    const [word] = (await next.execute(db)).rows;
    if (!word?.term.startsWith(token)) break;
    words.push(word.term);
    from = word.term + AFTER_WORD;
  }
  return words;
}
