// The office behind the front door: what desk and sweep know of the configuration, and the two of them put together.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { calendarsOf } from './config/calendars.js';
import type { Config } from './config/config.js';
import { laddersOf } from './config/ladders.js';
import { officersOf } from './config/people.js';
import { loadTriageLists } from './config/triage-words.js';
import type { DeskOptions } from './desk/deed.js';
import { createDesk, type Desk } from './desk/desk.js';
import { createTicketLife } from './desk/life.js';
import { createPreviews, type Previews } from './desk/previewing.js';
import { buildDirectory } from './domain/directory.js';
import type { SlaRules } from './domain/sla-rules.js';
import { POSTMASTER, type Station } from './domain/station.js';
import type { Urgency } from './domain/ticket.js';
import { compileTriage, type TriageRules } from './domain/triage.js';
import type { TicketLife } from './ports/desk.js';
import type { OfficeRules } from './ports/office.js';
import type { Templates } from './ports/templates.js';
import { createRaising } from './sla/raising.js';

/** The postmaster's ticket file stands beside the stations: RFC 5321 4.5.1 mail for the IT cell. */
export function postmasterOf(config: Config): Station {
  return {
    code: POSTMASTER,
    name: { en: 'Postmaster' },
    force: '',
    division: '',
    addresses: [`${POSTMASTER}@${config.mailDomain}`],
  };
}

/** Compiled lists by what the files were: a reload, or another house in the process, compiles nothing anew. */
const compiled = new Map<string, TriageRules>();

/** The word lists for triage, of the program in `home` when the configuration names none. Errors: 'invalid'. */
export function loadTriage(config: Config, home: string): TriageRules {
  const folder = config.triage.words ?? join(home, 'config', 'triage');
  const key = markOf(folder);
  const known = compiled.get(key);
  if (known) return known;
  const rules = compileTriage(loadTriageLists(folder));
  compiled.clear();
  compiled.set(key, rules);
  return rules;
}

/** As loadTriage, when somebody first asks: the compiled lists take some 25 MB and half a second. */
export function triageWhenAsked(config: Config, home: string): () => TriageRules {
  let rules: TriageRules | undefined;
  return () => {
    rules ??= loadTriage(config, home);
    return rules;
  };
}

/** Changes whenever a file of the folder does. */
function markOf(folder: string): string {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const marks = names.map((name) => {
    const { mtimeMs, size } = statSync(join(folder, name));
    return `${name} ${mtimeMs} ${size}`;
  });
  return [folder, ...marks].join('\n');
}

export function officeRules(
  config: Config,
  { templates, triage }: { templates: Templates; triage: () => TriageRules },
): OfficeRules {
  const { closure, waiting, escalation } = config;
  const categories = config.categories.map((category) => ({
    code: category.code,
    name: category.name,
    urgency: category.urgency,
    restriction: category.restriction,
    handOff: category.handOff ?? null,
    cognizable: category.cognizable,
    sla: {
      firstActionMs: category.firstAction ?? null,
      resolutionMs: category.resolution ?? null,
      calendar: category.calendar ?? null,
    },
  }));
  return {
    directory: buildDirectory(config.stations, config.mailDomain),
    postmaster: postmasterOf(config),
    officers: officersOf(config),
    sla: slaRules(config),
    triage,
    categories: byCode(categories),
    outcomes: byCode(config.outcomes),
    agencies: byCode(config.agencies),
    templates,
    timeZone: config.timeZone,
    emergencyNumbers: config.emergency.numbers,
    publicUrl: config.web.publicUrl,
    quietHours: escalation.quietHours ?? null,
    digestTimes: escalation.digest,
    waiting: { closeAfterMs: waiting.closeAfter },
    retention: {
      keepMs: config.retention.keep ?? null,
      byCategory: new Map(
        config.categories.flatMap(({ code, keep }) => (keep === undefined ? [] : [[code, keep] as const])),
      ),
    },
    closure: { returnWindowMs: closure.returnWindow, reopenings: closure.reopenings },
  };
}

function byCode<T extends { code: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.code, entry]));
}

function slaRules(config: Config): SlaRules {
  const { sla, acknowledgement } = config;
  const times = (urgency: Urgency) => ({
    firstActionMs: sla[urgency].firstAction,
    resolutionMs: sla[urgency].resolution,
    calendar: sla[urgency].calendar ?? null,
  });
  return {
    acknowledgementMs: acknowledgement.target,
    signatureMs: sla.signature,
    progressMs: sla.progress,
    byUrgency: {
      urgent: times('urgent'),
      'semi-urgent': times('semi-urgent'),
      'non-urgent': times('non-urgent'),
    },
    calendar: sla.calendar,
    calendars: calendarsOf(config),
    ladders: laddersOf(config.escalation),
  };
}

export interface Office {
  options: DeskOptions;
  desk: Desk;
  /** What the letters of a deed would be. */
  previews: Previews;
  life: TicketLife;
}

/** Desk, the life of tickets, and the way up the ranks, on one store. */
export function openOffice(from: Omit<DeskOptions, 'raising'>): Office {
  const options: DeskOptions = { ...from, raising: createRaising(from) };
  return {
    options,
    desk: createDesk(options),
    previews: createPreviews(options),
    life: createTicketLife(options),
  };
}
