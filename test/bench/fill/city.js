// Two years of letters to a city's police, in the order in which everything happened.
import { fromDist } from '../dist.js';
import { createAgenda } from './agenda.js';
import { weighted } from './chance.js';
import { instant, junkLife, residentLife, robotLife } from './life.js';
import { nameIn, sentence, writeLetter } from './words.js';

const { formatReference } = await fromDist('domain/reference.js');
const { textMark } = await fromDist('domain/text-mark.js');

const DAY = 86_400_000;
const SPAN = 730 * DAY;
/** What the daemon still holds against others: without marks it would look at all of it after its start. */
const MARKED = 3 * DAY;
const chooseLanguages = weighted([
  [['en'], 45],
  [['bn'], 38],
  [['hi'], 11],
  [['bn', 'en'], 6],
]);
/** Letters by the hour in India, as UTC hours 0 to 23. */
const BY_HOUR = [4, 5, 6, 7, 8, 8, 8, 7, 6, 6, 6, 6, 7, 8, 8, 7, 6, 5, 3, 2, 1, 1, 1, 2];
const chooseHour = weighted(BY_HOUR.map((weight, hour) => [hour, weight]));

/**
 * @typedef {object} Writing
 * @property {ReturnType<typeof import('./rows.js').createRows>} rows
 * @property {import('./chance.js').Chance} chance
 * @property {import('./town.js').Town} town
 * @property {number} end ms
 */

/**
 * Writes `count` tickets; `onTicket` hears how many there are, at moments when a transaction may end.
 * @param {Writing} writing @param {number} count @param {(done: number) => void} onTicket
 */
export function writeCity(writing, count, onTicket) {
  const agenda = createAgenda();
  const numbers = new Map();
  const newest = new Map();
  const times = arrivals(writing, count);
  for (let index = 0; index < count; index += 1) {
    const at = /** @type {number} */ (times[index]);
    happenUntil(writing, agenda, at);
    openTicket({ ...writing, agenda, numbers, newest }, at);
    onTicket(index + 1);
  }
  happenUntil(writing, agenda, writing.end);
  for (const [key, value] of numbers) {
    const [station, year] = key.split(' ');
    writing.rows.insert('counter', { station, year: Number(year), value });
  }
}

/** @param {Writing} writing @param {number} count */
function arrivals({ chance, end }, count) {
  const start = Math.floor((end - SPAN) / DAY) * DAY;
  return Float64Array.from({ length: count }, () => {
    // A little more from year to year.
    const day = Math.floor(730 * chance.random() ** 0.93);
    const time = start + day * DAY + (chooseHour(chance.random) + chance.random()) * 3_600_000;
    return Math.floor(Math.min(time, end - 1 - chance.below(DAY / 2)));
  }).sort();
}

/** @param {Writing} writing @param {any} agenda @param {number} until */
function happenUntil(writing, agenda, until) {
  for (let next = agenda.takeBefore(until); next; next = agenda.takeBefore(until)) happen(writing, next);
}

/** @param {Writing} writing @param {any} happening */
function happen({ rows, chance, town }, { ticket, at, event, actor, detail, letter, answer, step }) {
  const more = {};
  if (letter)
    Object.assign(more, { outboxId: sendLetter({ rows, chance, town }, ticket, { at, kind: letter }) });
  if (answer) {
    const text = sentence(chance, ticket.languages[0]);
    const letterId = addLetter({ rows, chance }, ticket, { at, bytes: 1_500 + chance.below(4_000) });
    rows.addMessage(inMessage(chance, ticket, { at, letterId, subject: ticket.subject, text }));
    Object.assign(more, { letterId });
  }
  if (step) Object.assign(more, { escalationId: raise({ rows, chance }, ticket, { ...step, at }) });
  rows.writeJournal(ticket, { at, actor, event, detail: { ...detail, ...more } });
}

