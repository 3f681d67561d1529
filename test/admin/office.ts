// The desk of the test house: hand-made rules, real desk, sweep and wording.

import { tmpdir } from 'node:os';
import type { HouseOffice } from '../../src/admin/deps.js';
import { createDesk } from '../../src/desk/desk.js';
import { acknowledgeEscalation } from '../../src/desk/escalations.js';
import { createTicketLife } from '../../src/desk/life.js';
import { ALWAYS, type Calendar } from '../../src/domain/calendar.js';
import type { Category } from '../../src/domain/category.js';
import { buildDirectory } from '../../src/domain/directory.js';
import type { StepRule } from '../../src/domain/escalation.js';
import { peopleOf } from '../../src/domain/people.js';
import type { SlaRules } from '../../src/domain/sla-rules.js';
import { LANGUAGES, type Station } from '../../src/domain/station.js';
import { compileTriage } from '../../src/domain/triage.js';
import { createSigner } from '../../src/keys/signer.js';
import { createMeter } from '../../src/log/meter.js';
import { createMatters } from '../../src/matters/matters.js';
import type { TicketLife } from '../../src/ports/desk.js';
import type { OfficeRules } from '../../src/ports/office.js';
import type { Store } from '../../src/ports/store.js';
import type { Clock, IdSource } from '../../src/ports/surroundings.js';
import { createRaising } from '../../src/sla/raising.js';
import { eraseOver, planErasures } from '../../src/sla/retention.js';
import { createSla } from '../../src/sla/sla.js';
import { openArchive } from '../../src/spool/archive.js';
import { loadTemplates } from '../../src/templates/templates.js';
import { recordingLog } from '../support/log.js';
import { officersFor } from './people.js';

const HOUR = 3_600_000;

/** Monday to Friday from ten to six; the 25th of November 2026 is a holiday. */
const OFFICE_HOURS: Calendar = {
  name: 'office',
  timeZone: 'Asia/Kolkata',
  always: false,
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: 600, to: 1080 }] : [])),
  holidays: new Map([['2026-11-25', 'Test Puja']]),
};

const STEPS: StepRule[] = [
  { rank: 'officer', at: { percent: 80 }, answerWithinMs: HOUR },
  { rank: 'oc', at: { percent: 100 }, answerWithinMs: 4 * HOUR },
  { rank: 'ac', at: null, answerWithinMs: 8 * HOUR },
];

const TRIAGE = compileTriage({
  words: [{ form: 'en', groups: { weapon: ['knife'], lamp: ['street light'] } }],
  signs: [{ group: 'weapon', list: 'danger', kind: 'danger', weight: 5 }],
  combinations: [],
  softeners: [],
  defaults: { CIVIC: 'non-urgent', OTHER: 'non-urgent' },
  votes: { CIVIC: { lamp: 2 } },
  changes: [],
  marks: { urgent: 4, semiUrgent: 2, presumption: 0, category: 1 },
});

function slaRules(): SlaRules {
  const times = (hours: number, calendar: string) => ({
    firstActionMs: hours * HOUR,
    resolutionMs: 8 * hours * HOUR,
    calendar,
  });
  const ladder = { urgent: STEPS, 'semi-urgent': STEPS, 'non-urgent': STEPS };
  return {
    acknowledgementMs: HOUR,
    signatureMs: 72 * HOUR,
    progressMs: 90 * 24 * HOUR,
    byUrgency: {
      urgent: times(1, 'always'),
      'semi-urgent': times(4, 'office'),
      'non-urgent': times(8, 'office'),
    },
    calendar: 'office',
    calendars: new Map([
      ['office', OFFICE_HOURS],
      ['always', ALWAYS],
    ]),
    ladders: {
      acknowledgement: ladder,
      'first-action': ladder,
      resolution: ladder,
      signature: ladder,
      progress: ladder,
    },
  };
}

function category(code: string, more: Partial<Category> = {}): [string, Category] {
  const plain: Category = {
    code,
    name: { en: code },
    urgency: 'non-urgent',
    restriction: 'none',
    handOff: null,
    cognizable: false,
    sla: { firstActionMs: null, resolutionMs: null, calendar: null },
  };
  return [code, { ...plain, ...more }];
}

async function officeRules(stations: readonly Station[]): Promise<OfficeRules> {
  const mailDomain = 'mail.kolkatapolice.example';
  return {
    directory: buildDirectory(stations, mailDomain),
    retention: { keepMs: null, byCategory: new Map() },
    postmaster: {
      code: 'postmaster',
      name: { en: 'Postmaster' },
      force: '',
      division: '',
      addresses: [`postmaster@${mailDomain}`],
    },
    officers: officersFor(),
    sla: slaRules(),
    triage: () => TRIAGE,
    categories: new Map([
      category('CIVIC'),
      category('OTHER'),
      category('THEFT', { cognizable: true }),
      category('POL', { restriction: 'dc' }),
    ]),
    outcomes: new Map([
      ['resolved', { code: 'resolved', name: { en: 'Solved' }, needsPassingOn: false }],
      ['not-ours', { code: 'not-ours', name: { en: 'Passed on' }, needsPassingOn: true }],
    ]),
    agencies: new Map([
      ['kmc', { code: 'kmc', name: { en: 'Municipal Corporation' }, address: 'control@kmc.example' }],
    ]),
    templates: await loadTemplates('config/templates', LANGUAGES),
    timeZone: 'Asia/Kolkata',
    emergencyNumbers: ['112'],
    publicUrl: 'http://127.0.0.1:8025',
    quietHours: null,
    digestTimes: [],
    waiting: { closeAfterMs: 7 * 24 * HOUR },
    closure: { returnWindowMs: 15 * 24 * HOUR, reopenings: 3 },
  };
}

export interface TestOffice extends Omit<HouseOffice, 'startedAt'> {
  life: TicketLife;
}

export async function openTestOffice(
  store: Store,
  { stations, clock, ids }: { stations: readonly Station[]; clock: Clock; ids: IdSource },
): Promise<TestOffice> {
  const rules = await officeRules(stations);
  const from = {
    store,
    rules: () => rules,
    ids,
    signer: createSigner(Buffer.alloc(32, 7)),
    meter: createMeter(),
    onLetters: () => undefined,
  };
  const options = { ...from, raising: createRaising(from) };
  const life = createTicketLife(options);
  const log = recordingLog();
  const archive = openArchive(tmpdir());
  const sla = createSla({ ...options, life, archive, clock, log });
  const matters = createMatters({
    store,
    clock,
    log,
    isBusy: () => false,
    timeZone: () => rules.timeZone,
  });
  return {
    desk: createDesk(options),
    life,
    rules,
    people: async () => peopleOf(rules.officers, await store.officers.list()),
    planErasures: () => planErasures(options, clock.now()),
    eraseOver: () => eraseOver({ ...options, life, archive, clock }),
    acknowledgeEscalation: (order) => acknowledgeEscalation(options, order),
    async sweep() {
      const done = await sla.sweep();
      return { ...done, suggested: (await matters.pass()).suggested };
    },
  };
}
