// What the desk weighs, and that nothing moves when something changes.
import { expect } from '../report.js';
import { openWindow } from './chromium.js';
import { openOfficer } from './officers.js';
import { leaveLetter, newSubject } from './work.js';

const MOST_BYTES = 120_000;
const SETTLED_MS = 2_000;
/** For the record: how long it takes depends on the machine. */
const PAINT_MS = 1_000;

export async function checkPerformance(report, city) {
  await report.check('the desk, all in, is under 120 kB, as it comes over the wire', () => weigh(city));
  await report.check('news on the open desk move nothing', () => shift(city));
}

async function weigh(city) {
  const known = await openOfficer(city, 'mita-roy');
  await known.close();
  const window = await openWindow(city.browser, city.origin, { storageState: city.states.get('mita-roy') });
  try {
    const page = await window.newPage();
    const client = await window.context.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.setCacheDisabled', { cacheDisabled: true });
    const kinds = new Map();
    const sizes = new Map();
    client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      sizes.set(requestId, encodedDataLength),
    );
    await page.goto('/desk?view=open');
    // What scripts ask for afterwards counts too; the connection for news never ends.
    await page.waitForTimeout(SETTLED_MS);
    const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    );
    const fonts = [...sizes]
      .filter(([id]) => kinds.get(id) === 'Font')
      .reduce((sum, [, size]) => sum + size, 0);
    expect(bytes < MOST_BYTES, `${bytes} bytes, of these fonts ${fonts}`);
    const late = paint > PAINT_MS ? ' (over 1 s: a busy machine?)' : '';
    return `${Math.round(bytes / 1_000)} kB, fonts ${Math.round(fonts / 1_000)} kB, first paint ${Math.round(paint)} ms${late}`;
  } finally {
    await window.close();
  }
}

async function shift(city) {
  const { page, close } = await openOfficer(city, 'mita-roy');
  try {
    await page.goto('/desk?view=open');
    await page.evaluate(() => {
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
      }).observe({ type: 'layout-shift' });
    });
    await leaveLetter(city, {
      subject: newSubject('Street light'),
      text: 'The street light at the corner is out.',
    });
    await page.locator('#news').waitFor({ state: 'visible', timeout: 60_000 });
    await page.waitForTimeout(1_500);
    const moved = await page.evaluate(() => window.moved);
    expect(moved === 0, `layout shift ${moved}`);
  } finally {
    await close();
  }
}