/** @param {Writing & { agenda: any, numbers: Map<string, number>, newest: Map<string, string> }} writing @param {number} at */
function openTicket({ rows, chance, town, end, agenda, numbers, newest }, at) {
  const arrival = {
    chance,
    rules: town.rules,
    at,
    end,
    station: town.chooseStation(chance.random),
    category: town.chooseCategory(chance.random),
  };
  const luck = chance.random();
  const life = luck < 0.05 ? junkLife(arrival) : luck < 0.07 ? robotLife(arrival) : residentLife(arrival);
  const year = new Date(at).getUTCFullYear();
  const key = `${arrival.station.code} ${year}`;
  numbers.set(key, (numbers.get(key) ?? 0) + 1);
  const languages = chooseLanguages(chance.random);
  const { subject, text } = writeLetter(chance, languages);
  const number = chance.below(400_000);
  const ticket = {
    id: chance.id(at),
    reference: formatReference(arrival.station.code, year, numbers.get(key)),
    station: arrival.station,
    languages,
    subject,
    resident: `resident.${number}@mail${number % 7}.example`,
    name: `${nameIn(chance, languages[0])} ${nameIn(chance, languages[0])}`,
  };
  const restriction = life.facts.restriction ?? 'none';
  insertTicket({ rows }, ticket, { at, life, restriction, text, newest });
  const letterId = addLetter({ rows, chance }, ticket, { at, bytes: 1_500 + chance.below(8_000) });
  rows.addMessage(inMessage(chance, ticket, { at, letterId, subject, text }));
  rows.writeJournal(ticket, { at, actor: 'system', event: 'opened', detail: { letterId, kind: 'letter' } });
  acknowledge({ rows, chance, town, end }, ticket, { at, life, letterId });
  for (const clock of life.clocks) rows.insert('clock', clockRow(ticket, clock));
  for (const wait of life.waits) rows.insert('wait', waitRow(ticket, { chance, at, wait, end }));
  for (const happening of life.happenings) agenda.add({ ticket, ...happening, at: Math.floor(happening.at) });
  for (const step of life.steps) agenda.add(stepHappening(ticket, step));
  if (at > end - MARKED)
    rows.insert('matter_mark', {
      ticket_id: ticket.id,
      received_at: instant(at),
      head_id: ticket.id,
      near: null,
      marks: 'null',
    });
}

const UNTOUCHED = {
  state: 'new',
  urgency: null,
  category: null,
  acknowledged_at: null,
  officer: null,
  urgency_by: null,
  closed_at: null,
  outcome: null,
  waiting_for: null,
  waiting_until: null,
  attention: null,
  junk: null,
  junk_opinion: null,
  version: 0,
  changed_at: null,
};

/** @param {any} writing @param {any} ticket @param {any} about */
function insertTicket({ rows }, ticket, { at, life, restriction, text, newest }) {
  const facts = { ...UNTOUCHED, ...life.facts };
  const other = newest.get(ticket.station.code) ?? null;
  rows.insert('ticket', {
    id: ticket.id,
    reference: ticket.reference,
    station: ticket.station.code,
    state: facts.state,
    urgency: facts.urgency,
    category: facts.category,
    languages: ticket.languages.join(' '),
    subject: ticket.subject,
    resident_address: ticket.resident,
    resident_key: ticket.resident,
    resident_name: ticket.name,
    verdict: 'aligned',
    received_at: instant(at),
    acknowledged_at: facts.acknowledged_at,
    officer: facts.officer,
    urgency_by: facts.urgency_by,
    proposal: facts.category
      ? JSON.stringify({ urgency: facts.urgency, category: facts.category, score: 7, fired: [] })
      : null,
    restriction,
    closed_at: facts.closed_at,
    outcome: facts.outcome,
    merged_into: facts.state === 'merged' ? other : null,
    waiting_for: facts.waiting_for,
    waiting_until: facts.waiting_until,
    attention: facts.attention,
    text_mark: textMark({ sender: ticket.resident, subject: ticket.subject, own: text }),
    junk: facts.junk,
    junk_opinion: facts.junk_opinion,
    version: facts.version,
    changed_at: facts.changed_at,
    due_at: firstDeadline(life.clocks),
  });
  newest.set(ticket.station.code, ticket.reference);
}

