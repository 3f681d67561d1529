import { describe, expect, it } from 'vitest';
import { ageOf, timesIn } from '../../src/admin/times.js';

const NOW = '2026-11-24T09:35:00.000Z';

describe('instants for people', () => {
  it('are in the configured time zone', () => {
    expect(timesIn('Asia/Kolkata', NOW).at('2026-11-24T09:35:00.000Z')).toBe('24 Nov 15:05');
  });

  it('carry the year when it is another one', () => {
    expect(timesIn('Asia/Kolkata', NOW).at('2025-09-01T18:40:00.000Z')).toBe('2 Sep 2025 00:10');
  });

  it('carry their age', () => {
    expect(timesIn('Asia/Kolkata', NOW).withAge('2026-11-24T07:35:00.000Z')).toBe('24 Nov 13:05 (2h ago)');
  });

  it.each([
    ['2026-11-24T10:00:00.000Z', 'in 25m'],
    ['2026-11-24T09:30:00.000Z', '5m late'],
    ['2026-11-24T09:34:59.000Z', 'now'],
  ])('%s as a mark is due %s', (at, due) => {
    expect(timesIn('Asia/Kolkata', NOW).due(at)).toBe(due);
  });

  it('are a dash when there are none', () => {
    expect(timesIn('Asia/Kolkata', NOW).withAge(null)).toBe('-');
  });

  it.each([
    ['2026-11-24T09:34:30.000Z', 'just now'],
    ['2026-11-24T09:30:00.000Z', '5m ago'],
    ['2026-11-23T09:30:00.000Z', '24h ago'],
    ['2026-11-21T09:30:00.000Z', '3d ago'],
    ['2026-11-24T10:00:00.000Z', 'in 25m'],
    ['2026-11-24T09:35:10.000Z', 'in a moment'],
  ])('%s is %s', (at, age) => {
    expect(ageOf(at, NOW)).toBe(age);
  });
});
