import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/domain/station.js';
import { readTimes } from '../../../src/web/frame/times.js';

const now = '2026-11-24T18:40:00.000Z';
const times = (language: Language = 'en') => readTimes({ language, timeZone: 'Asia/Kolkata', now });

describe('times on a page', () => {
  it.each([
    ['2026-11-24T18:35:00.000Z', '00:05'],
    ['2026-11-24T18:25:00.000Z', '24 Nov, 23:55'],
    ['2025-11-24T18:25:00.000Z', '24 Nov 2025, 23:55'],
  ])('are those of the station: %s is %s', (at, text) => {
    expect(times().short(at)).toBe(text);
  });

  it('are said in full on demand, in every language with the digits one types', () => {
    expect(times().full(now)).toBe('Wednesday 25 November 2026, 00:10');
    expect(times('bn').full(now)).toBe('বুধবার 25 নভেম্বর 2026, 00:10');
    expect(times('hi').full(now)).toBe('बुधवार 25 नवंबर 2026, 00:10');
    expect(times().day(now)).toBe('25 Nov');
  });

  it.each([
    [-30_000, 'just now'],
    [30_000, 'in a moment'],
    [-60_000, '1 min ago'],
    [59 * 60_000, 'in 59 min'],
    [-3_600_000, '1 h ago'],
    [47 * 3_600_000, 'in 47 h'],
    [-48 * 3_600_000, '2 days ago'],
  ])('are %i ms away: %s', (away, text) => {
    expect(times().relative(new Date(Date.parse(now) + away).toISOString())).toBe(text);
  });

  it('say how long in the largest unit', () => {
    expect([
      times().length(90_000),
      times('bn').length(7_200_000),
      times('hi').length(3 * 86_400_000),
    ]).toEqual(['1 min', '2 ঘণ্টা', '3 दिन']);
  });
});
