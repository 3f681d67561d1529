// Every route of the table, asked by every rank of the own and of a foreign station, over HTTP. A route without a rule
// does not compile; one whose rule is not held to fails here.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Officer } from '../../src/domain/people.js';
import { type Restriction, type Ticket, UNTOUCHED } from '../../src/domain/ticket.js';
import type { Route, Rule } from '../../src/web/frame/route.js';
import { type Browser, openBrowser, signedIn } from '../support/browser.js';
import { openHouse, type TestHouse } from '../support/house.js';

const PLACES = `
forces:
  - code: kp
    name: { en: Kolkata Police }
    divisions: [{ code: sw, name: { en: South West } }, { code: n, name: { en: North } }]
stations:
  - { code: behala, name: { en: Behala }, force: kp, division: sw, addresses: [behala.ps@kolkatapolice.example] }
  - { code: tala, name: { en: Tala }, force: kp, division: n, addresses: [tala.ps@kolkatapolice.example] }
`;

const RANKS = ['officer', 'oc', 'ac', 'dc', 'admin', 'auditor'] as const;
const SIDES = ['own', 'foreign'] as const;
type Rank = (typeof RANKS)[number];
type Side = (typeof SIDES)[number];

function officer(rank: Rank, side: Side): Officer & { absenceOnly: boolean } {
  const isLow = rank === 'officer' || rank === 'oc';
  const isHigh = rank === 'ac' || rank === 'dc';
  const [station, division] = side === 'own' ? ['behala', 'kp/sw'] : ['tala', 'kp/n'];
  return {
    id: `${rank}-${side}`,
    name: `${rank} ${side}`,
    title: '',
    rank,
    address: null,
    stations: isLow ? [station] : [],
    divisions: isHigh ? [division] : [],
    readsRestricted: false,
    disabled: false,
    away: null,
    absenceOnly: false,
  };
}

const TICKETS: Record<Restriction, string> = {
  none: 'BEHALA-26-000001-A',
  named: 'BEHALA-26-000002-B',
  dc: 'BEHALA-26-000003-C',
};

function ticket(restriction: Restriction, id: string): Ticket {
  return {
    ...UNTOUCHED,
    id,
    reference: TICKETS[restriction],
    station: 'behala',
    state: 'new',
    urgency: null,
    category: null,
    urgencyBy: null,
    proposal: null,
    restriction,
    language: 'en',
    languages: ['en'],
    subject: 'Loud music at night',
    resident: { address: 'rita@home.example', name: 'Rita Basu', verdict: 'unknown' },
    receivedAt: '2026-11-24T03:00:00.000Z',
    acknowledgedAt: null,
    officer: null,
  };
}

/** Which restrictions a rank reads at the own station: said here once more, not taken from the code under test. */
const READS: Record<Rank, readonly Restriction[]> = {
  officer: ['none'],
  oc: ['none', 'named'],
  ac: ['none', 'named'],
  dc: ['none', 'named', 'dc'],
  admin: ['none', 'named', 'dc'],
  auditor: ['none', 'named', 'dc'],
};

const UPWARDS = ['officer', 'oc', 'ac', 'dc', 'admin'];

function isAdmitted(rule: Rule, rank: Rank): boolean {
  if (rule === 'signed-in' || rule === 'ticket') return true;
  if ('ranks' in rule) return rule.ranks.includes(rank);
  return UPWARDS.includes(rank) && UPWARDS.indexOf(rank) >= UPWARDS.indexOf(rule.atLeast);
}

function isSeen(restriction: Restriction, rank: Rank, side: Side): boolean {
  const isEverywhere = rank === 'admin' || rank === 'auditor';
  return (side === 'own' || isEverywhere) && READS[rank].includes(restriction);
}

/** What stands for the parts of a path. */
function pathOf(route: Route, reference: string): string {
  return route.path.replaceAll(':reference', reference).replace(/:\w+|\*/g, 'none-such');
}

let house: TestHouse;
const browsers = new Map<string, Browser>();

