// The demo city with its daemon and a browser: where the checks of the pages take place.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parse, stringify } from 'yaml';
import { HOME, isReady, startDaemon, stopDaemon } from '../daemon.js';
import { freePort, makePlace, runCommand, until } from '../place.js';
import { openChromium } from './chromium.js';

const LETTERS = '60';
const START_MS = 90_000;
const AHEAD = new URL('./ahead.js', import.meta.url).href;

/** Seeds (or copies the city THANADAK_E2E_CITY), starts and opens. `change` may alter the settings. */
export async function openCity({ letters = LETTERS, change = (settings) => settings } = {}) {
  const place = makePlace();
  const data = join(place.folder, 'city');
  const ports = { smtp: await freePort(), web: await freePort() };
  const made = process.env.THANADAK_E2E_CITY;
  if (made) cpSync(made, data, { recursive: true });
  else await seed(data, letters);
  const house = {
    folder: data,
    file: join(data, 'thanadak.yaml'),
    ports,
    dataFolder: join(data, 'data'),
    log: '',
  };
  settle(house, change);
  const accounts = JSON.parse(readFileSync(join(data, 'accounts.json'), 'utf8'));
  await start(house);
  const browser = await openChromium();
  const origin = `http://127.0.0.1:${ports.web}`;
  const city = { house, place, accounts, browser, origin, states: new Map(), aheadMs: 0 };
  return {
    ...city,
    async close() {
      await browser.close();
      await stopDaemon(house, 'SIGKILL');
      place.close();
    },
  };
}

async function seed(data, letters) {
  const args = [join(HOME, 'bin', 'demo.js'), '--seed', '--data', data, '--letters', letters];
  const { code, stdout, stderr } = await runCommand(process.execPath, args, { timeout: 900_000 });
  if (code !== 0) throw new Error(`the demo city could not be made:\n${stdout}${stderr}`);
}

/** Ports of this run, and sessions that last through it. */
function settle(house, change) {
  const settings = parse(readFileSync(house.file, 'utf8'));
  settings.smtp.listen[0].port = house.ports.smtp;
  settings.web.listen.port = house.ports.web;
  settings.web.public_url = `http://127.0.0.1:${house.ports.web}`;
  settings.web.design_page = true;
  settings.web.sign_in = { idle: '6h' };
  house.settings = change(settings);
  writeFileSync(house.file, stringify(house.settings));
}

/** Starts the daemon anew with a clock that runs `aheadMs` ahead; sessions stay. */
export async function restartAhead(city, aheadMs) {
  await stopDaemon(city.house);
  city.aheadMs = aheadMs;
  const env = { ...process.env, NODE_OPTIONS: `--import ${AHEAD}`, THANADAK_E2E_AHEAD_MS: String(aheadMs) };
  await start(city.house, { env });
}

/** More patient than other checks: a browser may be at work beside it. */
async function start(house, extra) {
  const daemon = startDaemon(house, extra);
  let gone;
  void daemon.exited.then((how) => {
    gone = how;
  });
  const ask = async () => {
    if (gone) throw new Error(`the daemon ended at its start (${JSON.stringify(gone)}):\n${daemon.output}`);
    return isReady(house.ports.web);
  };
  await until('GET /readyz answers 200', ask, START_MS);
}
