// One escalation in a real store, the desk's own deed, and the web face on a port of the system's choosing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskOptions } from '../../src/desk/deed.js';
import { acknowledgeEscalation } from '../../src/desk/escalations.js';
import { buildDirectory } from '../../src/domain/directory.js';
import type { Escalation } from '../../src/domain/escalation.js';
import { escalationLink } from '../../src/domain/escalation-link.js';
import type { Officer } from '../../src/domain/people.js';
import type { Station } from '../../src/domain/station.js';
import { type Ticket, type TicketClock, UNTOUCHED } from '../../src/domain/ticket.js';
import { createSigner } from '../../src/keys/signer.js';
import type { OfficeRules } from '../../src/ports/office.js';
import { openStore } from '../../src/store/store.js';
import { createEscalationPages } from '../../src/web/escalation-pages.js';
import { createWeb, type WebOptions } from '../../src/web/server.js';
import { fixedClock } from '../support/clock.js';
import { countingIds } from '../support/ids.js';
import { recordingLog } from '../support/log.js';

export const T0 = '2026-11-24T04:00:00.000Z';
export const REFERENCE = 'BEHALA-26-000123-K';
export const SUBJECT = 'Loud music at night';
export const ID = '01ESCALATION00000000000001';

const SIGNER = createSigner(new Uint8Array(32).fill(7));

export function anOfficer(changes: Partial<Officer> = {}): Officer {
  return {
    id: 'oc-behala',
    name: 'A. Sen',
    title: 'Inspector',
    rank: 'oc',
    address: 'oc.behala@kolkatapolice.example',
    stations: ['behala'],
    divisions: [],
    readsRestricted: false,
    disabled: false,
    away: null,
    ...changes,
  };
}

export function anEscalation(changes: Partial<Escalation> = {}): Escalation {
  return {
    id: ID,
    ticketId: 'T1',
    clock: 'first-action',
    round: 1,
    step: 1,
    rank: 'oc',
    told: ['oc-behala'],
    markedAt: T0,
    at: T0,
    answerBy: '2026-11-24T05:00:00.000Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    endedAt: null,
    nextAt: '2026-11-24T05:00:00.000Z',
    ...changes,
  };
}

export const aClock: TicketClock = {
  name: 'first-action',
  round: 1,
  state: 'breached',
  startedAt: '2026-11-24T03:00:00.000Z',
  dueAt: T0,
  riskAt: null,
  metAt: null,
  breachedAt: T0,
  plan: { targetMs: 3_600_000, stretches: [{ from: '2026-11-24T03:00:00.000Z', calendar: 'always' }] },
  step: 2,
  nextAt: null,
};

const aTicket: Ticket = {
  ...UNTOUCHED,
  id: 'T1',
  reference: REFERENCE,
  station: 'behala',
  state: 'new',
  urgency: 'semi-urgent',
  category: null,
  urgencyBy: null,
  proposal: null,
  restriction: 'none',
  language: 'en',
  languages: ['en'],
  subject: SUBJECT,
  resident: { address: 'rita@home.example', name: 'Rita Basu', verdict: 'unknown' },
  receivedAt: '2026-11-24T03:00:00.000Z',
  acknowledgedAt: null,
  officer: null,
};

export interface Scene {
  escalation?: Partial<Escalation>;
  ticket?: Partial<Ticket>;
  clocks?: TicketClock[];
  station?: Partial<Station>;
  officers?: Officer[];
  web?: Partial<WebOptions>;
}

export type EscalationHouse = Awaited<ReturnType<typeof openEscalationHouse>>;

export async function openEscalationHouse(scene: Scene = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-web-'));
  const clock = fixedClock('2026-11-24T04:10:00.000Z');
  const ids = countingIds();
  const migrations = join(import.meta.dirname, '../../migrations');
  const store = await openStore({ file: join(folder, 'thanadak.db'), migrations, clock, ids });
  await store.transact(async (unit) => {
    await unit.tickets.open({ ...aTicket, ...scene.ticket });
    await unit.clocks.start('T1', scene.clocks ?? [aClock]);
    await unit.escalations.raise(anEscalation(scene.escalation));
  });
  const officers = scene.officers ?? [anOfficer()];
  const rules = () => rulesOf(officers, scene.station);
  const log = recordingLog();
  const meter = { count() {}, observe() {} };
  const raising = { raise: async () => undefined };
  const desk: DeskOptions = { store, rules, ids, signer: SIGNER, meter, raising, onLetters() {} };
  const acknowledge = (order: Parameters<typeof acknowledgeEscalation>[1]) =>
    acknowledgeEscalation(desk, order);
  const web = createWeb({
    host: '127.0.0.1',
    port: 0,
    checks: { live: () => true, ready: [] },
    metrics: { text: async () => '', contentType: 'text/plain' },
    escalations: createEscalationPages({ store, rules, signer: SIGNER, clock, acknowledge }),
    log,
    version: '1.2.3',
    ...scene.web,
  });
  const { port } = await web.listen();
  return {
    store,
    clock,
    log,
    port,
    link: (officer = 'oc-behala', id = ID) =>
      escalationLink(SIGNER, { escalationId: id, officerId: officer }, `http://127.0.0.1:${port}`),
    escalation: () => store.escalations.find(ID),
    journal: () => store.journal.ofTicket('T1'),
    async [Symbol.asyncDispose]() {
      await web.close();
      store.close();
      rmSync(folder, { recursive: true });
      log.expectNoWarnings();
    },
  };
}

/** Pages and deed ask for no more of the configuration than this. */
function rulesOf(officers: readonly Officer[], changes: Partial<Station> = {}): OfficeRules {
  const station: Station = {
    code: 'behala',
    name: { en: 'Behala Police Station' },
    force: 'kp',
    division: 'sw',
    addresses: ['behala.ps@kolkatapolice.example'],
    ...changes,
  };
  return {
    directory: buildDirectory([station], 'mail.kolkatapolice.example'),
    postmaster: station,
    officers,
    timeZone: 'Asia/Kolkata',
  } as OfficeRules;
}
