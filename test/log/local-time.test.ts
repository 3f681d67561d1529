import { describe, expect, it } from 'vitest';
import { createTimeFields } from '../../src/log/local-time.js';

function timesAt(zone: string | undefined, at: string): unknown {
  return JSON.parse(`{${createTimeFields(zone, () => Date.parse(at))().slice(1)}}`);
}

describe('the two times of a log line', () => {
  it.each([
    ['Asia/Kolkata', '2026-11-24T18:45:00.007Z', '2026-11-25T00:15:00.007+05:30'],
    ['UTC', '2026-11-24T18:45:00.007Z', '2026-11-24T18:45:00.007+00:00'],
    ['Asia/Kathmandu', '2026-11-24T18:45:00.007Z', '2026-11-25T00:30:00.007+05:45'],
    ['America/St_Johns', '2026-11-24T18:45:00.007Z', '2026-11-24T15:15:00.007-03:30'],
  ])('in %s', (zone, time, timeLocal) => {
    expect(timesAt(zone, time)).toEqual({ time, timeLocal });
  });

  it('are UTC alone without a zone', () => {
    expect(timesAt(undefined, '2026-11-24T18:45:00.007Z')).toEqual({ time: '2026-11-24T18:45:00.007Z' });
  });

  it('follow the zone when its offset changes between two lines', () => {
    let at = Date.parse('2026-10-25T00:59:59.999Z');
    const fields = createTimeFields('Europe/London', () => at);
    expect(fields()).toContain('"timeLocal":"2026-10-25T01:59:59.999+01:00"');
    at += 1;
    expect(fields()).toContain('"timeLocal":"2026-10-25T01:00:00.000+00:00"');
  });

  it('refuse a zone nobody knows', () => {
    expect(() => createTimeFields('Asia/Calcuta')).toThrow(RangeError);
  });
});
