// A month in the city: residents write, officers act, forget and go on leave, superiors answer or do not.
import { acknowledgeEscalation } from '../../src/desk/escalations.js';
import { ThanadakError } from '../../src/domain/errors.js';
import { peopleOf } from '../../src/domain/people.js';
import { type Actor, actorOf, OPERATOR } from '../../src/domain/rights.js';
import { type Ticket, URGENCIES } from '../../src/domain/ticket.js';
import { shift } from '../../src/domain/time.js';
import type { City } from './city.js';
import type { Random } from './random.js';

const MINUTE = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
/** Minutes between two passes of the outbox, which in life wakes at once: each pass costs two syncs of the disk. */
const DELIVERY = 5;

export interface MonthPlan {
  days: number;
  letters: number;
  stations: number;
}

export interface Leave {
  officer: string;
  from: string;
  until: string;
  deputy: string | null;
}

export interface MonthFacts {
  filed: number;
  deeds: number;
  /** Deeds that the state of the ticket no longer allowed. */
  refused: number;
  events: number;
  digests: number;
  /** Every sweep that did something: when, and how much. */
  leaves: Leave[];
  /** Unclosed tickets found without anybody who answers for them. */
  unowned: string[];
}

interface Month extends MonthPlan {
  city: City;
  random: Random;
  facts: MonthFacts;
  /** By minute since the start. */
  agenda: Map<number, (() => Promise<void>)[]>;
  now: number;
}

const LETTERS: { subject: string; text: string }[] = [
  { subject: 'Help now', text: 'A man with a knife is breaking in right now, please send police.' },
  { subject: 'বাঁচান', text: 'আমার স্বামীকে এখনই মারছে, ছুরি নিয়ে এসেছে, তাড়াতাড়ি আসুন।' },
  { subject: 'Theft', text: 'My bicycle was stolen from the garage last night. I want to report the theft.' },
  { subject: 'शोर', text: 'हमारी गली में हर रात लाउडस्पीकर बजता है, कृपया कुछ कीजिए।' },
  { subject: 'Street light', text: 'The street light in our lane has been out for a week.' },
  { subject: 'Lost phone', text: 'I lost my telephone in a bus on Monday and need a diary entry.' },
  {
    subject: 'Complaint',
    text: 'A constable asked me for a bribe. I want to complain against the police officer.',
  },
  { subject: 'Domestic help', text: 'I send the details of our domestic help for verification.' },
  { subject: 'Parking', text: 'Cars are parked on the footpath all day, traffic is blocked.' },
  { subject: 'Loitering', text: 'Unknown men loiter near the school in the evening, it looks suspicious.' },
];

export async function runMonth(city: City, random: Random, plan: MonthPlan): Promise<MonthFacts> {
  const facts = { filed: 0, deeds: 0, refused: 0, events: 0, digests: 0, leaves: [], unowned: [] };
  const month: Month = { ...plan, city, random, facts, agenda: new Map(), now: 0 };
  const minutes = plan.days * DAY;
  for (let n = 0; n < plan.letters; n += 1)
    schedule(month, random.whole(0, minutes), () => writeLetter(month, n));
  await sendOnLeave(month);
  let seen = '';
  for (let minute = 0; minute <= minutes; minute += 1) {
    month.now = minute;
    for (const action of month.agenda.get(minute) ?? []) await action();
    month.agenda.delete(minute);
    if (minute % DELIVERY === 0) await city.outbox.runOnce();
    const { events, digests } = await city.sla.sweep();
    facts.events += events;
    facts.digests += digests;
    if (events > 0) seen = await planAnswers(month, seen);
    if (minute % DAY === 12 * HOUR) await findUnowned(month);
    city.clock.advance(MINUTE);
  }
  return facts;
}

function schedule(month: Month, minute: number, action: () => Promise<void>): void {
  const actions = month.agenda.get(minute) ?? [];
  actions.push(action);
  month.agenda.set(minute, actions);
}

function later(month: Month, minutes: number, action: () => Promise<void>): void {
  schedule(month, month.now + minutes, action);
}

