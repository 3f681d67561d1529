// systemd opens the port and hands it over (sd_listen_fds(3)): a sender who calls too early waits and is served.
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { BEHALA, endOfLog, HOME, openInstallation, stopDaemon, untilFiled } from './daemon.js';
import { aLetter } from './letters.js';
import { freePort, has, makePlace, startProgram } from './place.js';
import { expect, expectEqual, Skip } from './report.js';
import { openSession } from './smtp-client.js';

const COMMAND = join(HOME, 'bin', 'thanadak.js');

export async function checkSocketActivation(report) {
  const place = makePlace();
  try {
    await report.check('a sender who calls before we run is served from the inherited socket', () =>
      within(report, place.folder, 'imitated', imitate),
    );
    await report.check('systemd-socket-activate starts us at the first call', () =>
      within(report, place.folder, 'systemd', viaSystemd),
    );
  } finally {
    place.close();
  }
}

/** One listener, whose own port is never opened: only the inherited one is. */
async function within(report, folder, name, work) {
  const house = await openInstallation(join(folder, name), (settings) => {
    settings.smtp.listen = settings.smtp.listen.slice(0, 1);
    return settings;
  });
  report.explainWith(() => endOfLog(house));
  try {
    await work(house);
  } finally {
    await stopDaemon(house, 'SIGKILL');
  }
}

/** What systemd does: the socket is descriptor 3, and the variables name this very process. */
async function imitate(house) {
  const listener = createServer();
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address();
  const script = 'LISTEN_PID=$$ LISTEN_FDS=1; export LISTEN_PID LISTEN_FDS; exec "$@"';
  const args = ['-c', script, 'sh', process.execPath, COMMAND, 'serve', '--config', house.file];
  house.daemon = startProgram('sh', args, { stdio: ['ignore', 'pipe', 'pipe', listener._handle.fd] });
  listener.close();
  await leaveLetter(house, port);
}

async function viaSystemd(house) {
  if (!has('systemd-socket-activate')) throw new Skip('systemd-socket-activate is missing');
  const port = await freePort();
  const args = ['-l', `127.0.0.1:${port}`, process.execPath, COMMAND, 'serve', '--config', house.file];
  house.daemon = startProgram('systemd-socket-activate', args);
  await sleep(500);
  await leaveLetter(house, port);
}

async function leaveLetter(house, port) {
  const session = await openSession(port);
  const reply = await session.send({ from: 'rita@home.example', to: BEHALA, raw: aLetter().raw });
  session.close();
  expect(reply.startsWith('250 2.0.0 Kept as '), reply);
  const letter = await untilFiled(house, reply.split(' ').at(-1));
  expectEqual(letter.tickets.length, 1, 'tickets');
  const how = await stopDaemon(house);
  expectEqual(how.code, 0, 'the exit code at SIGTERM');
}
