// How long residents waited: from a letter's receipt to its acknowledgement handed over, read from the store itself.
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * Begins a look at the acknowledgements that follow; its result tells percentiles in milliseconds.
 * @param {string} dataDir
 */
export function watchAcknowledgements(dataDir) {
  const file = join(dataDir, 'thanadak.db');
  const first = ask(file, 'select coalesce(max(rowid), 0) as n from outbox', [])[0].n;
  return () => {
    const query = `select received_at, sent_at from outbox
      where rowid > ? and kind = 'acknowledgement' and sent_at is not null`;
    const waits = ask(file, query, [first]).map(
      (/** @type {{ received_at: string, sent_at: string }} */ row) =>
        Date.parse(row.sent_at) - Date.parse(row.received_at),
    );
    return percentiles(waits);
  };
}

/** @param {string} file @param {string} query @param {unknown[]} values @returns {any[]} */
function ask(file, query, values) {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(query).all(...values);
  } finally {
    database.close();
  }
}

/** @param {number[]} values */
export function percentiles(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