async function sendOnLeave({ city, random, facts, days }: Month): Promise<void> {
  const officers = city.rules.officers.filter(({ rank }) => rank !== 'admin');
  for (const officer of officers) {
    if (!random.chance(0.25)) continue;
    const until = shift(city.clock.now(), random.whole(1, days) * DAY * MINUTE);
    const colleagues = officers.filter(
      (one) =>
        one.id !== officer.id &&
        one.rank === officer.rank &&
        one.stations.some((s) => officer.stations.includes(s)),
    );
    const deputy = colleagues.length > 0 && random.chance(0.6) ? random.pick(colleagues).id : null;
    facts.leaves.push({ officer: officer.id, from: city.clock.now(), until, deputy });
    const record = { ...officer, away: { until, deputy }, absenceOnly: true };
    await city.store.transact((unit) => unit.officers.save(record));
  }
}

async function writeLetter(month: Month, n: number): Promise<void> {
  const { city, random } = month;
  const station = `s${random.whole(0, month.stations)}`;
  const words = random.pick(LETTERS);
  const robot = random.chance(0.03);
  const lost = random.chance(0.01) ? 'nowhere' : 'home';
  const from = `resident${n}@${lost}.example`;
  const headers = robot ? [{ name: 'auto-submitted', value: 'auto-generated' }] : [];
  const filed = await city.file({
    to: [`${station}@kolkatapolice.example`],
    from,
    message: { ...words, headers },
  });
  month.facts.filed += 1;
  const [reference] = filed.references;
  if (reference && !robot) await expectOfficer(month, reference);
}

const FIRST_LOOK = { urgent: 12, 'semi-urgent': 3 * HOUR, 'non-urgent': 20 * HOUR };
const WORK = { urgent: 10 * HOUR, 'semi-urgent': 2 * DAY, 'non-urgent': 7 * DAY };

async function expectOfficer(month: Month, reference: string): Promise<void> {
  const { random } = month;
  if (random.chance(0.1)) return;
  const ticket = await month.city.ticket(reference);
  const urgency = ticket.urgency ?? 'non-urgent';
  later(month, random.minutes(FIRST_LOOK[urgency]), () => takeUp(month, reference));
  if (random.chance(0.88)) later(month, random.minutes(WORK[urgency]), () => finish(month, reference));
}

/** Runs a deed; that the state does not allow it any more is part of life. */
async function attempt(month: Month, deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed();
    month.facts.deeds += 1;
    return true;
  } catch (error) {
    if (!(error instanceof ThanadakError) || error.code !== 'conflict') throw error;
    month.facts.refused += 1;
    return false;
  }
}

function officerOf(month: Month, ticket: Ticket): string {
  return `si-${ticket.station}-${month.random.pick(['a', 'b', 'c'])}`;
}

async function takeUp(month: Month, reference: string): Promise<void> {
  const { city, random } = month;
  const order = { actor: OPERATOR, reference };
  const ticket = await city.ticket(reference);
  if (ticket.restriction === 'none') {
    await attempt(month, () => city.desk.assign({ ...order, officer: officerOf(month, ticket) }));
  }
  if (random.chance(0.15))
    await attempt(month, () => city.desk.triage({ ...order, urgency: random.pick(URGENCIES) }));
  const dice = random.next();
  if (dice < 0.2) await attempt(month, () => city.desk.reply({ ...order, text: 'We are looking into it.' }));
  else if (dice < 0.32) await askResident(month, reference);
  else if (dice < 0.38) await waitForAgency(month, reference);
  else if (dice < 0.44) await transfer(month, reference);
  else if (dice < 0.47)
    await attempt(month, () => city.desk.registerInformation({ ...order, substance: 'theft' }));
}

async function askResident(month: Month, reference: string): Promise<void> {
  const { city, random } = month;
  const until = shift(city.clock.now(), random.whole(1, 5) * DAY * MINUTE);
  const asked = await attempt(month, () =>
    city.desk.ask({ actor: OPERATOR, reference, text: 'At which house?', until }),
  );
  if (asked && random.chance(0.6)) {
    later(month, random.minutes(2 * DAY), () => answer(month, reference, 'It was at number 12.'));
  }
}

