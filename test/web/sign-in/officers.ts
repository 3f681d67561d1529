// A house with officers who may sign in, and what they type.
import { generateSync } from 'otplib';
import { createPasswords } from '../../../src/identity/passwords.js';
import { setPassword } from '../../../src/sign-in/account.js';
import { type Browser, openBrowser } from '../../support/browser.js';
import { fixedClock } from '../../support/clock.js';
import { openHouse } from '../../support/house.js';

export const PASSWORD = 'three dull green tramways';
export const OTHER_PASSWORD = 'five loud wooden ferries';

export const OFFICERS = `
officers:
  - { id: si-roy, name: Mita Roy, rank: si, stations: [behala], address: mita.roy@police.example }
  - { id: si-das, name: Anil Das, rank: si, stations: [lake] }
  - { id: oc-behala, name: A. Sen, rank: oc, stations: [behala], address: oc.behala@police.example }
`;

let hashed: Promise<string> | undefined;

/** Made once: it is meant to be slow. */
export function hashedPassword(): Promise<string> {
  hashed ??= createPasswords().hash(PASSWORD);
  return hashed;
}

export type SignInHouse = Awaited<ReturnType<typeof openSignInHouse>>;

/** `more` replaces sections of the configuration. Every officer has the same password. */
export async function openSignInHouse(more = '', temporary = false) {
  const clock = fixedClock('2026-11-24T04:00:05.000Z');
  const house = await openHouse(`${OFFICERS}\n${more}`, { clock });
  const { store, webPort } = house.daemon;
  const hash = await hashedPassword();
  await store.transact(async (unit) => {
    for (const officer of ['si-roy', 'si-das', 'oc-behala']) {
      await setPassword(unit, { officer, hash, mustChange: temporary, actor: 'operator' });
    }
  });
  return {
    ...house,
    store,
    clock,
    browser: () => openBrowser(webPort),
    /** The code that an app with this secret shows. */
    code: (secret: string, movedBySeconds = 0) =>
      generateSync({ secret, epoch: Math.floor(Date.parse(clock.now()) / 1_000) + movedBySeconds }),
    journal: async (event: string) =>
      (await store.journal.chainedAfter(0, 1_000)).filter((row) => row.event === event),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}

export function enter(browser: Browser, name: string, password = PASSWORD, next = '/') {
  return browser.post('/sign-in', { name, password, next });
}

/** The value of a hidden field of a page. */
export function hidden(body: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
}

export function secretIn(body: string): string {
  return (/<code class="secret">([^<]+)</.exec(body)?.[1] ?? '').replaceAll(' ', '');
}

export function recoveryCodesIn(body: string): string[] {
  return [...body.matchAll(/<li><code>([^<]+)</g)].map((match) => match[1] ?? '');
}

/** Signs in with the password and sets up an app: what the OC does the first time. */
export async function enrol(house: SignInHouse, browser: Browser, name = 'oc-behala') {
  await enter(browser, name);
  const page = await browser.get('/sign-in/second?next=/');
  const secret = secretIn(page.body);
  const sealed = hidden(page.body, 'sealed');
  const done = await browser.post('/sign-in/enrol', { sealed, code: house.code(secret), next: '/' });
  return { secret, codes: recoveryCodesIn(done.body), done };
}
