// A log that remembers, and tells when somebody warned without a test expecting it.
import type { Log, LogFields } from '../../src/ports/surroundings.js';

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: LogFields;
  message: string;
}

export interface RecordingLog extends Log {
  lines: LogLine[];
  /** Takes the warnings and errors so far, which the test then looks at. */
  takeWarnings(): LogLine[];
  /** Throws when there are warnings or errors nobody has taken; for afterEach. */
  expectNoWarnings(): void;
}

export function recordingLog(): RecordingLog {
  const lines: LogLine[] = [];
  let warnings: LogLine[] = [];
  const write = (level: LogLine['level']) => (fields: LogFields, message: string) => {
    const line = { level, fields, message };
    lines.push(line);
    if (level === 'warn' || level === 'error') warnings.push(line);
  };
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    takeWarnings: () => {
      const taken = warnings;
      warnings = [];
      return taken;
    },
    expectNoWarnings: () => {
      const first = warnings[0];
      if (first)
        throw new Error(`unexpected ${first.level}: ${first.message}`, { cause: first.fields.error });
    },
  };
}
