// A city of stations with its people, on a real store, without sockets: desk, sweep and outbox on a clock we move.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.js';
import type { DeskOptions } from '../../src/desk/deed.js';
import type { Desk } from '../../src/desk/desk.js';
import type { Previews } from '../../src/desk/previewing.js';
import type { Message } from '../../src/domain/message.js';
import type { OutgoingLetter } from '../../src/domain/outgoing.js';
import type { Screened } from '../../src/domain/screened.js';
import { UNCHECKED } from '../../src/domain/sender-check.js';
import type { Proposal, Ticket, Urgency } from '../../src/domain/ticket.js';
import type { TriageRules } from '../../src/domain/triage.js';
import { loadWording, openStoreOf } from '../../src/home.js';
import { type Filed, fileLetter } from '../../src/intake/filing.js';
import { createSigner } from '../../src/keys/signer.js';
import { createMeter } from '../../src/log/meter.js';
import { createMatters, type Matters } from '../../src/matters/matters.js';
import { officeRules, openOffice } from '../../src/office.js';
import { createOutbox, type Outbox } from '../../src/outbox/outbox.js';
import type { OfficeRules } from '../../src/ports/office.js';
import { filingRules, giveUpAfter } from '../../src/settings.js';
import { createSla, type Sla } from '../../src/sla/sla.js';
import { openArchive } from '../../src/spool/archive.js';
import type { OpenedStore } from '../../src/store/store.js';
import { type FixedClock, fixedClock } from '../support/clock.js';
import { loadOrFail } from '../support/house.js';
import { countingIds } from '../support/ids.js';
import { type RecordingLog, recordingLog } from '../support/log.js';

/** A few words are enough here: what the word lists make of letters is judged elsewhere. */
const WORDS: [RegExp, Urgency, string][] = [
  [/knife|ছুরি/, 'urgent', 'EMG'],
  [/stolen/, 'semi-urgent', 'THF'],
  [/constable/, 'semi-urgent', 'CPL'],
];

function judge({ text }: { text: string }): Proposal {
  const [, urgency, category] = WORDS.find(([word]) => word.test(text)) ?? [/./, 'non-urgent', 'OTHER'];
  return { urgency, category, score: 0, fired: [] };
}

export interface City {
  config: Config;
  rules: OfficeRules;
  store: OpenedStore;
  desk: Desk;
  previews: Previews;
  deskOptions: DeskOptions;
  sla: Sla;
  matters: Matters;
  outbox: Outbox;
  clock: FixedClock;
  log: RecordingLog;
  /** Letters the far side has taken, in order. */
  delivered: OutgoingLetter[];
  /** What the far side does with a letter at this instant. */
  farSide: { answer(letter: OutgoingLetter, now: string): 'take' | 'later' | 'never' };
  file(letter: {
    to: string[];
    from: string;
    message: Partial<Message>;
    screened?: Screened;
  }): Promise<Filed>;
  ticket(reference: string): Promise<Ticket>;
  close(): Promise<void>;
}

export interface CityPlan {
  stations: number;
  start: string;
}

