// The journal as a chain of hashes: whoever changes, removes, inserts or moves a row breaks it at that place. A signed
// checkpoint fixes all rows up to it. The hash of a row covers a salted hash of its detail, not the detail itself.
import type { Instant } from './time.js';

/** SHA-256 of the UTF-8 of a text, lower-case hex; given from outside because this room computes with nothing but words. */
export type Digest = (text: string) => string;

/** One row of the journal as it is chained. */
export interface ChainedRow {
  /** 1, 2, 3 …, without gaps. */
  number: number;
  id: string;
  ticketId: string | null;
  at: Instant;
  actor: string;
  event: string;
  /** JSON as stored; empty object when it was erased. */
  detail: string;
  /** Null when the detail was erased. */
  salt: string | null;
  /** The three hashes are null in rows from before the chain. */
  detailHash: string | null;
  ticketHash: string | null;
  chainHash: string | null;
}

/** Everything up to row `number`, signed. */
export interface Checkpoint {
  number: number;
  at: Instant;
  chainHash: string;
  keyId: string;
  signature: string;
}

/** The hashes after which the first row of a chain follows. */
export const GENESIS = '0'.repeat(64);

export interface Links {
  ticket: string;
  chain: string;
}

export function detailHashOf(digest: Digest, detail: string, salt: string): string {
  return digest(`thanadak journal detail\n${salt}\n${detail}`);
}

type Leaf = Pick<ChainedRow, 'number' | 'id' | 'ticketId' | 'at' | 'actor' | 'event' | 'detailHash'>;

/** The hashes of a row that follows `before`: one of all rows, one of those of its ticket. */
export function linkAfter(digest: Digest, row: Leaf, before: Links): Links {
  const { number, id, ticketId, at, actor, event, detailHash } = row;
  const leaf = digest(JSON.stringify([1, number, id, ticketId, at, actor, event, detailHash]));
  return {
    ticket: digest(`thanadak journal ticket\n${before.ticket}\n${leaf}`),
    chain: digest(`thanadak journal\n${before.chain}\n${leaf}`),
  };
}

/** What a checkpoint's signature covers; four lines, in the manner of C2SP tlog-checkpoint. */
export function checkpointText(
  origin: string,
  { number, at, chainHash }: Omit<Checkpoint, 'keyId' | 'signature'>,
) {
  return `thanadak.journal/${origin}\n${number}\n${chainHash}\n${at}\n`;
}

export type Damage =
  /** Rows are missing where their numbers have a gap, or at the end by a checkpoint. */
  | 'removed'
  /** A row does not follow the one before it: it was changed, inserted or moved. */
  | 'altered'
  /** A row is older than the one before it. */
  | 'reordered'
  /** The detail is not the one that was written. */
  | 'detail-altered'
  /** It follows overall, but not on its ticket: an entry of the ticket before it is missing. */
  | 'ticket-broken'
  /** A row without hashes after the chain began. */
  | 'unchained'
  /** The rows up to a checkpoint are not those that were signed. */
  | 'rewritten'
  | 'checkpoint-forged';

export interface Finding {
  damage: Damage;
  /** Row, or the first of those missing. */
  number: number;
  detail: string;
}

export interface AuditSummary {
  rows: number;
  /** From before the chain began. */
  unchained: number;
  /** Rows whose detail was erased by retention. */
  erased: number;
  checkpoints: number;
  /** Last row that a checkpoint covers; what follows can still be cut off unseen. */
  coveredTo: number;
}

/** How a signature is judged: by the key with this id, or not at all. */
export type Judge = (checkpoint: Checkpoint) => 'good' | 'bad' | 'unknown-key';

/** Walks the rows in their order; `finish` answers for those missing at the end. */
export class ChainAudit {
  readonly findings: Finding[] = [];
  readonly summary: AuditSummary = { rows: 0, unchained: 0, erased: 0, checkpoints: 0, coveredTo: 0 };
  readonly #digest: Digest;
  readonly #judge: Judge;
  readonly #checkpoints: Checkpoint[];
  readonly #onTicket = new Map<string, string>();
  #chain = GENESIS;
  #last: Pick<ChainedRow, 'number' | 'id'> = { number: 0, id: '' };
  #isChained = false;
  #afterGap = false;

