// Debian's Chromium, watched: what a page asks of anybody else, complains of or opens is written down.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { expectEqual } from '../report.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Path of the browser; undefined when there is none. */
export function findChromium() {
  return [process.env.THANADAK_CHROMIUM, ...PLACES].find((path) => path && existsSync(path));
}

export function openChromium() {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
}

/**
 * A browser of its own cookies at `origin`. `trouble` holds what no page may do: requests to others, refusals of the
 * policy, errors of scripts, dialogs. `allowed`: status codes that a check brings about itself.
 */
export async function openWindow(browser, origin, options = {}) {
  const { viewport = { width: 1280, height: 800 }, ...rest } = options;
  const context = await browser.newContext({ baseURL: origin, viewport, reducedMotion: 'reduce', ...rest });
  context.setDefaultTimeout(20_000);
  const trouble = [];
  if (rest.javaScriptEnabled !== false) await context.addInitScript(tellViolations);
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) trouble.push(`asked for ${url}`);
  });
  context.on('page', (page) => watch(page, trouble));
  return { context, trouble, newPage: () => context.newPage(), close: () => context.close() };
}

function watch(page, trouble) {
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // An answer that is no success is written here too; checks look at those themselves.
    if (/Failed to load resource/.test(message.text())) return;
    trouble.push(`console: ${message.text()} (${page.url()})`);
  });
  page.on('pageerror', (error) => trouble.push(`script: ${error.message} (${page.url()})`));
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') trouble.push(`dialog: ${dialog.message()}`);
    void dialog.accept().catch(() => undefined);
  });
}

/** Runs inside the page. */
function tellViolations() {
  document.addEventListener('securitypolicyviolation', (event) => {
    // biome-ignore lint/suspicious/noConsole: it is how the page reaches the watcher.
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

export function expectNoTrouble({ trouble }, where) {
  expectEqual([...new Set(trouble.splice(0))], [], `trouble ${where}`);
}
