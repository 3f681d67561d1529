// The daemon as a process: started, reloaded and stopped by signals.
import { loadWithFiles } from './configuration.js';
import { type Daemon, startDaemon } from './daemon.js';
import { onSignals } from './lifecycle.js';
import { createLog } from './log/log.js';

/** Runs the daemon until it is told to stop. Resolves to the exit code. */
export async function serve(file: string | undefined, version: string): Promise<number> {
  const loaded = loadWithFiles(file);
  const { config } = loaded;
  const log = createLog({ ...config.log, timeZone: config.timeZone });
  const daemon = await startDaemon(config, version, { log, configFiles: () => loaded.files });
  log.info({ smtp: daemon.smtp, web: daemon.webPort, version }, 'ready');
  const reason = await untilTold(daemon, log, () => takeOn(daemon, file, loaded));
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

function untilTold(daemon: Daemon, log: Log, again: () => Promise<string[]>): Promise<string> {
  return new Promise((resolve) => {
    // The handlers stay: a second signal must not cut the stop short.
    onSignals({
      stop: resolve,
      reload: () => void reload(log, again),
    });
    void daemon.broken.then(() => resolve('storage'));
  });
}

async function takeOn(
  daemon: Daemon,
  file: string | undefined,
  loaded: { files: string[] },
): Promise<string[]> {
  const { config, files } = loadWithFiles(file);
  const needRestart = await daemon.reload(config);
  loaded.files = files;
  return needRestart;
}

/** A bad file changes nothing. */
async function reload(log: Log, again: () => Promise<string[]>): Promise<void> {
  try {
    const needRestart = await again();
    log.info({}, 'configuration reloaded');
    if (needRestart.length > 0)
      log.warn({ keys: needRestart }, 'these changes take effect only after a restart');
  } catch (error) {
    log.error({ error }, 'the configuration was not reloaded; the old one stays');
  }
}