/** @param {any[]} clocks */
function firstDeadline(clocks) {
  const pending = clocks
    .filter(({ state }) => state === 'running' || state === 'breached')
    .map(({ dueAt }) => dueAt);
  return pending.sort()[0] ?? null;
}

/** The file itself is left out. @param {any} writing @param {any} ticket @param {{ at: number, bytes: number }} about */
function addLetter({ rows, chance }, ticket, { at, bytes }) {
  const id = chance.id(at);
  const sha = hex(chance, 64);
  const [year, month, day] = instant(at).slice(0, 10).split('-');
  rows.insert('letter', {
    id,
    received_at: instant(at),
    sha256: sha,
    bytes,
    archive_path: `letters/${year}/${month}/${day}/${id}.eml`,
    fingerprint: `${sha} ${ticket.resident} ${ticket.station.code}`,
    envelope: JSON.stringify({
      from: ticket.resident,
      to: [ticket.station.address],
      client: { address: '192.0.2.17', name: 'out.mail.example', relay: '127.0.0.1' },
      protocol: 'ESMTPS',
      tls: null,
    }),
  });
  ticket.sha256 = sha;
  return id;
}

/** @param {import('./chance.js').Chance} chance @param {any} ticket @param {any} about */
function inMessage(chance, ticket, { at, letterId, subject, text }) {
  return {
    id: chance.id(at),
    ticket_id: ticket.id,
    letter_id: letterId,
    station: ticket.station.code,
    direction: 'in',
    kind: 'letter',
    from_address: ticket.resident,
    from_name: ticket.name,
    recipients: JSON.stringify([ticket.station.address]),
    subject,
    text,
    message_id: `<${letterId}@mail.example>`,
    received_at: instant(at),
    sha256: ticket.sha256,
    parsed: 1,
    verdict: 'aligned',
    attachments: chance.happens(0.15) ? JSON.stringify([picture(chance)]) : '[]',
    sender_check: CHECKED,
  };
}

const CHECKED = JSON.stringify({
  verdict: 'aligned',
  why: 'DMARC passed for mail.example.',
  spf: { result: 'pass', domain: 'mail.example', detail: '' },
  dkim: [{ result: 'pass', domain: 'mail.example', detail: '' }],
  dmarc: { result: 'pass', domain: 'mail.example', detail: 'p=reject' },
  arc: null,
});

/** @param {import('./chance.js').Chance} chance */
function picture(chance) {
  return {
    name: `IMG_${chance.below(10_000)}.jpg`,
    type: 'image/jpeg',
    size: 90_000 + chance.below(3_000_000),
    sha256: hex(chance, 64),
    part: '2',
  };
}

