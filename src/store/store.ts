// Opens the store: engine, migrations, repositories; everything outside sees only the Store port.
import { Kysely } from 'kysely';
import type { Repositories, Store, StoreFacts } from '../ports/store.js';
import type { Clock, IdSource } from '../ports/surroundings.js';
import { allowanceRepository, switchRepository } from './allowance-repository.js';
import { clockRepository } from './clock-repository.js';
import { correspondentRepository } from './correspondent-repository.js';
import { credentialRepository } from './credential-repository.js';
import type { Engine } from './engine/engine.js';
import { openSqlite } from './engine/sqlite.js';
import { erasureRepository } from './erasure-repository.js';
import { escalationRepository } from './escalation-repository.js';
import { figuresRepository } from './figures-repository.js';
import { informationRepository } from './information-repository.js';
import { journalRepository } from './journal-repository.js';
import { labelRepository } from './label-repository.js';
import { letterRepository } from './letter-repository.js';
import { matterRepository } from './matter-repository.js';
import { messageRepository } from './message-repository.js';
import { type Migrated, migrate } from './migrate.js';
import { noteRepository } from './note-repository.js';
import { noticeRepository } from './notice-repository.js';
import { officerRepository } from './officer-repository.js';
import { outboxRepository } from './outbox-repository.js';
import { draftRepository, preferenceRepository, savedViewRepository } from './own-desk-repository.js';
import { passkeyRepository } from './passkey-repository.js';
import { sessionRepository } from './session-repository.js';
import type { Tables } from './tables.js';
import { ticketRepository } from './ticket-repository.js';
import { waitRepository } from './wait-repository.js';

export { claimFolder, type FolderClaim } from './engine/folder-claim.js';

export interface StoreOptions {
  /** Path of the database file. */
  file: string;
  /** Folder that holds the migrations of every engine. */
  migrations: string;
  clock: Clock;
  ids: IdSource;
  /** Does each unit of work in its turn, where others in this process write through a connection of their own. */
  inTurn?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
}

export interface OpenedStore extends Store {
  migrated: Migrated;
}

/** Opens the database, bringing it to the current shape first. Errors: StorageBroken with what is wrong and the mend. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const engine = openSqlite(options.file);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    const migrated = await migrate(db, engine, { folder: options.migrations, now: options.clock.now() });
    return buildStore({ db, engine, options, migrated });
  } catch (error) {
    engine.close();
    throw engine.translate(error);
  }
}

interface Parts {
  db: Kysely<Tables>;
  engine: Engine;
  options: StoreOptions;
  migrated: Migrated;
}

function buildStore({ db, engine, options, migrated }: Parts): OpenedStore {
  const { clock, ids, inTurn = (work) => work() } = options;
  let written = 0;
  return {
    ...translating(repositories({ db, engine, ids, now: () => clock.now() }), engine),
    migrated,
    async transact(work) {
      try {
        const result = await inTurn(() =>
          engine.inTransaction(db, async (tx) => {
            const now = clock.now();
            const last: (() => Promise<void>)[] = [];
            const beforeCommit = (write: () => Promise<void>) => void last.push(write);
            const repos = repositories({ db: tx, engine, ids, now: () => now, beforeCommit });
            const result = await work({ ...repos, now });
            for (const write of last) await write();
            return result;
          }),
        );
        written += 1;
        return result;
      } catch (error) {
        throw engine.translate(error);
      }
    },
    changeMark: () => engine.changeMark() + written,
    facts: (): StoreFacts => engine.facts(),
    close: () => engine.close(),
  };
}

/** What every repository is made from; `db` is the database or one transaction on it. */
export interface Bound {
  db: Kysely<Tables>;
  engine: Engine;
  ids: IdSource;
  now: () => string;
  /** In a unit of work: `write` is done before it is committed. */
  beforeCommit?: (write: () => Promise<void>) => void;
}

function repositories(bound: Bound): Repositories {
  return {
    letters: letterRepository(bound),
    tickets: ticketRepository(bound),
    messages: messageRepository(bound),
    outbox: outboxRepository(bound),
    clocks: clockRepository(bound),
    journal: journalRepository(bound),
    escalations: escalationRepository(bound),
    waits: waitRepository(bound),
    notes: noteRepository(bound),
    officers: officerRepository(bound),
    labels: labelRepository(bound),
    information: informationRepository(bound),
    correspondents: correspondentRepository(bound),
    notices: noticeRepository(bound),
    switches: switchRepository(bound),
    allowances: allowanceRepository(bound),
    erasures: erasureRepository(bound),
    matters: matterRepository(bound),
    figures: figuresRepository(bound),
    credentials: credentialRepository(bound),
    passkeys: passkeyRepository(bound),
    sessions: sessionRepository(bound),
    savedViews: savedViewRepository(bound),
    drafts: draftRepository(bound),
    preferences: preferenceRepository(bound),
  };
}

/** Outside `transact` nobody else turns the engine's errors into ours. */
function translating(repos: Repositories, engine: Engine): Repositories {
  const wrap = <R extends object>(repository: R): R =>
    new Proxy(repository, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          try {
            return await member.apply(target, args);
          } catch (error) {
            throw engine.translate(error);
          }
        };
      },
    });
  const entries = Object.entries(repos).map(([name, repository]) => [name, wrap(repository)]);
  return Object.fromEntries(entries) as Repositories;
}
