// Every page in every language, light and dark: axe finds nothing, nothing scrolls sideways at 360 px, the keyboard
// reaches everything, nobody else is asked for anything.
import { expect, expectEqual } from '../report.js';
import { AXE, expectNoTrouble, openWindow } from './chromium.js';
import { choose, openOfficer } from './officers.js';

const LANGUAGES = ['en', 'bn', 'hi'];
const SCHEMES = ['light', 'dark'];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const RULES = [...WCAG, 'best-practice'];

/** Every page, by who looks. `TICKET` stands for one with letters of both sides; `/design` has no officer. */
export const PAGES = {
  nobody: ['/sign-in'],
  'mita-roy': [
    '/desk',
    '/desk?view=open',
    '/desk?view=open&q=nothing-is-called-this',
    '/desk?view=closed',
    '/desk?view=junk',
    '/tickets/TICKET',
    '/settings',
    '/settings/totp',
    '/tickets/BEHALA-26-999999-0',
  ],
  'dc-sw': ['/board', '/board/wall', '/desk'],
  'it-cell': [
    '/desk',
    '/board',
    '/office',
    '/office/letters',
    '/office/outbox',
    '/office/officers',
    '/office/stations',
    '/design?language=LANGUAGE',
  ],
};

export async function checkAccess(report, city) {
  for (const [id, paths] of Object.entries(PAGES)) {
    for (const language of LANGUAGES) {
      await report.check(
        `access: ${paths.length} pages of ${id} in ${language}, light and dark, at 1280 and 360 px`,
        () => walkPages(city, { id, language, paths }),
        { minutes: 10 },
      );
    }
  }
  await report.check(
    'access: by the Tab key alone everything on the desk and a ticket is reached, and seen',
    () => walkByTab(city),
  );
}

async function openAs(city, id) {
  if (id !== 'nobody') return openOfficer(city, id);
  const window = await openWindow(city.browser, city.origin);
  return { ...window, page: await window.newPage() };
}

async function walkPages(city, { id, language, paths }) {
  const officer = await openAs(city, id);
  const { page } = officer;
  const found = [];
  try {
    if (id === 'nobody') await page.goto(`/sign-in?language=${language}`);
    else await choose(page, { language, theme: 'auto' });
    const ticket = id === 'mita-roy' ? await aTicket(page) : '';
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 800 });
      const answer = await page.goto(path.replace('TICKET', ticket).replace('LANGUAGE', language));
      if (answer.status() === 404 && !path.includes('999999')) {
        found.push(`${path}: 404`);
        continue;
      }
      expectEqual(await page.getAttribute('html', 'lang'), language, `language of ${path}`);
      found.push(...(await examine(page, path)));
    }
    expectNoTrouble(officer, `on the pages of ${id}`);
    if (id !== 'nobody') await choose(page, { language: 'en' });
  } finally {
    await officer.close();
  }
  expectEqual(found, [], 'found');
}

async function aTicket(page) {
  await page.goto('/desk?view=closed');
  return page.locator('.ticket-row').first().getAttribute('data-reference');
}

/** What is wrong with the page, each as a line. */
async function examine(page, path) {
  const found = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const violation of await axe(page, path.startsWith('/design') ? WCAG : RULES))
      found.push(`${path} ${colorScheme}: ${violation}`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(widest);
  if (wide) found.push(`${path} at 360 px: ${wide}`);
  for (const violation of await axe(page, WCAG)) found.push(`${path} 360 px: ${violation}`);
  return found;
}

async function axe(page, tags) {
  await page.evaluate(AXE);
  return page.evaluate(async (values) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values } });
    return violations.map(({ id, nodes }) => {
      const places = nodes
        .slice(0, 3)
        .map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`);
      return `${id} ×${nodes.length}: ${places.join(' | ')}`;
    });
  }, tags);
}

/** Runs inside the page: what makes it wider than the window, if anything does. */
function widest() {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return undefined;
  const wide = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > window.innerWidth + 1,
  );
  const names = wide.slice(0, 4).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  return `${over} px too wide: ${names.join(', ')}`;
}

async function walkByTab(city) {
  const { page, close } = await openOfficer(city, 'mita-roy');
  try {
    const ticket = await aTicket(page);
    const counts = [];
    for (const path of ['/desk?view=open', `/tickets/${ticket}`, '/settings']) {
      await page.goto(path);
      counts.push(await walk(page, path));
    }
    return `${counts.join(', ')} places`;
  } finally {
    await close();
  }
}

async function walk(page, path) {
  const wanted = await page.evaluate(reachable);
  const reached = new Set();
  for (let presses = 0; presses < wanted.length + 20; presses += 1) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(focused);
    if (place.mark) reached.add(place.mark);
    expect(place.isSeen, `${path}: the focus is seen at ${place.name}`);
  }
  const missed = wanted.filter(({ mark }) => !reached.has(mark)).map(({ name }) => name);
  expectEqual(missed.slice(0, 8), [], `${path}: not reached by Tab`);
  return wanted.length;
}

/** Runs inside the page: marks and lists everything that can be used. */
function reachable() {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe')];
  const usable = all.filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.disabled &&
      element.type !== 'hidden' &&
      element.tabIndex >= 0,
  );
  return usable.map((element, index) => {
    element.setAttribute('data-walk', String(index));
    return {
      mark: String(index),
      name: `${element.tagName} ${element.id || element.textContent?.trim().slice(0, 30)}`,
    };
  });
}

/** Runs inside the page: where the focus is, and whether anybody sees it. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return { mark: null, isSeen: true, name: 'the page' };
  const style = getComputedStyle(element);
  const around = element.closest('label, .find, .choose');
  const outlines = [style, ...(around ? [getComputedStyle(around)] : [])];
  const isSeen = outlines.some(
    ({ outlineStyle, outlineWidth, boxShadow }) =>
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
  );
  const { width, height } = element.getBoundingClientRect();
  return {
    mark: element.getAttribute('data-walk'),
    isSeen: isSeen && width > 0 && height > 0,
    name: `${element.tagName} ${element.id || element.className} ${element.textContent?.trim().slice(0, 30)}`,
  };
}