  constructor(options: { digest: Digest; judge: Judge; checkpoints: readonly Checkpoint[] }) {
    this.#digest = options.digest;
    this.#judge = options.judge;
    this.#checkpoints = [...options.checkpoints].sort((one, other) => one.number - other.number);
  }

  take(row: ChainedRow): void {
    this.summary.rows += 1;
    this.#lookForGap(row.number);
    if (row.id < this.#last.id) this.#find('reordered', row, `${row.event} stands behind a later row`);
    this.#last = row;
    if (row.chainHash === null || row.detailHash === null || row.ticketHash === null)
      this.#takeUnchained(row);
    else this.#takeChained(row, { ticket: row.ticketHash, chain: row.chainHash });
    this.#takeCheckpoints(row);
  }

  finish(): void {
    for (const { number } of this.#checkpoints.splice(0)) {
      const first = this.#last.number + 1;
      this.findings.push({
        damage: 'removed',
        number: first,
        detail: `rows ${first} to ${number} were signed and are gone`,
      });
    }
  }

  #lookForGap(number: number): void {
    const expected = this.#last.number + 1;
    this.#afterGap = number !== expected;
    if (!this.#afterGap) return;
    const detail =
      number - expected === 1 ? `row ${expected} is gone` : `rows ${expected} to ${number - 1} are gone`;
    this.findings.push({ damage: 'removed', number: expected, detail });
  }

  #takeUnchained(row: ChainedRow): void {
    this.summary.unchained += 1;
    if (this.#isChained) this.#find('unchained', row, `${row.event} has no hash`);
  }

  #takeChained(row: ChainedRow, stored: Links): void {
    this.#isChained = true;
    this.#lookAtDetail(row);
    const ticketId = row.ticketId ?? '';
    const before = { chain: this.#chain, ticket: this.#onTicket.get(ticketId) ?? GENESIS };
    const links = linkAfter(this.#digest, row, before);
    // What a row after a gap followed is gone with it.
    const follows = this.#afterGap || links.chain === stored.chain;
    if (!follows) this.#find('altered', row, describe(row));
    else if (links.ticket !== stored.ticket)
      this.#find('ticket-broken', row, `an entry before ${describe(row)} is missing`);
    // From what is stored, so that one damaged row is one finding.
    this.#chain = stored.chain;
    this.#onTicket.set(ticketId, stored.ticket);
  }

  #lookAtDetail(row: ChainedRow): void {
    if (row.salt === null) this.summary.erased += 1;
    else if (detailHashOf(this.#digest, row.detail, row.salt) !== row.detailHash) {
      this.#find('detail-altered', row, describe(row));
    }
  }

  #takeCheckpoints(row: ChainedRow): void {
    while ((this.#checkpoints[0]?.number ?? Number.POSITIVE_INFINITY) <= row.number) {
      const checkpoint = this.#checkpoints.shift() as Checkpoint;
      this.summary.checkpoints += 1;
      const verdict = this.#judge(checkpoint);
      if (verdict === 'bad') this.#find('checkpoint-forged', row, `the checkpoint of ${checkpoint.at}`);
      else if (checkpoint.number !== row.number || checkpoint.chainHash !== row.chainHash) {
        this.#find(
          'rewritten',
          row,
          `rows up to ${checkpoint.number} differ from what was signed at ${checkpoint.at}`,
        );
      } else if (verdict === 'good') this.summary.coveredTo = checkpoint.number;
    }
  }

  #find(damage: Damage, { number }: ChainedRow, detail: string): void {
    this.findings.push({ damage, number, detail });
  }
}

function describe({ event, actor, at, ticketId }: ChainedRow): string {
  return `${event} by ${actor} at ${at}${ticketId === null ? '' : ` on ticket ${ticketId}`}`;
}
