import { describe, expect, it } from 'vitest';
import type { TicketFilter } from '../../../src/ports/records.js';
import type { Values } from '../../../src/web/frame/route.js';
import {
  addressOf,
  filterOf,
  isNarrowed,
  readQuery,
  textOf,
  VIEWS,
} from '../../../src/web/inbox/list-query.js';

const NOW = '2026-11-24T10:00:00.000Z';
const scope = { stations: ['behala'], restrictions: ['none'] } as const;
const asking = { officer: 'si-roy', now: NOW, scope, limit: 51 };
const REFERENCE = 'BEHALA-26-000123-U';

const filter = (values: Values) => {
  const { scope: mine, limit, ...rest } = filterOf(readQuery(values, 'mine'), asking);
  expect({ scope: mine, limit }).toEqual({ scope, limit: 51 });
  return rest;
};

describe('the address of a list', () => {
  it.each<[string, Values, Partial<TicketFilter>]>([
    ['nothing', {}, { officer: 'si-roy', unclosed: true, sort: 'deadline' }],
    ['mine', { view: 'mine', officer: 'si-das' }, { officer: 'si-roy', unclosed: true, sort: 'deadline' }],
    ['unowned', { view: 'unowned' }, { officer: null, unclosed: true, sort: 'deadline' }],
    ['soon', { view: 'soon' }, { dueBefore: '2026-11-24T12:00:00.000Z', unclosed: true, sort: 'deadline' }],
    ['overdue', { view: 'overdue' }, { overdue: true, unclosed: true, sort: 'deadline' }],
    ['look', { view: 'look' }, { attention: true, sort: 'deadline' }],
    ['waiting', { view: 'waiting' }, { state: 'waiting', sort: 'deadline' }],
    ['held', { view: 'held' }, { owed: true, sort: 'deadline' }],
    ['junk', { view: 'junk' }, { junk: true, sort: 'newest' }],
    ['closed', { view: 'closed' }, { state: 'closed', sort: 'newest' }],
    ['closed by deadline', { view: 'closed', sort: 'deadline' }, { state: 'closed', sort: 'deadline' }],
    ['words', { q: ' loud  music ' }, { search: 'loud  music', sort: 'newest' }],
    [
      'words among the own',
      { view: 'mine', q: 'music' },
      { officer: 'si-roy', unclosed: true, search: 'music', sort: 'deadline' },
    ],
    ['an address', { q: 'rita@home.example' }, { resident: 'rita@home.example', sort: 'newest' }],
    [
      'what narrows it',
      {
        view: 'open',
        station: 'BEHALA',
        urgency: 'urgent',
        state: 'new',
        category: 'noise',
        officer: 'none',
      },
      {
        unclosed: true,
        station: 'behala',
        urgency: 'urgent',
        state: 'new',
        category: 'NOISE',
        officer: null,
        sort: 'deadline',
      },
    ],
    [
      'values that are none',
      { view: 'x', urgency: 'very', state: 'x', sort: 'x' },
      { officer: 'si-roy', unclosed: true, sort: 'deadline' },
    ],
    ['several values of one', { view: ['open', 'junk'] }, { unclosed: true, sort: 'deadline' }],
  ])('asks for %s', (_what, values, expected) => {
    expect(filter(values)).toEqual(expected);
  });

  it('goes on only after a reference', () => {
    const at = readQuery({ view: 'open', after: 'behala-26-000123-x' }, 'mine');
    expect(at.after).toBe('');
    expect(readQuery({ after: '"; drop' }, 'mine').after).toBe('');
  });

  it.each(VIEWS)('says the view %s and everything else so that it is read again', (view) => {
    const query = { ...readQuery({}, 'mine'), view, q: 'a & b=c', station: 'lake', sort: 'newest' as const };
    const values = Object.fromEntries(new URLSearchParams(textOf(query)));
    expect(readQuery(values, 'open')).toEqual(query);
  });

  it('begins at the first page when it changes', () => {
    const query = { ...readQuery({ view: 'open', q: 'x' }, 'mine'), after: REFERENCE };
    expect(addressOf(query, { urgency: 'urgent' })).toBe('/desk?view=open&q=x&urgency=urgent');
    expect(addressOf(query, { after: REFERENCE })).toContain(`after=${REFERENCE}`);
  });

  it('says whether something besides the view narrows it', () => {
    expect(isNarrowed(readQuery({ view: 'overdue', sort: 'newest' }, 'mine'))).toBe(false);
    expect(isNarrowed(readQuery({ view: 'overdue', urgency: 'urgent' }, 'mine'))).toBe(true);
  });
});
