import { describe, expect, it } from 'vitest';
import { DEEDS, refusalOf } from '../../src/domain/deeds.js';
import type { Officer, Rank } from '../../src/domain/people.js';
import { actorOf, isStricter, maySee, OPERATOR, objectionTo, stricter } from '../../src/domain/rights.js';
import type { Station } from '../../src/domain/station.js';
import { TICKET_STATES } from '../../src/domain/ticket.js';

const station = { code: 'behala', force: 'kp', division: 'sw' } as Station;
const foreign = { code: 'lake', force: 'kp', division: 'south' } as Station;

function actor(rank: Rank, more: Partial<Officer> = {}) {
  const place = rank === 'officer' || rank === 'oc' ? { stations: ['behala'] } : { divisions: ['kp/sw'] };
  const base = { id: rank, name: '', title: '', rank, address: null, stations: [], divisions: [] };
  return actorOf({ ...base, readsRestricted: false, disabled: false, away: null, ...place, ...more });
}

const named = actor('officer', { readsRestricted: true });
const rows: [string, ReturnType<typeof actor>, boolean[]][] = [
  // own station: none, named, dc; another division: none
  ['an officer', actor('officer'), [true, false, false, false]],
  ['an officer with the right to restricted matters', named, [true, true, false, false]],
  ['an OC', actor('oc'), [true, true, false, false]],
  ['an AC', actor('ac'), [true, true, false, false]],
  ['a DC', actor('dc'), [true, true, true, false]],
  ['the IT cell', actor('admin'), [true, true, true, true]],
  ['an auditor', actor('auditor'), [true, true, true, true]],
  ['a disabled DC', actor('dc', { disabled: true }), [false, false, false, false]],
  ['the operator', OPERATOR, [true, true, true, true]],
];

describe('who sees a ticket', () => {
  it.each(rows)('%s', (_name, who, expected) => {
    const restrictions = ['none', 'named', 'dc'] as const;
    const own = restrictions.map((restriction) => maySee(who, { restriction }, station));
    expect([...own, maySee(who, { restriction: 'none' }, foreign)]).toEqual(expected);
  });
});

describe('who acts on a ticket', () => {
  const on = { ticket: { reference: 'BEHALA-26-000001-X', restriction: 'none' }, station } as const;
  it('an auditor does nothing', () => {
    for (const deed of DEEDS) expect(objectionTo(actor('auditor'), deed, on)).toMatch(/auditor/);
  });

  it('only the OC and above decide on unsigned information', () => {
    expect(objectionTo(actor('officer'), 'decide', on)).toMatch(/officer in charge/);
    expect(objectionTo(actor('oc'), 'decide', on)).toBeUndefined();
    expect(objectionTo(OPERATOR, 'decide', on)).toBeUndefined();
  });

  it('nobody acts on what they may not see', () => {
    const hidden = { ...on, ticket: { ...on.ticket, restriction: 'dc' } } as const;
    for (const deed of DEEDS) expect(objectionTo(actor('oc'), deed, hidden)).toMatch(/may not act/);
  });
});

it('restrictions are ordered', () => {
  expect(isStricter('dc', 'named')).toBe(true);
  expect(isStricter('named', 'named')).toBe(false);
  expect(stricter('none', 'named')).toBe('named');
});

describe('what the state of a ticket allows', () => {
  const allowed = Object.fromEntries(
    TICKET_STATES.map((state) => {
      const ticket = { reference: 'R', state, mergedInto: state === 'merged' ? 'S' : null, junk: null };
      return [state, DEEDS.filter((deed) => refusalOf(deed, ticket) === undefined)];
    }),
  );
  it('is this', () => {
    const live = DEEDS.filter((deed) => !['resume', 'unmerge', 'reopen', 'not-junk', 'erase'].includes(deed));
    expect(allowed.new).toEqual(live);
    expect(allowed.open).toEqual(live);
    expect(allowed.waiting).toEqual(
      [...DEEDS].filter((deed) => !['wait', 'unmerge', 'reopen', 'not-junk', 'erase'].includes(deed)),
    );
    expect(allowed.closed).toEqual([
      'note',
      'reply',
      'split',
      'hold',
      'unhold',
      'erase',
      'link',
      'reopen',
      'restrict',
      'sign',
      'decide',
      'record',
      'acknowledge',
      'leave',
      'dismiss',
    ]);
    expect(allowed.merged).toEqual(['unmerge']);
  });

  it('and every refusal is a sentence that names the ticket', () => {
    for (const deed of DEEDS) {
      for (const state of TICKET_STATES) {
        const refusal = refusalOf(deed, {
          reference: 'BEHALA-26-000001-X',
          state,
          mergedInto: 'LAKE-26-000002-Y',
          junk: null,
        });
        if (refusal) expect(refusal).toMatch(/BEHALA-26-000001-X.*\.$/);
      }
    }
  });
});
