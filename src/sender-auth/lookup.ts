// Questions to the DNS: each with a deadline, asked once for all who wait for the same, answers kept for a while. Who
// owns a domain decides how slow and how large its answers are, so nothing here trusts them.
import type { Clock } from '../ports/surroundings.js';
import { type Answer, type RecordType, readAnswer, readRefusal, weightOf } from './dns-records.js';
import type { Resolve } from './options.js';

export interface Lookup {
  /** Never rejects. A name that cannot exist is answered without asking anybody. */
  ask(name: string, type: RecordType): Promise<Answer>;
}

export interface LookupOptions {
  resolve: Resolve;
  queryMs: number;
  clock: Clock;
  /** Answers kept; the one that was least recently wanted goes first. Default 5000. */
  maxAnswers?: number;
}

interface Kept {
  answer: Answer;
  /** Milliseconds since the epoch. */
  until: number;
  weight: number;
}

const MAX_ANSWERS = 5_000;
const MAX_WEIGHT = 8 * 1024 * 1024;
const SHORTEST_MS = 30_000;
const LONGEST_MS = 600_000;
/** For records whose time to live node:dns does not tell. */
const USUAL_MS = 300_000;
/** For what does not exist. */
const NOTHING_MS = 60_000;

/** Trouble is never kept: the next who asks may be luckier. */
export function createLookup(options: LookupOptions): Lookup {
  const { resolve, queryMs, clock } = options;
  const kept = createStore(options.maxAnswers ?? MAX_ANSWERS);
  const underWay = new Map<string, Promise<Answer>>();

  async function query(name: string, type: RecordType): Promise<Answer> {
    const answer = await within(queryMs, resolved(resolve, name, type));
    const keptMs = keptFor(answer);
    if (keptMs > 0) kept.put(keyOf(name, type), { answer, until: now() + keptMs, weight: weightOf(answer) });
    return answer;
  }

  function now(): number {
    return Date.parse(clock.now());
  }

  return {
    async ask(asked, type) {
      const name = queryName(asked);
      if (name === undefined) return { kind: 'none', code: 'ENOTFOUND' };
      const key = keyOf(name, type);
      const known = kept.get(key, now());
      if (known) return known;
      let running = underWay.get(key);
      if (!running) {
        running = query(name, type).finally(() => underWay.delete(key));
        underWay.set(key, running);
      }
      return running;
    },
  };
}

function keyOf(name: string, type: RecordType): string {
  return `${type} ${name}`;
}

const NAME = /^(?=.{1,253}$)[a-z0-9_.+=-]+$/;

/**
 * The name as it is asked for: lower case, no dot at the end. Undefined for one that no zone has, above all for one with
 * a NUL in it, behind which a forger hides the rest of the name from the resolver.
 */
export function queryName(name: string): string | undefined {
  const plain = name.replace(/\.$/, '').toLowerCase();
  if (!NAME.test(plain)) return undefined;
  return plain.split('.').every((label) => label.length > 0 && label.length < 64) ? plain : undefined;
}

/** Milliseconds for which an answer holds. */
function keptFor(answer: Answer): number {
  if (answer.kind === 'trouble') return 0;
  if (answer.kind === 'none') return NOTHING_MS;
  if (answer.ttlSeconds === undefined) return USUAL_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, answer.ttlSeconds * 1_000));
}

async function resolved(resolve: Resolve, name: string, type: RecordType): Promise<Answer> {
  try {
    return readAnswer(type, await resolve(name, type));
  } catch (error) {
    return readRefusal(error);
  }
}

/** The answer, or trouble when it does not come within `milliseconds`. */
export async function within(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'trouble', code: 'ETIMEOUT' }), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A bounded map: `get` moves an entry to the young end, the old end is dropped. */
function createStore(maxAnswers: number) {
  const entries = new Map<string, Kept>();
  let weight = 0;
  const drop = (key: string) => {
    weight -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  return {
    get(key: string, now: number): Answer | undefined {
      const entry = entries.get(key);
      if (!entry) return undefined;
      drop(key);
      if (entry.until <= now) return undefined;
      entries.set(key, entry);
      weight += entry.weight;
      return entry.answer;
    },
    put(key: string, entry: Kept): void {
      drop(key);
      entries.set(key, entry);
      weight += entry.weight;
      for (const oldest of entries.keys()) {
        if (entries.size <= maxAnswers && weight <= MAX_WEIGHT) break;
        drop(oldest);
      }
    },
  };
}
