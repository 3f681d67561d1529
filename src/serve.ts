// The daemon as a process: started, reloaded and stopped by signals.
import { loadOrThrow } from './configuration.js';
import { type Daemon, startDaemon } from './daemon.js';
import { onSignals } from './lifecycle.js';
import { createLog } from './log/log.js';

/** Runs the daemon until it is told to stop. Resolves to the exit code. */
export async function serve(file: string | undefined, version: string): Promise<number> {
  const config = loadOrThrow(file);
  const log = createLog({ ...config.log, timeZone: config.timeZone });
  const daemon = await startDaemon(config, version, { log });
  log.info({ smtp: daemon.smtp, web: daemon.webPort, version }, 'ready');
  const reason = await untilTold(daemon, file, log);
  log.info({ reason }, 'stopping');
  await daemon[Symbol.asyncDispose]();
  log.info({ reason }, 'stopped');
  const code = reason === 'storage' ? 1 : 0;
  // A connection that did not close in time must not keep the process; nobody waits for it any more.
  setTimeout(() => process.exit(code), LAST_MS).unref();
  return code;
}

const LAST_MS = 1_000;

type Log = ReturnType<typeof createLog>;

function untilTold(daemon: Daemon, file: string | undefined, log: Log): Promise<string> {
  return new Promise((resolve) => {
    // The handlers stay: a second signal must not cut the stop short.
    onSignals({
      stop: resolve,
      reload: () => void reload(daemon, file, log),
    });
    void daemon.broken.then(() => resolve('storage'));
  });
}

/** A bad file changes nothing. */
async function reload(daemon: Daemon, file: string | undefined, log: Log): Promise<void> {
  try {
    const needRestart = await daemon.reload(loadOrThrow(file));
    log.info({}, 'configuration reloaded');
    if (needRestart.length > 0)
      log.warn({ keys: needRestart }, 'these changes take effect only after a restart');
  } catch (error) {
    log.error({ error }, 'the configuration was not reloaded; the old one stays');
  }
}