async function waitForAgency(month: Month, reference: string): Promise<void> {
  const { city, random } = month;
  const until = shift(city.clock.now(), random.whole(1, 4) * DAY * MINUTE);
  await attempt(month, () => city.desk.wait({ actor: OPERATOR, reference, for: 'agency', until }));
  if (random.chance(0.5)) {
    later(month, random.minutes(DAY), () =>
      attempt(month, () => city.desk.resume({ actor: OPERATOR, reference })).then(() => undefined),
    );
  }
}

async function transfer(month: Month, reference: string): Promise<void> {
  const to = `s${month.random.whole(0, month.stations)}`;
  await attempt(month, () =>
    month.city.desk.transfer({ actor: OPERATOR, reference, to, reason: 'It lies there.' }),
  );
}

async function finish(month: Month, reference: string): Promise<void> {
  const { city, random } = month;
  const order = { actor: OPERATOR, reference };
  const ticket = await city.ticket(reference);
  const information = await city.store.information.ofTicket(ticket.id);
  if (information && information.signedAt === null && information.decision === null && random.chance(0.9)) {
    if (random.chance(0.6)) await attempt(month, () => city.desk.sign({ ...order, how: 'at-station' }));
    else
      await attempt(month, () =>
        city.desk.decide({ ...order, decision: 'note', text: 'No offence is disclosed.' }),
      );
  }
  const closed = await attempt(month, () =>
    city.desk.close({ ...order, outcome: 'action-taken', text: 'A patrol went there and spoke to them.' }),
  );
  if (!closed) return;
  const dice = random.next();
  if (dice < 0.08) later(month, random.minutes(DAY), () => answer(month, reference, 'হয়নি, আবার হচ্ছে'));
  else if (dice < 0.18)
    later(month, random.minutes(DAY), () => answer(month, reference, 'Thank you very much.'));
}

/** The resident answers the last letter we sent about the ticket. */
async function answer(month: Month, reference: string, text: string): Promise<void> {
  const { city } = month;
  const ticket = await city.ticket(reference);
  const last = (await city.store.messages.ofTicket(ticket.id)).findLast(
    ({ direction }) => direction === 'out',
  );
  if (!last?.messageId) return;
  const station = reference.split('-')[0]?.toLowerCase();
  const before = ticket.state;
  await city.file({
    to: [`${station}@kolkatapolice.example`],
    from: ticket.resident.address,
    message: { subject: `Re: ${ticket.subject}`, text, inReplyTo: [last.messageId] },
  });
  const after = await city.ticket(reference);
  if (before === 'closed' && after.state === 'open' && month.random.chance(0.8)) {
    later(month, month.random.minutes(2 * DAY), () => finish(month, reference));
  }
}

/** Those who were told answer, most of them, after a while. Escalations raised since `seen` are new. */
async function planAnswers(month: Month, seen: string): Promise<string> {
  const { city, random } = month;
  let newest = seen;
  for (const escalation of await city.store.escalations.list({
    open: true,
    limit: 100_000,
    after: seen || undefined,
  })) {
    newest = escalation.id > newest ? escalation.id : newest;
    const [officer] = escalation.told;
    if (!officer || !random.chance(0.6)) continue;
    later(month, random.minutes(2 * HOUR), async () => {
      const people = peopleOf(city.rules.officers, await city.store.officers.list());
      const who = people.get(officer);
      const actor: Actor = who ? actorOf(who) : OPERATOR;
      await acknowledgeEscalation(city.deskOptions, { id: escalation.id, actor });
    });
  }
  return newest;
}

async function findUnowned({ city, facts }: Month): Promise<void> {
  const { ownersOf } = await import('../../src/domain/told.js');
  const people = peopleOf(city.rules.officers, await city.store.officers.list());
  for (const ticket of await city.store.tickets.list({ unclosed: true, limit: 100_000 })) {
    const station = city.rules.directory.stations.get(ticket.station) ?? city.rules.postmaster;
    const { holders } = ownersOf(ticket, station, { people, now: city.clock.now() });
    if (holders.length === 0) facts.unowned.push(ticket.reference);
  }
}
