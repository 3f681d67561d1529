import { describe, expect, it } from 'vitest';
import type { Values } from '../../../src/web/frame/route.js';
import { type BulkOrder, chosenOf, orderOf, type Undo, undoOf } from '../../../src/web/inbox/bulk.js';
import { createReports, UNDO_MS } from '../../../src/web/inbox/reports.js';

const NOW = '2026-11-24T10:00:00.000Z';

describe('the form of a deed on several tickets', () => {
  it.each<[Values, BulkOrder | undefined]>([
    [{ deed: 'take' }, { deed: 'take' }],
    [{ deed: 'junk' }, { deed: 'junk' }],
    [
      { deed: 'assign', to: ' si-das ' },
      { deed: 'assign', officer: 'si-das' },
    ],
    [{ deed: 'assign', to: '' }, undefined],
    [
      { deed: 'triage', as: 'urgent', about: '' },
      { deed: 'triage', urgency: 'urgent', category: undefined },
    ],
    [
      { deed: 'triage', as: 'very', about: 'NOISE' },
      { deed: 'triage', urgency: undefined, category: 'NOISE' },
    ],
    [{ deed: 'triage', as: 'very', about: '' }, undefined],
    [
      { deed: 'wait', for: 'agency', days: '3' },
      { deed: 'wait', for: 'agency', until: '2026-11-27T10:00:00.000Z' },
    ],
    [{ deed: 'wait', for: 'agency', days: '181' }, undefined],
    [{ deed: 'wait', for: 'nobody', days: '3' }, undefined],
    [{ deed: 'erase' }, undefined],
    [{ deed: '' }, undefined],
    [{}, undefined],
  ])('%o means %o', (form, order) => {
    expect(orderOf(form, NOW)).toEqual(order);
  });

  it('names tickets with the version that was seen, and no more than a page holds', () => {
    expect(chosenOf({ tickets: ['A-1:3', 'B-2', '', 'C-3:x', 'D-4:0'] })).toEqual([
      { reference: 'A-1', version: 3 },
      { reference: 'D-4', version: 0 },
    ]);
    expect(chosenOf({ tickets: 'A-1:3' })).toHaveLength(1);
    expect(chosenOf({ tickets: Array.from({ length: 500 }, (_, n) => `A-${n}:1`) })).toHaveLength(100);
  });
});

describe('taking back', () => {
  const before = { officer: 'si-roy', urgency: 'urgent', category: 'NOISE', junk: null } as const;

  it.each<[BulkOrder['deed'], Undo | null]>([
    ['take', { deed: 'assign', officer: 'si-roy' }],
    ['assign', { deed: 'assign', officer: 'si-roy' }],
    ['triage', { deed: 'triage', urgency: 'urgent', category: 'NOISE' }],
    ['wait', { deed: 'resume' }],
    ['junk', { deed: 'not-junk' }],
    ['not-junk', null],
    ['resume', null],
  ])('%s is %o', (deed, undo) => {
    expect(undoOf({ deed }, before)).toEqual(undo);
  });

  it('gives a ticket back to nobody, and junk back to junk', () => {
    expect(undoOf({ deed: 'take' }, { ...before, officer: null })).toEqual({ deed: 'assign', officer: null });
    expect(undoOf({ deed: 'not-junk' }, { ...before, junk: 'junk' })).toEqual({ deed: 'junk' });
    expect(undoOf({ deed: 'triage' }, { ...before, urgency: null })).toBeNull();
  });
});

describe('reports', () => {
  const kept = {
    report: { deed: 'take', done: [], refused: [], mayUndo: true, undone: false },
    done: [],
  } as const;

  it('are for the officer who did it, for a minute, and taken once', () => {
    let now = 0;
    const reports = createReports({ token: () => 'token', milliseconds: () => now });
    const token = reports.keep('si-roy', kept);
    expect(reports.find('si-das', token)).toBeUndefined();
    expect(reports.find('si-roy', 'other')).toBeUndefined();
    expect(reports.find('si-roy', token)).toMatchObject(kept);
    now = UNDO_MS - 1;
    expect(reports.take('si-roy', token)).toMatchObject(kept);
    expect(reports.take('si-roy', token)).toBeUndefined();
    reports.keep('si-roy', kept);
    now += UNDO_MS;
    expect(reports.find('si-roy', token)).toBeUndefined();
  });
});
