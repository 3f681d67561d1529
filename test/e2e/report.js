// Runs named checks one after the other, prints what became of each and keeps count.
import process from 'node:process';

/** A long run by hand may take longer: THANADAK_CHECK_MINUTES. */
const limitMs = () => Number(process.env.THANADAK_CHECK_MINUTES ?? 3) * 60_000;

/** Thrown by a check that cannot be made on this machine. */
export class Skip extends Error {}

/** Skips on a desk; on the build machine, where everything has to be there, it is a failure. */
export function needs(present, what) {
  if (present) return;
  if (process.env.CI === 'true') throw new Error(`${what} is missing`);
  throw new Skip(`${what} is missing`);
}

/** Throws `message` unless `condition` holds. */
export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** Throws unless both are equal as JSON. */
export function expectEqual(got, wanted, what) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

/** `context` (optional, a function) tells more about a failure: the end of a log, say. */
export function createReport() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let part = '';
  let context;
  return {
    counts,
    enter(name) {
      part = name;
      context = undefined;
    },
    explainWith(tell) {
      context = tell;
    },
    /** `minutes`: how long it may take, when that is more than others. */
    async check(name, run, { minutes = 0 } = {}) {
      const startedAt = performance.now();
      const outcome = await judge(run, Math.max(limitMs(), minutes * 60_000));
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      counts[outcome.kind] += 1;
      write(
        `${MARKS[outcome.kind]}  ${part}: ${name}  (${seconds} s)${outcome.note ? `  ${outcome.note}` : ''}`,
      );
      if (outcome.kind !== 'failed') return outcome.kind === 'passed';
      write(indent(outcome.text));
      if (context) write(indent(context()));
      return false;
    },
  };
}

const MARKS = { passed: 'ok    ', failed: 'FAILED', skipped: 'skip  ' };

/** What a check returns is a note worth showing. */
async function judge(run, limit) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit / 1_000} s`)), limit);
  });
  try {
    const note = await Promise.race([run(), late]);
    return { kind: 'passed', note: typeof note === 'string' ? note : '' };
  } catch (error) {
    if (error instanceof Skip) return { kind: 'skipped', note: error.message };
    return { kind: 'failed', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

function write(line) {
  process.stdout.write(`${line}\n`);
}

function indent(text) {
  return String(text).replace(/^/gm, '        ');
}
