// The load generator: a process of its own that sends letters over many sessions when the bench tells it to.
import { buildForms, envelopeOf, mailDate, stampForm } from './letters.js';
import { carryParcels, closeSession, openSession } from './session.js';

/**
 * @typedef {object} LoadTask
 * @property {string} host
 * @property {number} port
 * @property {number} connections
 * @property {number} letters
 * @property {number} first number of the first letter
 * @property {number} bytes of one letter
 * @property {number} [perSecond] a steady pace instead of as fast as it goes
 */

/**
 * @typedef {object} LoadResult
 * @property {number} accepted
 * @property {number} startedAt first MAIL, milliseconds since 1970
 * @property {number} endedAt last 250
 * @property {number} p50Ms from the end of a letter to its 250
 * @property {number} p99Ms
 * @property {number} processorSeconds used by the load generator
 */

process.on('message', (message) => {
  const task = /** @type {LoadTask} */ (message);
  sendLetters(task).then(
    (result) => process.send?.({ result }),
    (error) => process.send?.({ error: String(error?.message ?? error) }),
  );
});
process.on('disconnect', () => process.exit(0));

/** @type {Map<number, import('./letters.js').LetterForm[]>} */
const formsBySize = new Map();

/** @param {number} bytes */
function formsOf(bytes) {
  const forms = formsBySize.get(bytes) ?? buildForms(bytes);
  formsBySize.set(bytes, forms);
  return forms;
}

/**
 * @param {LoadTask} task
 * @returns {Promise<LoadResult>}
 */
async function sendLetters(task) {
  const sorter = createSorter(task);
  /** @type {(error: Error) => void} */
  let onFault = () => undefined;
  const fault = new Promise((_, reject) => {
    onFault = reject;
  });
  fault.catch(() => undefined);
  const sessions = await Promise.all(
    Array.from({ length: task.connections }, () => openSession(task, onFault)),
  );
  const waits = new Float64Array(task.letters);
  let accepted = 0;
  const used = process.cpuUsage();
  const startedAt = now();
  const pace = createPace(task);
  const onKept = (/** @type {number} */ milliseconds) => {
    waits[accepted] = milliseconds;
    accepted += 1;
  };
  const carrying = sessions.map((session) => carryParcels(session, sorter(), onKept, pace));
  await Promise.race([Promise.all(carrying), fault]);
  const endedAt = now();
  const { user, system } = process.cpuUsage(used);
  sessions.forEach(closeSession);
  waits.sort();
  return {
    accepted,
    startedAt,
    endedAt,
    p50Ms: waits[Math.floor(accepted * 0.5)] ?? 0,
    p99Ms: waits[Math.floor(accepted * 0.99)] ?? 0,
    processorSeconds: (user + system) / 1e6,
  };
}

/**
 * Each session asks it for a function that gives the next letter of all, in a buffer of the session's own.
 * @param {LoadTask} task
 */
function createSorter({ letters, first, bytes }) {
  const forms = formsOf(bytes);
  const today = Math.floor(Date.now() / 1000) - letters;
  let sent = 0;
  return () => {
    /** @type {import('./letters.js').LetterForm[]} */
    const own = forms.map((form) => ({ ...form, head: Buffer.from(form.head) }));
    return () => {
      if (sent === letters) return undefined;
      const number = first + sent;
      // Not the station's rhythm, so that every station gets every kind of letter.
      const form = own[(number * 7 + Math.floor(number / 10)) % own.length];
      if (!form) return undefined;
      stampForm(form, number, mailDate(today + sent));
      sent += 1;
      return { ...envelopeOf(number), bytes: form.bytes, content: [form.head, form.tail] };
    };
  };
}

/** Who asks gets the next moment of the pace, and waits for it. @param {LoadTask} task */
function createPace({ perSecond }) {
  if (perSecond === undefined) return () => 0;
  const begin = performance.now();
  let given = 0;
  return () => {
    given += 1;
    return begin + ((given - 1) * 1_000) / perSecond - performance.now();
  };
}

function now() {
  return performance.timeOrigin + performance.now();
}
