// The log: one JSON line a call, on stderr.
import { type DestinationStream, destination as openDestination, pino } from 'pino';
import type { Log, LogFields } from '../ports/surroundings.js';
import { createTimeFields } from './local-time.js';
import { withholdFields, withholdText } from './withhold.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogOptions {
  level: LogLevel;
  /** Whether addresses, names, subjects and texts of residents may be written. Secrets never are. */
  residents: boolean;
  /** IANA zone for `timeLocal` beside the UTC `time`; without it only UTC is written. */
  timeZone?: string | undefined;
  /** Where lines go; stderr when not given. */
  destination?: { write(line: string): void } | undefined;
}

export interface AdjustableLog extends Log {
  setLevel(level: LogLevel): void;
}

const GATHERED_BYTES = 8 * 1024;
const GATHER_MS = 100;
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/**
 * Opens the log. Lines are `{"level":"info","time":"…Z","timeLocal":"…+05:30",…fields,"msg":"…"}`; a field that is an
 * Error becomes `{ type, message, code?, stack?, cause? }`. Throws RangeError for an unknown time zone.
 */
export function createLog(options: LogOptions): AdjustableLog {
  const destination = options.destination ?? openStandardError();
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: createTimeFields(options.timeZone),
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const writer = (level: LogLevel) => (fields: LogFields, message: string) => {
    if (!logger.isLevelEnabled(level)) return;
    const { residents } = options;
    logger[level](withholdFields(fields, residents), withholdText(message, residents));
    if (level === 'error') flush(destination);
  };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    setLevel: (level) => {
      logger.level = level;
    },
  };
}

// Not sync: when whoever reads the pipe is slow, a sync write stops the whole house. Lines are gathered for a moment,
// because handing each to the system costs more than all else about it; errors go out before the call returns, the
// rest at exit. Only a SIGKILL can take lines that are waiting, and what happened to a letter is in the store, not here.
function openStandardError() {
  return openDestination({
    fd: 2,
    sync: false,
    minLength: GATHERED_BYTES,
    periodicFlush: GATHER_MS,
    maxLength: MAX_WAITING_BYTES,
  });
}

function flush(destination: DestinationStream): void {
  if ('flushSync' in destination && typeof destination.flushSync === 'function') destination.flushSync();
}
