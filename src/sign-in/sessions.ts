// The sessions officers work in: opened, found by what the browser holds, kept awake, ended.
import type { People } from '../domain/people.js';
import { type Instant, shift } from '../domain/time.js';
import type { Session, SessionLevel, SessionWay } from '../ports/sign-in.js';
import type { Store, UnitOfWork } from '../ports/store.js';
import type { Clock } from '../ports/surroundings.js';
import { hashOf, isToken, newToken } from './tokens.js';

/** How long a session lasts, in milliseconds; asked anew each time. */
export interface SessionTimes {
  /** Without a request. */
  idleMs: number;
  /** From its beginning, whatever is done in it. */
  longestMs: number;
}

export interface SessionsOptions {
  store: Store;
  clock: Clock;
  times(): SessionTimes;
}

export interface NewSession {
  officer: string;
  level: SessionLevel;
  way: SessionWay;
  userAgent: string;
}

export interface Sessions {
  /** The open session of a token; undefined when there is none, or its time is over. */
  find(token: string): Promise<Session | undefined>;
  /** Whether the session with this id (not token) is still open and its officer in service. */
  isOpen(id: string, people: People): Promise<boolean>;
  /** Notes that somebody worked in it, once a minute at most. */
  seen(session: Session): Promise<void>;
  /** Those of an officer that are open, the last seen first. */
  openOf(officer: string): Promise<Session[]>;
  /** Forgets those nobody has used for a quarter of a year. */
  forgetOld(): Promise<void>;
  /** Ends one of them. False when the officer has no such open session. */
  revoke(officer: string, id: string): Promise<boolean>;
}

/** Something more must be given in this time after the password. */
const HALF_MS = 10 * 60_000;
const SEEN_EVERY_MS = 60_000;
/** Open sessions of one officer; the longest unseen ends when one more is opened. */
const MOST_SESSIONS = 20;
const AGENT_LENGTH = 200;
const KEPT_MS = 90 * 86_400_000;

export function createSessions({ store, clock, times }: SessionsOptions): Sessions {
  const isLive = (session: Session) => session.endedAt === null && endOf(session, times()) > clock.now();
  return {
    async find(token) {
      if (!isToken(token)) return undefined;
      const session = await store.sessions.find(hashOf(token));
      return session && isLive(session) ? session : undefined;
    },
    async isOpen(id, people) {
      const session = await store.sessions.find(id);
      if (!session || !isLive(session)) return false;
      return people.get(session.officer)?.disabled === false;
    },
    async seen({ id, seenAt }) {
      if (shift(seenAt, SEEN_EVERY_MS) > clock.now()) return;
      await store.transact((unit) => unit.sessions.seen(id, unit.now));
    },
    async openOf(officer) {
      return (await store.sessions.openOf(officer)).filter(isLive);
    },
    forgetOld: () => store.transact((unit) => unit.sessions.forgetBefore(shift(unit.now, -KEPT_MS))),
    async revoke(officer, id) {
      const session = await store.sessions.find(id);
      if (session?.officer !== officer) return false;
      return store.transact((unit) => unit.sessions.end(id, { at: unit.now, why: 'revoked' }));
    },
  };
}

/** When a session is over by its time. */
function endOf({ level, createdAt, seenAt }: Session, { idleMs, longestMs }: SessionTimes): Instant {
  const last = shift(createdAt, level !== 'full' ? Math.min(HALF_MS, longestMs) : longestMs);
  const idle = shift(seenAt, idleMs);
  return idle < last ? idle : last;
}

/** Opens a session inside somebody's unit of work. `token` is for the browser and is kept nowhere. */
export async function openSession(
  unit: UnitOfWork,
  { officer, level, way, userAgent }: NewSession,
): Promise<{ token: string; session: Session }> {
  const token = newToken();
  const session: Session = {
    id: hashOf(token),
    officer,
    level,
    way,
    createdAt: unit.now,
    seenAt: unit.now,
    userAgent: userAgent.slice(0, AGENT_LENGTH),
    endedAt: null,
    endedWhy: null,
  };
  const open = await unit.sessions.openOf(officer);
  for (const { id } of open.slice(MOST_SESSIONS - 1)) {
    await unit.sessions.end(id, { at: unit.now, why: 'too-many' });
  }
  await unit.sessions.open(session);
  return { token, session };
}
