// One round of one row: the same letters into Thanadak or into Postfix, and proof that none is missing.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { watchAcknowledgements } from './acknowledged.js';
import { waitFor } from './place.js';

const FILING_LIMIT_MS = 180_000;
const POLL_MS = 10;

/** @typedef {import('./load.js').LoadTask} LoadTask */
/** @typedef {import('./load.js').LoadResult} LoadResult */

/**
 * @typedef {object} Round
 * @property {number} letters
 * @property {number} acceptedPerSecond
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {number} loadProcessorShare of one processor, used by the load generator
 */

/**
 * @typedef {Round & {
 *   filedPerSecond: number,
 *   settledPerSecond: number,
 *   processorMsPerLetter: number,
 *   acknowledgedP50Ms: number | undefined,
 *   acknowledgedP99Ms: number | undefined,
 * }} FiledRound
 */

/**
 * Starts the load generator. `send` rejects when any letter is refused.
 * @param {import('./place.js').Place} place
 */
export function startLoad(place) {
  const child = fork(fileURLToPath(new URL('./load.js', import.meta.url)));
  place.onLeave(() => child.kill('SIGKILL'));
  let sent = 0;
  return {
    /**
     * @param {Omit<LoadTask, 'first'> & { to: string }} task
     * @returns {Promise<LoadResult>}
     */
    send(task) {
      const first = sent;
      sent += task.letters;
      return new Promise((resolve, reject) => {
        const fail = () => reject(new Error('The load generator has ended.'));
        child.once('exit', fail);
        child.once('message', (/** @type {{ result?: LoadResult, error?: string }} */ { result, error }) => {
          child.off('exit', fail);
          if (result) resolve(result);
          else reject(new Error(`Sending to ${task.to} failed: ${error}`));
        });
        child.send({ ...task, first });
      });
    },
    stop: () => child.disconnect(),
  };
}

/** @typedef {ReturnType<typeof startLoad>} Load */

/**
 * @param {Load} load
 * @param {import('./daemon.js').BenchDaemon} daemon
 * @param {Omit<LoadTask, 'first' | 'host' | 'port'>} task
 * @returns {Promise<FiledRound>}
 */
export async function measureThanadak(load, daemon, task) {
  const used = daemon.processorSeconds();
  const acknowledged = watchAcknowledgements(daemon.dataDir);
  const result = await load.send({ ...task, to: 'Thanadak', host: daemon.host, port: daemon.port });
  const filed = { what: 'Thanadak files the letters', everyMs: POLL_MS, limitMs: FILING_LIMIT_MS };
  const filedAt = await waitFor(filed, () => (daemon.isSpoolEmpty() ? Date.now() : undefined));
  const settled = { what: 'Thanadak sends the acknowledgements', everyMs: 200, limitMs: FILING_LIMIT_MS };
  const settledAt = await waitFor(settled, async () => {
    const waiting = outboxRows(await daemon.readMetrics(), ['queued', 'sending', 'deferred']);
    return waiting === 0 ? Date.now() : undefined;
  });
  const { p50Ms: acknowledgedP50Ms, p99Ms: acknowledgedP99Ms } = acknowledged();
  return {
    ...roundOf(result),
    acknowledgedP50Ms,
    acknowledgedP99Ms,
    filedPerSecond: perSecond(result.accepted, filedAt - result.startedAt),
    settledPerSecond: perSecond(result.accepted, settledAt - result.startedAt),
    processorMsPerLetter: ((daemon.processorSeconds() - used) * 1000) / result.accepted,
  };
}

/**
 * The same letters into another server's queue.
 * @param {Load} load
 * @param {import('./postfix.js').BenchPostfix & { name: string }} other
 * @param {Omit<LoadTask, 'first' | 'host' | 'port'>} task
 * @returns {Promise<Round>}
 */
export async function measureOther(load, other, task) {
  const result = await load.send({ ...task, to: other.name, host: other.host, port: other.port });
  demandEqual(`letters in the queue of ${other.name}`, other.countQueued(), result.accepted);
  other.empty();
  return roundOf(result);
}

/**
 * What a store held before the bench sent anything.
 * @param {import('./daemon.js').BenchDaemon} daemon
 */
export async function readBase(daemon) {
  const metrics = await daemon.readMetrics();
  return { open: metrics.get('thanadak_tickets_open') ?? 0, sent: outboxRows(metrics, ['sent']) };
}

/**
 * Every letter accepted is one ticket and one letter in the outbox; two witnesses are heard.
 * @param {import('./daemon.js').BenchDaemon} daemon
 * @param {number} accepted since the start
 * @param {Awaited<ReturnType<typeof readBase>>} base
 */
export async function verifyThanadak(daemon, accepted, base) {
  const metrics = await daemon.readMetrics();
  demandEqual('tickets opened', metrics.get('thanadak_letters_filed_total{outcome="opened"}') ?? 0, accepted);
  demandEqual('tickets in the store', metrics.get('thanadak_tickets_open') ?? 0, base.open + accepted);
  demandEqual('acknowledgements in the outbox', outboxRows(metrics, ['sent']), base.sent + accepted);
  demandEqual('letters held', metrics.get('thanadak_letters_held') ?? 0, 0);
  const status = await daemon.readStatus();
  demandEqual('tickets open by the status command', status.tickets.open, base.open + accepted);
  demandEqual('letters spooled by the status command', status.spooled, 0);
  if (status.database.synchronous !== 'FULL') {
    throw new Error(`Thanadak did not sync its database fully: ${status.database.synchronous}.`);
  }
}

/**
 * @param {Map<string, number>} metrics
 * @param {string[]} states
 */
function outboxRows(metrics, states) {
  return states.reduce(
    (sum, state) => sum + (metrics.get(`thanadak_outbox_letters{state="${state}"}`) ?? 0),
    0,
  );
}

/**
 * @param {string} what
 * @param {number} found
 * @param {number} wanted
 */
function demandEqual(what, found, wanted) {
  if (found !== wanted) throw new Error(`The figures are worth nothing: ${what}: ${found}, not ${wanted}.`);
}

/**
 * @param {LoadResult} result
 * @returns {Round}
 */
function roundOf(result) {
  const milliseconds = result.endedAt - result.startedAt;
  return {
    letters: result.accepted,
    acceptedPerSecond: perSecond(result.accepted, milliseconds),
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    loadProcessorShare: (result.processorSeconds * 1000) / milliseconds,
  };
}

/**
 * @param {number} letters
 * @param {number} milliseconds
 */
function perSecond(letters, milliseconds) {
  return (letters * 1000) / milliseconds;
}