/** Divisions of ten stations; every fifth has no AC, every seventh station no OC. */
function cityText({ stations }: CityPlan): string {
  const divisions = Array.from({ length: Math.ceil(stations / 10) }, (_, index) => index);
  const lines = [
    'data_dir: var',
    'mail_domain: mail.kolkatapolice.example',
    'it_cell: it@kolkatapolice.example',
    'sla: { calendar: office, urgent: { resolution: 1d }, semi-urgent: { resolution: 3d, calendar: always } }',
    'escalation: { quiet_hours: { from: "22:00", to: "07:00" }, digest: ["08:00", "18:00"] }',
    'agencies: [{ code: kmc, name: { en: Municipal Corporation }, address: kmc@city.example }]',
    'calendars:',
    '  - name: office',
    '    week: { monday: ["10:00-18:00"], tuesday: ["10:00-18:00"], wednesday: ["10:00-18:00"], thursday: ["10:00-18:00"], friday: ["10:00-18:00"], saturday: ["10:00-14:00"], sunday: [] }',
    '    holidays: [{ date: "2026-10-17", name: Saptami }, { date: "2026-10-19", name: Ashtami }, { date: "2026-10-20", name: Dashami }]',
    'forces:',
    '  - code: kp',
    '    name: { en: Kolkata Police }',
    '    divisions:',
  ];
  for (const d of divisions) {
    const ac = d % 5 === 4 ? '' : `, assistant_commissioner: ac.d${d}@kolkatapolice.example`;
    lines.push(
      `      - { code: d${d}, name: { en: Division ${d} }, deputy_commissioner: dc.d${d}@kolkatapolice.example${ac} }`,
    );
  }
  lines.push('stations:');
  for (let s = 0; s < stations; s += 1) {
    const oc = s % 7 === 6 ? '' : `, officer_in_charge: oc.s${s}@kolkatapolice.example`;
    const division = `d${Math.floor(s / 10)}`;
    lines.push(
      `  - { code: s${s}, name: { en: Station ${s} }, force: kp, division: ${division}, addresses: [s${s}@kolkatapolice.example]${oc} }`,
    );
  }
  lines.push('officers:');
  for (let s = 0; s < stations; s += 1) {
    for (const one of ['a', 'b', 'c']) {
      lines.push(
        `  - { id: si-s${s}-${one}, name: SI ${s} ${one}, rank: si, address: si.s${s}.${one}@kolkatapolice.example, stations: [s${s}] }`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

export async function openCity(plan: CityPlan): Promise<City> {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-city-'));
  const file = join(folder, 'thanadak.yaml');
  writeFileSync(file, cityText(plan));
  const { config } = loadOrFail(file);
  const clock = fixedClock(plan.start);
  const ids = countingIds();
  const log = recordingLog();
  const wording = await loadWording(config);
  const rules = officeRules(config, { templates: wording, triage: () => ({}) as TriageRules });
  const store = await openStoreIn(config, { clock, ids });
  const signer = createSigner(Buffer.alloc(32, 5));
  const meter = createMeter({});
  const office = openOffice({ store, rules: () => rules, ids, signer, meter, onLetters: () => undefined });
  const life = { ...office.life, propose: judge };
  const sla = createSla({ ...office.options, life, archive: openArchive(config.dataDir), clock, log });
  const matters = createMatters({
    store,
    clock,
    log,
    isBusy: () => false,
    timeZone: () => rules.timeZone,
  });
  const delivered: OutgoingLetter[] = [];
  const farSide: City['farSide'] = { answer: () => 'take' };
  const outbox = createOutbox({
    store,
    clock,
    log,
    meter,
    leaseMs: 600_000,
    concurrency: 1_000,
    giveUpAfterMs: (kind) => giveUpAfter(config, kind),
    onBroken: (error) => {
      throw error;
    },
    delivery: {
      async deliver(letter) {
        const answer = farSide.answer(letter, clock.now());
        if (answer === 'later') return { kind: 'temporary', reply: '451 4.3.0 later' };
        if (answer === 'never') return { kind: 'permanent', reply: '550 5.1.1 no such user' };
        delivered.push(letter);
        return { kind: 'sent', reply: '250 2.0.0 taken', queueId: `Q${delivered.length}` };
      },
      close: async () => undefined,
    },
  });
  let letters = 0;
  const filing = filingRules(config, wording);
  return {
    config,
    rules,
    store,
    desk: office.desk,
    previews: office.previews,
    deskOptions: office.options,
    sla,
    matters,
    outbox,
    clock,
    log,
    delivered,
    farSide,
    async file({ to, from, message, screened }) {
      letters += 1;
      const id = ids.next();
      const letter = {
        id,
        envelope: {
          from,
          to,
          client: { address: '192.0.2.1', name: 'home', relay: null },
          protocol: 'ESMTP',
          tls: null,
        },
        receivedAt: clock.now(),
        bytes: 100,
        sha256: String(letters).padStart(64, '0'),
        bareNewlines: false,
      };
      const read = {
        letter,
        message: { ...blank(letters, from), ...message },
        sender: UNCHECKED,
        screened,
        archivePath: `letters/${id}`,
      };
      return store.transact((unit) =>
        fileLetter(unit, read, { rules: filing, signer, ids, life, paused: false }),
      );
    },
    async ticket(reference) {
      const ticket = await store.tickets.find(reference);
      if (!ticket) throw new Error(`no ticket ${reference}`);
      return ticket;
    },
    async close() {
      await outbox.close();
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function openStoreIn(config: Config, from: Parameters<typeof openStoreOf>[1]): Promise<OpenedStore> {
  mkdirSync(config.dataDir, { recursive: true });
  return openStoreOf(config, from);
}

function blank(number: number, from: string): Message {
  return {
    parsed: true,
    problem: null,
    headers: [],
    from: { address: from, name: '' },
    to: [],
    subject: '',
    text: '',
    messageId: `<letter-${number}@home.example>`,
    inReplyTo: [],
    references: [],
    date: null,
    attachments: [],
    repairs: [],
    protection: null,
    report: null,
  };
}
