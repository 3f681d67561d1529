// The journal: rows are added, each chained to the one before it; never changed, save that their details can be erased.
import { randomBytes } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import { type ChainedRow, detailHashOf, GENESIS, linkAfter } from '../domain/journal-chain.js';
import { sha256 } from '../machine/digest.js';
import type { JournalRepository } from '../ports/store.js';
import { checkpointRepository } from './checkpoint-repository.js';
import type { JournalTable } from './journal-tables.js';
import { insertRow, runStatement } from './statements.js';
import type { Bound } from './store.js';
import type { Tables } from './tables.js';

const SALT_BYTES = 16;
/** Random bytes are asked for many rows at once: a call costs more than the bytes. */
const SALTS_AT_ONCE = 256;

export function journalRepository(bound: Bound): JournalRepository {
  const { db } = bound;
  return {
    write: writerOf(bound),
    async ofTicket(ticketId) {
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('number')
        .execute();
      return rows.map(({ id, at, actor, event, detail }) => ({
        id,
        at,
        actor,
        event,
        detail: JSON.parse(detail) as Record<string, unknown>,
      }));
    },
    async chainedAfter(number, limit) {
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('number', '>', number)
        .orderBy('number')
        .limit(sql.lit(limit))
        .execute();
      return rows.map(chainedRow);
    },
    async lastChained() {
      const row = await lastRow(db);
      return row && chainedRow(row);
    },
    async eraseDetails(ticketId) {
      const { numUpdatedRows } = await db
        .updateTable('journal')
        .set({ detail: '{}', salt: null })
        .where('ticket_id', '=', ticketId)
        .where('salt', 'is not', null)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    ...checkpointRepository(db),
  };
}

/** What a unit of work has written so far: nobody else writes meanwhile, so the ends are looked up once. */
interface Ends {
  last: { number: number; chain: string } | undefined;
  onTicket: Map<string, string>;
}

function writerOf({ db, ids, now }: Bound): JournalRepository['write'] {
  const ends: Ends = { last: undefined, onTicket: new Map() };
  return async (ticketId, entry) => {
    ends.last ??= await lastEnd(db);
    const ticket = ends.onTicket.get(ticketId ?? '') ?? (await lastHashOf(db, ticketId));
    const detail = JSON.stringify(entry.detail);
    const salt = nextSalt();
    const row = {
      number: ends.last.number + 1,
      id: ids.next(),
      ticketId,
      at: now(),
      actor: entry.actor,
      event: entry.event,
      detailHash: detailHashOf(sha256, detail, salt),
    };
    const links = linkAfter(sha256, row, { ticket, chain: ends.last.chain });
    await insertRow(db, 'journal', {
      number: row.number,
      id: row.id,
      ticket_id: ticketId,
      at: row.at,
      actor: row.actor,
      event: row.event,
      detail,
      salt,
      detail_hash: row.detailHash,
      ticket_hash: links.ticket,
      chain_hash: links.chain,
    });
    ends.last = { number: row.number, chain: links.chain };
    ends.onTicket.set(ticketId ?? '', links.ticket);
  };
}

let salts = Buffer.alloc(0);

function nextSalt(): string {
  if (salts.length === 0) salts = randomBytes(SALTS_AT_ONCE * SALT_BYTES);
  const salt = salts.subarray(0, SALT_BYTES).toString('base64url');
  salts = salts.subarray(SALT_BYTES);
  return salt;
}

async function lastEnd(db: Kysely<Tables>): Promise<NonNullable<Ends['last']>> {
  const row = await lastRow(db);
  return { number: row?.number ?? 0, chain: row?.chain_hash ?? GENESIS };
}

async function lastRow(db: Kysely<Tables>): Promise<Selectable<JournalTable> | undefined> {
  const [row] = await runStatement(db, { name: 'last journal row', parameters: [] }, () =>
    db.selectFrom('journal').selectAll().orderBy('number', 'desc').limit(sql.lit(1)),
  );
  return row;
}

async function lastHashOf(db: Kysely<Tables>, ticketId: string | null): Promise<string> {
  const asked = { name: 'last journal row of ticket', parameters: [ticketId] };
  const [row] = await runStatement(db, asked, () =>
    db
      .selectFrom('journal')
      .select('ticket_hash')
      .where('ticket_id', 'is not distinct from', ticketId)
      .orderBy('number', 'desc')
      .limit(sql.lit(1)),
  );
  return row?.ticket_hash ?? GENESIS;
}

function chainedRow(row: Selectable<JournalTable>): ChainedRow {
  return {
    number: row.number,
    id: row.id,
    ticketId: row.ticket_id,
    at: row.at,
    actor: row.actor,
    event: row.event,
    detail: row.detail,
    salt: row.salt,
    detailHash: row.detail_hash,
    ticketHash: row.ticket_hash,
    chainHash: row.chain_hash,
  };
}
