// Start in order, stop backwards; signals; sockets from systemd.
import type { Log } from './ports/surroundings.js';

/** Things that were opened, to be closed in the opposite order. */
export interface Opened {
  /** Remembers how to close what was just opened. */
  push(name: string, close: () => void | Promise<void>): void;
  /** Closes everything, the last first. One that fails is logged and does not keep the others open. */
  closeAll(): Promise<void>;
}

/** Milliseconds in which everything must have closed; the supervisor kills after 30 s. */
const CLOSE_LIMIT_MS = 25_000;
/** What is left for one that closes after the others took all the time. */
const LEAST_MS = 200;

export function trackOpened(log: Log, limitMs: number = CLOSE_LIMIT_MS): Opened {
  const closers: { name: string; close: () => void | Promise<void> }[] = [];
  return {
    push: (name, close) => closers.push({ name, close }),
    async closeAll() {
      const until = performance.now() + limitMs;
      for (const { name, close } of closers.splice(0).reverse()) {
        const rest = Math.max(until - performance.now(), LEAST_MS);
        await within(rest, async () => close()).catch((error: unknown) => {
          log.error({ room: name, error }, 'this did not close in order');
        });
      }
    },
  };
}

async function within(milliseconds: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done after ${Math.round(milliseconds)} ms`)),
      milliseconds,
    );
  });
  await Promise.race([work(), late]).finally(() => clearTimeout(timer));
}

/** Runs `start`; when it fails half-way, what was opened is closed again before the error goes on. */
export async function startInOrder<T>(opened: Opened, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}

export interface SignalHandlers {
  stop(signal: string): void;
  reload(): void;
}

/** SIGTERM and SIGINT stop, SIGHUP reloads. */
export function onSignals(handlers: SignalHandlers): void {
  const stop = (signal: string) => handlers.stop(signal);
  const reload = () => handlers.reload();
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', reload);
}

/** File descriptors systemd passed to this very process (sd_listen_fds(3)), in their order. */
export function inheritedSockets(env: NodeJS.ProcessEnv): number[] {
  if (Number(env.LISTEN_PID) !== process.pid) return [];
  return Array.from({ length: Number(env.LISTEN_FDS) || 0 }, (_, index) => index + 3);
}
