import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Escalation } from '../../src/domain/escalation.js';
import type { LadderRank } from '../../src/domain/people.js';
import { ladderOf } from '../../src/domain/sla-rules.js';
import type { ClockName, JournalEntry, Ticket, TicketClock, Wait } from '../../src/domain/ticket.js';
import { type City, openCity } from './city.js';
import { type MonthFacts, runMonth } from './month.js';
import { expectedAt, expectedRank, OfficeSeconds, stepKey, sweepAfter } from './oracle.js';
import { seeded } from './random.js';

const SEED = Number(process.env.THANADAK_SEED ?? 20_261_001);
const START = '2026-10-01T00:00:00.000Z';
/** `THANADAK_MONTH=full`, as continuous integration has it, makes it the whole city for a month. */
const PLAN =
  process.env.THANADAK_MONTH === 'full'
    ? { stations: 80, letters: 5_000, days: 30 }
    : { stations: 20, letters: 500, days: 10 };
const FAR = Date.parse('2100-01-01T00:00:00.000Z');
const HOLIDAYS = new Set(['2026-10-17', '2026-10-19', '2026-10-20']);

interface Story {
  ticket: Ticket;
  clocks: TicketClock[];
  waits: Wait[];
  escalations: Escalation[];
  journal: JournalEntry[];
}

async function storiesOf(city: City): Promise<Story[]> {
  const stories: Story[] = [];
  for (const ticket of await city.store.tickets.list({ limit: 100_000 })) {
    stories.push({
      ticket,
      clocks: await city.store.clocks.ofTicket(ticket.id),
      waits: await city.store.waits.ofTicket(ticket.id),
      escalations: await city.store.escalations.ofTicket(ticket.id),
      journal: await city.store.journal.ofTicket(ticket.id),
    });
  }
  return stories;
}

async function live(plan: typeof PLAN): Promise<{ city: City; facts: MonthFacts }> {
  const city = await openCity({ stations: plan.stations, start: START });
  const outages = [
    [3_600, 3_625],
    [20_000, 20_028],
  ];
  const startMs = Date.parse(START);
  city.farSide.answer = (letter, now) => {
    const minute = (Date.parse(now) - startMs) / 60_000;
    if (outages.some(([from = 0, to = 0]) => minute >= from && minute < to)) return 'later';
    return letter.to.endsWith('@nowhere.example') ? 'never' : 'take';
  };
  return { city, facts: await runMonth(city, seeded(SEED), plan) };
}

