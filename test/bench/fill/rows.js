// Rows written as the program writes them, much faster: prepared statements on the file itself, the journal chained.
import { fromDist } from '../dist.js';

const { detailHashOf, GENESIS, linkAfter } = await fromDist('domain/journal-chain.js');
const { foldForSearch } = await fromDist('domain/search-words.js');
const { sha256 } = await fromDist('machine/digest.js');

/**
 * @param {import('better-sqlite3').Database} database with the tables of the program's own migrations
 * @param {import('./chance.js').Chance} chance
 */
export function createRows(database, chance) {
  const insert = createInsert(database);
  const words = database.prepare('insert into message_search (rowid, words) values (?, ?)');
  const chain = { number: 0, hash: GENESIS };
  let messages = 0;
  return {
    insert,
    /** @param {object} row without its number */
    addMessage(row) {
      messages += 1;
      insert('message', { number: messages, ...row });
      const { subject, text } = /** @type {{ subject: string, text: string }} */ (row);
      words.run(messages, foldForSearch(`${subject}\n${text}`));
    },
    /**
     * @param {{ id: string, hash?: string }} ticket keeps the end of its own chain
     * @param {{ at: number, actor: string, event: string, detail: object }} entry
     */
    writeJournal(ticket, { at, actor, event, detail }) {
      const text = JSON.stringify(detail);
      const salt = chance.salt();
      const row = {
        number: chain.number + 1,
        id: chance.id(at),
        ticketId: ticket.id,
        at: new Date(at).toISOString(),
        actor,
        event,
      };
      const detailHash = detailHashOf(sha256, text, salt);
      const links = linkAfter(
        sha256,
        { ...row, detailHash },
        { ticket: ticket.hash ?? GENESIS, chain: chain.hash },
      );
      insert('journal', {
        number: row.number,
        id: row.id,
        ticket_id: ticket.id,
        at: row.at,
        actor,
        event,
        detail: text,
        salt,
        detail_hash: detailHash,
        ticket_hash: links.ticket,
        chain_hash: links.chain,
      });
      Object.assign(chain, { number: row.number, hash: links.chain });
      ticket.hash = links.ticket;
    },
    count: () => ({ journal: chain.number, messages }),
  };
}

/** @param {import('better-sqlite3').Database} database */
function createInsert(database) {
  /** @type {Map<string, import('better-sqlite3').Statement>} */
  const statements = new Map();
  return (/** @type {string} */ table, /** @type {object} */ row) => {
    const columns = Object.keys(row);
    const key = `${table} ${columns}`;
    const known = statements.get(key);
    if (known) return void known.run(Object.values(row));
    const places = columns.map(() => '?').join(', ');
    const statement = database.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`);
    statements.set(key, statement);
    statement.run(Object.values(row));
  };
}
