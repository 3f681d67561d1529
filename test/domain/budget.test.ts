import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUDGET_RULES,
  type BudgetCounter,
  type BudgetedLetter,
  type BudgetRules,
  budgetCounters,
  circuitCounters,
  judgeBudget,
  oldestUsefulSlot,
} from '../../src/domain/budget.js';
import { formatReference } from '../../src/domain/reference.js';
import { type Instant, shift } from '../../src/domain/time.js';

const NOW = '2026-11-24T04:17:30.000Z';
const MINUTE = 60_000;
const LETTER: BudgetedLetter = { address: 'Rita@Home.example', stations: ['behala'], subject: 'Noise' };

/** A store of counters, as far as these rules need one. */
function account(rules: BudgetRules) {
  const used = new Map<string, number>();
  const id = ({ key, slot }: BudgetCounter) => `${key} ${slot}`;
  return {
    send(letter: BudgetedLetter, now: Instant) {
      const counters = budgetCounters(rules, letter, now);
      const decision = judgeBudget(
        counters,
        counters.map((counter) => used.get(id(counter)) ?? 0),
      );
      if (decision.allowed)
        for (const counter of counters) used.set(id(counter), (used.get(id(counter)) ?? 0) + 1);
      return decision.allowed ? 'sent' : decision.reason;
    },
  };
}

describe('the counters of an automatic letter', () => {
  it('say who is counted, in which window, the narrowest first', () => {
    const counters = budgetCounters(BUDGET_RULES, LETTER, NOW);
    expect(counters.map(({ key, slot }) => [key.replace(/[0-9a-f]{16}/, '#'), slot])).toEqual([
      ['station 10m behala rita@home.example', '2026-11-24T04:10'],
      ['station 60m behala rita@home.example', '2026-11-24T04:00'],
      ['station 1440m behala rita@home.example', '2026-11-24T00:00'],
      ['subject 60m # rita@home.example', '2026-11-24T04:00'],
      ['subject 1440m # rita@home.example', '2026-11-24T00:00'],
      ['address 60m rita@home.example', '2026-11-24T04:00'],
      ['address 1440m rita@home.example', '2026-11-24T00:00'],
      ['domain 10m home.example', '2026-11-24T04:10'],
      ['domain 60m home.example', '2026-11-24T04:00'],
      ['domain 1440m home.example', '2026-11-24T00:00'],
      ['all 10m', '2026-11-24T04:10'],
      ['all 60m', '2026-11-24T04:00'],
      ['all 1440m', '2026-11-24T00:00'],
    ]);
    expect(counters[0]?.until).toBe('2026-11-24T04:20:00.000Z');
    expect(counters[2]?.until).toBe('2026-11-25T00:00:00.000Z');
  });

  it('count a letter for several stations at each of them, once', () => {
    const letter = { ...LETTER, stations: ['behala', 'lake', 'behala'] };
    const keys = budgetCounters(BUDGET_RULES, letter, NOW).map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('station 10m'))).toEqual([
      'station 10m behala rita@home.example',
      'station 10m lake rita@home.example',
    ]);
    expect(keys.filter((key) => key.startsWith('address'))).toHaveLength(2);
  });

  it('never hold what anybody wrote', () => {
    const keys = budgetCounters(BUDGET_RULES, { ...LETTER, subject: 'My secret' }, NOW).map(({ key }) => key);
    expect(keys.join(' ')).not.toMatch(/secret/i);
  });

  it.each([
    ['an answer', 'Re: Noise'],
    ['an answer to an answer', 'RE: Fwd: re: Noise'],
    ['a reference of ours', `Noise [${formatReference('behala', 2026, 123)}]`],
    ['another number', 'Noise 17'],
    ['another case', 'NOISE!'],
    ['an answer in Bengali', 'উত্তর: Noise'],
  ])('take %s for the same subject', (_name, subject) => {
    const keyOf = (of: string) => budgetCounters(BUDGET_RULES, { ...LETTER, subject: of }, NOW)[3]?.key;
    expect(keyOf(subject)).toBe(keyOf('Noise'));
    expect(keyOf(`${subject} and theft`)).not.toBe(keyOf('Noise'));
  });

  it.each([
    ['another case', 'RITA@home.example', true],
    ['a tag', 'rita+ticket-17@home.example', true],
    ['two tags', 'rita+a+b@home.example', true],
    ['another name', 'ritab@home.example', false],
    ['nothing before the tag', '+rita@home.example', false],
  ])('take an address with %s for the same mailbox: %s', (_name, address, isSame) => {
    const keyOf = (of: string) => budgetCounters(BUDGET_RULES, { ...LETTER, address: of }, NOW)[5]?.key;
    expect(keyOf(address) === keyOf('rita@home.example')).toBe(isSame);
  });

  it('of all letters together are those of the circuit breaker', () => {
    const all = budgetCounters(BUDGET_RULES, LETTER, NOW).filter(({ reason }) => reason === 'budget-all');
    expect(circuitCounters(BUDGET_RULES, NOW)).toEqual(all);
  });

  it.each([
    ['longer than a day', 10_000, '2026-11-24T00:00', '2026-11-25T00:00:00.000Z'],
    ['shorter than a minute', 0, '2026-11-24T04:17', '2026-11-24T04:18:00.000Z'],
    ['not fitting into a day', 1_000, '2026-11-24T00:00', '2026-11-24T16:40:00.000Z'],
  ])('have windows also of a length %s', (_name, minutes, slot, until) => {
    const rules = { ...BUDGET_RULES, all: [{ minutes, limit: 1 }] };
    expect(circuitCounters(rules, NOW)).toEqual([expect.objectContaining({ slot, until })]);
  });

  it('are of no use before today', () => {
    const slots = budgetCounters(BUDGET_RULES, LETTER, NOW).map(({ slot }) => slot);
    expect(slots.every((slot) => slot >= oldestUsefulSlot(NOW))).toBe(true);
    expect('2026-11-23T23:50' < oldestUsefulSlot(NOW)).toBe(true);
  });
});