describe(`${PLAN.letters} letters at ${PLAN.stations} stations in ${PLAN.days} days (seed ${SEED})`, () => {
  let city: City;
  let facts: MonthFacts;
  let stories: Story[];
  let office: OfficeSeconds;
  const end = Date.parse(START) + PLAN.days * 86_400_000;

  beforeAll(async () => {
    ({ city, facts } = await live(PLAN));
    stories = await storiesOf(city);
    office = new OfficeSeconds(START, PLAN.days + 40, HOLIDAYS);
    const count = (n: number) => String(n).padStart(6);
    const breached = stories.flatMap(({ clocks }) => clocks).filter(({ breachedAt }) => breachedAt !== null);
    const escalations = stories.flatMap((story) => story.escalations);
    process.stderr.write(
      `seed ${SEED}: ${count(facts.filed)} letters, ${count(facts.deeds)} deeds (${facts.refused} refused), ` +
        `${count(breached.length)} breaches, ${count(escalations.length)} escalations, ${count(facts.digests)} digests\n`,
    );
  }, 240_000);

  afterAll(async () => {
    await city.close();
    // Letters that can never be delivered are given up with a warning; nothing else may be.
    const unexpected = city.log.takeWarnings().filter(({ message }) => message !== 'letter given up');
    expect(unexpected).toEqual([]);
  });

  it('leaves no ticket without somebody who answers for it', () => {
    expect(facts.unowned).toEqual([]);
    expect(stories.length).toBeGreaterThan(PLAN.letters * 0.9);
  });

  it('acknowledges every letter within the hour, or lists it as owed by hand', async () => {
    const owed = new Set((await city.store.tickets.list({ owed: true, limit: 100_000 })).map(({ id }) => id));
    const late = stories.filter(({ ticket, clocks }) => {
      const clock = clocks.find(({ name }) => name === 'acknowledgement');
      if (!clock || owed.has(ticket.id)) return false;
      return clock.metAt === null ? Date.parse(clock.dueAt) <= end : clock.metAt > clock.dueAt;
    });
    expect(late.map(({ ticket }) => ticket.reference)).toEqual([]);
    expect(owed.size).toBeLessThan(PLAN.letters * 0.05);
  });

  it('tells no step twice', () => {
    const keys = stories.flatMap(({ escalations }) => escalations.map(stepKey));
    expect(keys.length).toBe(new Set(keys).size);
    const mails = city.delivered
      .filter(({ kind }) => kind === 'escalation')
      .map(({ to, text }) => `${to} ${text}`);
    expect(mails.length).toBe(new Set(mails).size);
  });

  it('finds every breach at its minute and tells every marked step at its minute', () => {
    let checked = 0;
    const wrong: string[] = [];
    for (const story of stories) {
      for (const clock of story.clocks) {
        if (!isUnchanged(story, clock)) continue;
        checked += 1;
        wrong.push(...faultsOf(story, clock));
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(PLAN.letters * 2);
  });

  /** The oracle knows no plan but the first: clocks whose urgency or station changed are left to the table tests. */
  function isUnchanged({ ticket, journal }: Story, clock: TicketClock): boolean {
    if (clock.plan.stretches.length > 1 || clock.state === 'lifted') return false;
    return !isJudgedAnew(journal) && ticket.state !== 'merged';
  }

  function isJudgedAnew(journal: readonly JournalEntry[]): boolean {
    return journal.some(
      ({ event, detail }) => event === 'triaged' && (detail.from as Ticket).urgency !== detail.urgency,
    );
  }

  function faultsOf(story: Story, clock: TicketClock): string[] {
    const metMs = clock.metAt === null ? end + 1 : Date.parse(clock.metAt);
    const name = `${story.ticket.reference} ${clock.name} ${clock.round}`;
    const ladder = ladderOf(city.rules.sla, clock.name, story.ticket.urgency);
    const steps = ladder.flatMap((rule, step) => {
      if (!rule.at || rule.rank === 'resident') return [];
      const ms = 'percent' in rule.at ? (clock.plan.targetMs * rule.at.percent) / 100 : rule.at.after;
      const mark = Math.max(markOf(story, clock, Math.round(ms)), begunAt(story, clock));
      return stepFaults(story, { clock, step, metMs, mark });
    });
    return [...breachFaults(story, clock, metMs), ...steps].map((fault) => `${name}: ${fault}`);
  }

  /** The three days of the law run from the receipt, but nobody is told of them before the letter is in the register. */
  function begunAt({ journal }: Story, clock: TicketClock): number {
    if (clock.name !== 'signature') return 0;
    return Date.parse(journal.find(({ event }) => event === 'registered')?.at ?? START);
  }

  /** Beyond the end of time when it never comes. */
  function markOf({ waits }: Story, clock: TicketClock, ms: number): number {
    return Math.min(expectedAt(clock, ms, { waits, office }) ?? FAR, FAR);
  }

  function breachFaults(story: Story, clock: TicketClock, metMs: number): string[] {
    const due = markOf(story, clock, clock.plan.targetMs);
    const expected = due < metMs && sweepAfter(due, START) <= end ? new Date(due).toISOString() : null;
    return expected === clock.breachedAt ? [] : [`breached at ${clock.breachedAt}, expected ${expected}`];
  }

  function stepFaults(
    { escalations }: Story,
    { clock, step, metMs, mark }: { clock: TicketClock; step: number; metMs: number; mark: number },
  ): string[] {
    const told = escalations.find(
      (one) => one.clock === clock.name && one.round === clock.round && one.step === step,
    );
    const sweep = sweepAfter(mark, START);
    const expected = sweep <= end && sweep < metMs;
    if (expected !== (told !== undefined))
      return [`step ${step} told at ${told?.at}, mark ${new Date(mark).toISOString()}`];
    const right = !told || (Date.parse(told.markedAt) <= mark && Date.parse(told.at) === sweep);
    return right ? [] : [`step ${step} told at ${told?.at} for ${told?.markedAt}`];
  }

  it('tells the right rank', () => {
    const wrong = stories.flatMap((story) =>
      onClocks(story.escalations).flatMap((one) => rankFaults(story, one)),
    );
    expect(wrong).toEqual([]);
  });

  it('tells the next rank when nobody acknowledges in time, and never when somebody did', () => {
    const wrong: string[] = [];
    let climbed = 0;
    for (const story of stories) {
      // A ladder belongs to an urgency; what another one's steps were is not in the rows.
      if (isJudgedAnew(story.journal)) continue;
      for (const escalation of onClocks(story.escalations)) {
        const next = stepAbove(story, escalation);
        if (!next) continue;
        climbed += 1;
        wrong.push(...climbFaults(story, escalation, next));
      }
    }
    expect(wrong).toEqual([]);
    expect(climbed).toBeGreaterThan(PLAN.letters / 20);
  });

  function onClocks(
    escalations: readonly Escalation[],
  ): (Escalation & { clock: ClockName; rank: LadderRank })[] {
    const causes: string[] = ['reopened', 'restricted'];
    return escalations.filter(({ clock, rank }) => rank !== 'resident' && !causes.includes(clock)) as never;
  }

  function rankFaults(
    { ticket, journal }: Story,
    { clock, step, rank, at, told }: Escalation & { clock: ClockName; rank: LadderRank },
  ): string[] {
    const where = `${ticket.reference} ${clock} ${step}`;
    if (told.length === 0) return [`${where}: nobody was told`];
    const meant = ladderOf(city.rules.sla, clock, ticket.urgency)[step]?.rank;
    if (!meant || meant === 'resident' || !isSimple(ticket, journal)) return [];
    const officer = assignedAt(journal, at);
    const expected = expectedRank(meant, { ticket, officer, city, leaves: facts.leaves }, at);
    return expected === rank ? [] : [`${where}: ${rank}, expected ${expected}`];
  }

  /** The step told because nobody acknowledged this one. */
  function stepAbove(
    { ticket, escalations }: Story,
    { clock, round, step }: Escalation,
  ): Escalation | undefined {
    if (ladderOf(city.rules.sla, clock as ClockName, ticket.urgency)[step + 1]?.at !== null) return undefined;
    return escalations.find((one) => one.clock === clock && one.round === round && one.step === step + 1);
  }

  function climbFaults({ ticket, clocks }: Story, from: Escalation, to: Escalation): string[] {
    const where = `${ticket.reference} ${from.clock} ${from.step}`;
    const met = clocks.find(({ name, round }) => name === from.clock && round === from.round)?.metAt ?? null;
    const answered = from.acknowledgedAt !== null && from.acknowledgedAt < to.at;
    if (answered || (met !== null && met < to.at)) return [`${where}: climbed although answered`];
    return to.markedAt === from.answerBy ? [] : [`${where}: climbed at ${to.at}`];
  }

  /** Station, rank and hiding as at the beginning, so that the list of people alone tells who was to be told. */
  function isSimple(ticket: Ticket, journal: readonly JournalEntry[]): boolean {
    const moved = journal.some(({ event }) => event === 'transferred');
    return ticket.restriction === 'none' && ticket.level === 'officer' && !moved && !isJudgedAnew(journal);
  }

  function assignedAt(journal: readonly JournalEntry[], at: string): string | null {
    const assigned = journal.filter((entry) => entry.event === 'assigned' && entry.at <= at).at(-1);
    return (assigned?.detail.officer as string | undefined) ?? null;
  }

  it('leaves nothing undone', async () => {
    const now = new Date(end).toISOString();
    expect(await city.store.clocks.due(now, 10)).toEqual([]);
    expect(await city.store.escalations.due(now, 10)).toEqual([]);
    expect(await city.store.waits.due(now, 10)).toEqual([]);
  });
});

describe('the same seed', () => {
  it('replays exactly', async () => {
    const plan = { stations: 10, letters: 150, days: 5 };
    const first = await digestOf(plan);
    expect(await digestOf(plan)).toBe(first);
  }, 120_000);

  async function digestOf(plan: typeof PLAN): Promise<string> {
    const { city } = await live(plan);
    const hash = createHash('sha256');
    hash.update(JSON.stringify(await storiesOf(city)));
    hash.update(JSON.stringify(city.delivered));
    await city.close();
    return hash.digest('hex');
  }
});
