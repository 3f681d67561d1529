// Whatever a stranger wrote, one event is one line of JSON in the log.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../src/domain/errors.js';
import { createLog } from '../../src/log/log.js';
import { hostile } from './hostile.js';

describe('an event with hostile values', () => {
  it('is one line of JSON with our level and our time, and nothing that moves a cursor or turns text', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), (value, message, residents) => {
        const lines: string[] = [];
        const log = createLog({
          level: 'debug',
          residents,
          destination: { write: (line) => lines.push(line) },
        });
        const error = new TemporaryFailure(value);
        log.info({ subject: value, helo: value, list: [value], inner: { value }, error }, message);
        expect(lines).toHaveLength(1);
        const [line = ''] = lines;
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
        expect(line.length).toBeLessThan(200_000);
        const event = JSON.parse(line);
        expect(event).toMatchObject({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/) });
        expect(Object.keys(event).sort()).toEqual([
          'error',
          'helo',
          'inner',
          'level',
          'list',
          'msg',
          'subject',
          'time',
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