describe('the budget', () => {
  const counters = budgetCounters(BUDGET_RULES, LETTER, NOW);
  const usedAt = (reason: string, count: number) =>
    counters.map((counter) => (counter.reason === reason ? count : 0));

  it('allows what nobody was sent', () => {
    expect(judgeBudget(counters, [])).toEqual({ allowed: true });
    expect(
      judgeBudget(
        counters,
        counters.map(({ limit }) => limit - 1),
      ),
    ).toEqual({ allowed: true });
  });

  it.each(
    counters.map((counter, index) => [counter.key.replace(/[0-9a-f]{16}/, '#'), counter, index] as const),
  )('ends when %s is used up', (_name, { limit, reason, until }, index) => {
    const used = counters.map((_counter, at) => (at === index ? limit : 0));
    expect(judgeBudget(counters, used)).toMatchObject({ allowed: false, reason, until });
  });

  it('tells the narrowest reason, and calls the IT cell once a window and only when it is everybody’s', () => {
    expect(
      judgeBudget(
        counters,
        counters.map(() => 1_000_000),
      ),
    ).toMatchObject({ reason: 'budget-station', alarm: null });
    const alarm = 'budget all 10m 2026-11-24T04:10';
    expect(judgeBudget(counters, usedAt('budget-all', 10_000))).toMatchObject({
      reason: 'budget-all',
      alarm,
    });
    expect(judgeBudget(circuitCounters(BUDGET_RULES, NOW), [10_000, 0, 0])).toMatchObject({ alarm });
  });

  it('of a bombed address is spent by it alone: honest letters beside it all go', () => {
    const { send } = account(BUDGET_RULES);
    const outcomes = { bomb: new Map<string, number>(), honest: new Map<string, number>() };
    for (let n = 0; n < 10_000; n += 1) {
      const isHonest = n % 50 === 0;
      const address = isHonest ? `r${n}@home.example` : 'victim@home.example';
      const outcome = send(
        { address, stations: ['behala'], subject: `Letter ${String.fromCharCode(97 + (n % 26))}` },
        NOW,
      );
      const counted = isHonest ? outcomes.honest : outcomes.bomb;
      counted.set(outcome, (counted.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.honest]).toEqual([['sent', 200]]);
    expect(outcomes.bomb.get('sent')).toBe(3);
  });

  it('lets two daemons that answer each other fall silent, and a day later still', () => {
    const { send } = account(BUDGET_RULES);
    let sent = 0;
    for (let minute = 0; minute < 1_440; minute += 1) {
      if (send(LETTER, shift('2026-11-24T00:00:00.000Z', minute * MINUTE)) === 'sent') sent += 1;
    }
    expect(sent).toBe(4);
  });

  it('lets the letters of several subjects up the ladder', () => {
    const { send } = account(BUDGET_RULES);
    const times = [0, 1, 2, 3, 11, 12, 13, 14, 21, 61, 62, 63, 64];
    const subjects = 'abcdefghijklmnop';
    const outcomes = times.map((minute, n) =>
      send(
        { ...LETTER, subject: `about ${subjects.charAt(n)}` },
        shift('2026-11-24T04:00:00.000Z', minute * MINUTE),
      ),
    );
    expect(outcomes).toEqual([
      'sent',
      'sent',
      'sent',
      'budget-station',
      'sent',
      'sent',
      'budget-station',
      'budget-station',
      'budget-station',
      'sent',
      'sent',
      'sent',
      'budget-station',
    ]);
  });

  it('is never overdrawn, whatever comes in whatever order', () => {
    const rules: BudgetRules = {
      station: [{ minutes: 10, limit: 2 }],
      subject: [{ minutes: 60, limit: 2 }],
      address: [{ minutes: 60, limit: 3 }],
      domain: [{ minutes: 10, limit: 5 }],
      all: [{ minutes: 60, limit: 12 }],
    };
    const letters = fc.record({
      address: fc.constantFrom('a@x.example', 'b@x.example', 'c@y.example'),
      stations: fc.subarray(['behala', 'lake'], { minLength: 1 }),
      subject: fc.constantFrom('Noise', 'Re: noise', 'Theft', ''),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 80 }), (list) => {
        const { send } = account(rules);
        const sent = list.filter(({ minute, ...letter }) => {
          return send(letter, shift('2026-11-24T04:00:00.000Z', minute * MINUTE)) === 'sent';
        });
        expect(sent.length).toBeLessThanOrEqual(12);
        for (const address of ['a@x.example', 'b@x.example', 'c@y.example']) {
          expect(sent.filter((letter) => letter.address === address).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it('is judged without an error for anything anybody writes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, text, text, (address, subject, station) => {
        const made = budgetCounters(BUDGET_RULES, { address, subject, stations: [station] }, NOW);
        expect(judgeBudget(made, [])).toEqual({ allowed: true });
      }),
    );
  });
});