beforeAll(async () => {
  house = await openHouse(PLACES);
  const { store } = house.daemon;
  await store.transact(async (unit) => {
    for (const rank of RANKS) for (const side of SIDES) await unit.officers.save(officer(rank, side));
    for (const [index, restriction] of (['none', 'named', 'dc'] as const).entries()) {
      await unit.tickets.open(ticket(restriction, `T${index}`));
    }
  });
  for (const rank of RANKS) {
    for (const side of SIDES)
      browsers.set(`${rank}-${side}`, await signedIn(house.daemon, `${rank}-${side}`));
  }
});

// The tickets stand there without letters, so the house is not looked through as other tests' are.
afterAll(() => house.daemon[Symbol.asyncDispose]());

/** The status alone: some answers never end. POST without `csrf` reaches no deed. */
async function statusOf(browser: Browser, method: 'GET' | 'POST', path: string): Promise<number> {
  const cookie = `thanadak=${browser.cookies.get('thanadak')}`;
  const gone = new AbortController();
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const response = await fetch(`http://127.0.0.1:${house.daemon.webPort}${path}`, {
    method,
    redirect: 'manual',
    signal: gone.signal,
    headers: { cookie, ...(method === 'POST' ? form : {}) },
    ...(method === 'POST' ? { body: new URLSearchParams({ csrf: browser.csrf() }).toString() } : {}),
  });
  gone.abort();
  return response.status;
}

describe.each(RANKS)('%s', (rank) => {
  it.each(SIDES)('of the %s station is refused whatever a rule does not give', async (side) => {
    const browser = browsers.get(`${rank}-${side}`) ?? openBrowser(house.daemon.webPort);
    for (const route of house.daemon.routes) {
      for (const restriction of ['none', 'named', 'dc'] as const) {
        const seen = route.rule !== 'ticket' || isSeen(restriction, rank, side);
        if (isAdmitted(route.rule, rank) && seen) continue;
        const path = pathOf(route, TICKETS[restriction]);
        expect([route.method, path, await statusOf(browser, route.method, path)]).toEqual([
          route.method,
          path,
          404,
        ]);
      }
    }
  });

  it.each(SIDES)('of the %s station is given every page that a rule gives', async (side) => {
    const browser = browsers.get(`${rank}-${side}`) ?? openBrowser(house.daemon.webPort);
    const pages = house.daemon.routes.filter(
      (route) => route.method === 'GET' && !/:(?!reference)|\*/.test(route.path),
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const route of pages) {
      for (const restriction of ['none', 'named', 'dc'] as const) {
        const seen = route.rule !== 'ticket' || isSeen(restriction, rank, side);
        if (!isAdmitted(route.rule, rank) || !seen) continue;
        const path = pathOf(route, TICKETS[restriction]);
        expect([path, [200, 303].includes(await statusOf(browser, 'GET', path))]).toEqual([path, true]);
      }
    }
  });
});

describe('every route', () => {
  it('has a rule', () => {
    const rules = house.daemon.routes.map(({ path, rule }: Route) => ({ path, rule: JSON.stringify(rule) }));
    const odd = rules.filter(
      ({ rule }) => !/^"(?:signed-in|ticket)"$|^\{"(?:atLeast|ranks)":/.test(rule ?? ''),
    );
    expect(odd).toEqual([]);
  });

  it('for a ticket names it in its path', () => {
    const nameless = house.daemon.routes.filter(
      ({ path, rule }) => (rule === 'ticket') !== path.includes(':reference'),
    );
    expect(nameless.map(({ path }) => path)).toEqual([]);
  });

  it('is closed to strangers and to who has given the password only', async () => {
    const half = await signedIn(house.daemon, 'dc-own', 'half');
    for (const browser of [openBrowser(house.daemon.webPort), half]) {
      for (const route of house.daemon.routes) {
        const status = await statusOf(browser, route.method, pathOf(route, TICKETS.none));
        const expected = route.method === 'GET' ? 303 : 401;
        expect([route.method, route.path, status]).toEqual([route.method, route.path, expected]);
      }
    }
  });

  it('that changes something needs the code of the session', async () => {
    const browser = browsers.get('dc-own') ?? openBrowser(house.daemon.webPort);
    for (const route of house.daemon.routes.filter(({ method }) => method === 'POST')) {
      const { status } = await browser.post(pathOf(route, TICKETS.none), { csrf: 'C'.repeat(43) });
      expect([route.path, status]).toEqual([route.path, 403]);
    }
  });
});