/** @param {import('./chance.js').Chance} chance @param {number} length */
function hex(chance, length) {
  let text = '';
  while (text.length < length)
    text += Math.floor(chance.random() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  return text;
}

/** @param {any} writing @param {any} ticket @param {any} about */
function acknowledge({ rows, chance, town, end }, ticket, { at, life, letterId }) {
  const pattern = town.acknowledgementIn.get(ticket.languages.join(' '));
  const id = chance.id(at);
  const letter = fill(pattern, {
    ID: id,
    REFERENCE: ticket.reference,
    LETTER: letterId,
    AT: instant(at),
    STATION: ticket.station.address,
    NAME: ticket.station.name,
    RESIDENT: ticket.resident,
  });
  const sentAt = at + 1_000 + chance.below(15_000);
  const isSent = life.suppressed === null && sentAt < end;
  rows.insert('outbox', {
    ...outboxRow(ticket, { id, kind: 'acknowledgement', letter, at, domain: town.mailDomain }),
    letter_id: letterId,
    ...(isSent
      ? sentRow(sentAt)
      : life.suppressed
        ? { state: 'suppressed', reason: life.suppressed, attempts: 0 }
        : { state: 'queued', attempts: 0, next_at: instant(at) }),
  });
  if (life.suppressed)
    rows.writeJournal(ticket, {
      at,
      actor: 'system',
      event: 'acknowledgement-suppressed',
      detail: { reason: life.suppressed },
    });
}

/** @param {string} pattern @param {Record<string, string>} values */
function fill(pattern, values) {
  return pattern.replace(/@([A-Z]+)@/g, (mark, name) => values[name] ?? mark);
}

/** @param {any} ticket @param {any} about */
function outboxRow(ticket, { id, kind, letter, at, domain }) {
  return {
    id,
    kind,
    ticket_id: ticket.id,
    also_for: '[]',
    received_at: instant(at),
    due_at: instant(at),
    created_at: instant(at),
    recipient: ticket.resident,
    message_id: `<${id}@${domain}>`,
    letter,
  };
}

/** @param {number} at */
function sentRow(at) {
  return {
    state: 'sent',
    attempts: 1,
    sent_at: instant(at),
    last_reply: '250 2.0.0 Ok: queued',
    queue_id: at.toString(36),
  };
}

/** An officer's letter to the resident. @param {any} writing @param {any} ticket @param {{ at: number, kind: string }} about */
function sendLetter({ rows, chance, town }, ticket, { at, kind }) {
  const id = chance.id(at);
  const text = `${sentence(chance, ticket.languages[0])}\n${ticket.reference}`;
  const letter = JSON.stringify({
    id,
    kind,
    envelopeFrom: ticket.station.address,
    to: ticket.resident,
    from: { address: ticket.station.address, name: ticket.station.name },
    replyTo: null,
    subject: ticket.subject,
    text,
    messageId: `<${id}@${town.mailDomain}>`,
    inReplyTo: null,
    references: [],
    headers: [],
    createdAt: instant(at),
  });
  rows.insert('outbox', {
    ...outboxRow(ticket, { id, kind, letter, at, domain: town.mailDomain }),
    ...sentRow(at + 3_000),
  });
  rows.addMessage({
    id: chance.id(at),
    ticket_id: ticket.id,
    station: ticket.station.code,
    direction: 'out',
    kind,
    from_address: ticket.station.address,
    from_name: ticket.station.name,
    recipients: JSON.stringify([ticket.resident]),
    subject: ticket.subject,
    text,
    message_id: `<${id}@${town.mailDomain}>`,
    received_at: instant(at),
    parsed: 1,
    verdict: 'unknown',
    attachments: '[]',
  });
  return id;
}

/** @param {any} ticket @param {any} clock */
function clockRow(ticket, clock) {
  return {
    ticket_id: ticket.id,
    name: clock.name,
    round: clock.round,
    state: clock.state,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
    met_at: clock.metAt,
    breached_at: clock.breachedAt,
    plan: JSON.stringify(clock.plan),
    step: clock.step,
    next_at: clock.nextAt,
  };
}

/** @param {any} ticket @param {any} about */
function waitRow(ticket, { chance, at, wait, end }) {
  const isOver = wait.ended_at !== undefined;
  return {
    id: chance.id(at),
    ticket_id: ticket.id,
    waiting_for: wait.waiting_for,
    started_at: instant(wait.started_at),
    until: instant(wait.until),
    ended_at: isOver ? instant(wait.ended_at) : null,
    next_at: isOver || wait.until < end ? null : instant(wait.until),
  };
}

/** @param {any} ticket @param {any} step */
function stepHappening(ticket, step) {
  const at = Date.parse(step.at);
  return {
    ticket,
    at,
    event: 'escalated',
    actor: 'system',
    detail: { clock: step.name, round: 1, step: step.step, rank: step.rank },
    step,
  };
}

/** Answered within hours but for a few, and for what is still late. @param {any} writing @param {any} ticket @param {any} step */
function raise({ rows, chance }, ticket, { at, name, step, rank, isOver }) {
  const id = chance.id(at);
  const isOpen = isOver === undefined ? chance.happens(0.5) : chance.happens(0.01);
  rows.insert('escalation', {
    id,
    ticket_id: ticket.id,
    clock: name,
    round: 1,
    step,
    rank,
    told: JSON.stringify([`${rank}.${ticket.station.code}`]),
    marked_at: instant(at),
    at: instant(at),
    answer_by: instant(at + DAY / 6),
    acknowledged_at: isOpen ? null : instant(at + chance.below(DAY / 6)),
    acknowledged_by: isOpen ? null : ticket.station.officers[0],
  });
  return id;
}
