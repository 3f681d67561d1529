import { describe, expect, it } from 'vitest';
import { formatLocalTime } from '../../src/domain/local-time.js';
import type { Language } from '../../src/domain/station.js';

const at = (hour: number, minute = 5) =>
  new Date(Date.UTC(2026, 10, 24, hour, minute) - 330 * 60_000).toISOString();

describe('a time as a resident reads it', () => {
  it.each<[Language, string, string]>([
    ['en', at(15), '24 November 2026, 3:05 pm'],
    ['en', at(0), '24 November 2026, 12:05 am'],
    ['en', at(12, 0), '24 November 2026, 12:00 pm'],
    ['en', at(9, 59), '24 November 2026, 9:59 am'],
    ['bn', at(15), '২৪ নভেম্বর ২০২৬, দুপুর ৩:০৫'],
    ['bn', at(0), '২৪ নভেম্বর ২০২৬, রাত ১২:০৫'],
    ['bn', at(4), '২৪ নভেম্বর ২০২৬, ভোর ৪:০৫'],
    ['bn', at(9), '২৪ নভেম্বর ২০২৬, সকাল ৯:০৫'],
    ['bn', at(17), '২৪ নভেম্বর ২০২৬, বিকেল ৫:০৫'],
    ['bn', at(19), '২৪ নভেম্বর ২০২৬, সন্ধ্যা ৭:০৫'],
    ['bn', at(23), '২৪ নভেম্বর ২০২৬, রাত ১১:০৫'],
    ['hi', at(15), '24 नवंबर 2026, दोपहर 3:05'],
    ['hi', at(3), '24 नवंबर 2026, रात 3:05'],
    ['hi', at(7), '24 नवंबर 2026, सुबह 7:05'],
    ['hi', at(18), '24 नवंबर 2026, शाम 6:05'],
  ])('in %s, %s is %s', (language, instant, text) => {
    expect(formatLocalTime(instant, { timeZone: 'Asia/Kolkata', language })).toBe(text);
  });

  it('is that of the station, not of the server', () => {
    const instant = '2026-12-31T18:30:00.000Z';
    expect(formatLocalTime(instant, { timeZone: 'Asia/Kolkata', language: 'en' })).toBe(
      '1 January 2027, 12:00 am',
    );
    expect(formatLocalTime(instant, { timeZone: 'UTC', language: 'en' })).toBe('31 December 2026, 6:30 pm');
  });

  it('is never that of another minute asked for before', () => {
    const reader = { timeZone: 'Asia/Kolkata', language: 'en' } as const;
    const texts = [at(9, 1), at(9, 2), at(9, 1)].map((instant) => formatLocalTime(instant, reader));
    expect(texts.map((text) => text.slice(-7))).toEqual(['9:01 am', '9:02 am', '9:01 am']);
  });

  it('is refused in a zone that does not exist', () => {
    expect(() => formatLocalTime(at(1), { timeZone: 'Asia/Behala', language: 'en' })).toThrow(RangeError);
  });
});
