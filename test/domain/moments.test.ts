import { describe, expect, it } from 'vitest';
import { readSince, readUntil } from '../../src/domain/moments.js';

const HERE = { now: '2026-11-24T09:35:00.000Z', timeZone: 'Asia/Kolkata' };

describe('times on the line', () => {
  it.each([
    ['3d', '2026-11-27T09:35:00.000Z'],
    ['12h', '2026-11-24T21:35:00.000Z'],
    ['90m', '2026-11-24T11:05:00.000Z'],
    ['2026-12-01', '2026-12-01T18:29:59.999Z'],
    ['2026-12-01T18:00:00+05:30', '2026-12-01T12:30:00.000Z'],
    ['2026-12-01T12:30Z', '2026-12-01T12:30:00.000Z'],
  ])('until %s is %s', (text, instant) => {
    expect(readUntil(text, HERE)).toBe(instant);
  });

  it.each([
    ['7d', '2026-11-17T09:35:00.000Z'],
    ['2026-12-01', '2026-11-30T18:30:00.000Z'],
    ['2026-12-01T12:30:00.500Z', '2026-12-01T12:30:00.500Z'],
  ])('since %s is %s', (text, instant) => {
    expect(readSince(text, HERE)).toBe(instant);
  });

  it('ends a day of summer time where clocks say that it ends', () => {
    const there = { now: HERE.now, timeZone: 'Europe/London' };
    expect(readUntil('2026-10-25', there)).toBe('2026-10-25T23:59:59.999Z');
    expect(readUntil('2026-10-24', there)).toBe('2026-10-24T22:59:59.999Z');
  });

  it.each([
    '',
    'tomorrow',
    '2026-02-30',
    '2026-13-01',
    '2026-12-01T18:00',
    '1.12.2026',
    '-3d',
    '9999999999d',
  ])('%j is refused', (text) => {
    expect(() => readUntil(text, HERE)).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => readSince(text, HERE)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
