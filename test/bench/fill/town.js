// What the letters of a filled store are about: stations, categories, times and wording of the sample configuration.
import { join } from 'node:path';
import { fromDist } from '../dist.js';
import { weighted } from './chance.js';

const { loadConfig } = await fromDist('config/load.js');
const { HOME, loadWording } = await fromDist('home.js');
const { officeRules } = await fromDist('office.js');
const { composeAcknowledgement } = await fromDist('domain/acknowledgement-letter.js');

export const SAMPLE = join(HOME, 'config', 'thanadak.yaml');
const OFFICERS_A_STATION = 6;
/** How often residents write about what; what is not here is rare. */
const USUAL = {
  NOI: 14,
  THF: 12,
  CYB: 12,
  TRF: 12,
  CIV: 9,
  LOST: 9,
  THR: 7,
  OTHER: 7,
  FUP: 4,
  SUS: 3,
  HELP: 3,
  DV: 2,
};

/** @typedef {Awaited<ReturnType<typeof openTown>>} Town */

export async function openTown() {
  const loaded = loadConfig(SAMPLE, {});
  if (!loaded.ok) throw new Error('The sample configuration is wrong.');
  const { config } = loaded;
  const templates = await loadWording(config);
  const rules = officeRules(config, { templates, triage: () => undefined });
  const stations = config.stations.map((/** @type {any} */ station, /** @type {number} */ index) => ({
    code: station.code,
    address: station.addresses[0],
    name: station.name.en,
    officers: Array.from({ length: OFFICERS_A_STATION }, (_, number) => `si-${station.code}-${number + 1}`),
    // Some get twenty times what others get.
    weight: 1 / (1 + (index % 20)),
  }));
  return {
    mailDomain: config.mailDomain,
    rules,
    chooseStation: weighted(stations.map((/** @type {any} */ station) => [station, station.weight])),
    chooseCategory: weighted(
      config.categories.map((/** @type {any} */ category) => [
        category,
        USUAL[/** @type {'NOI'} */ (category.code)] ?? 0.6,
      ]),
    ),
    acknowledgementIn: acknowledgements(config, templates),
  };
}

/**
 * One letter for each language with marks where id, reference and resident stand.
 * @param {any} config @param {any} templates
 */
function acknowledgements(config, templates) {
  const [station] = config.stations;
  const compose = (/** @type {string[]} */ languages) =>
    JSON.stringify(
      composeAcknowledgement({
        languages,
        templates,
        references: ['@REFERENCE@'],
        stations: [station],
        receivedAt: '2026-01-05T05:00:00.000Z',
        firstActionDueAt: '2026-01-07T05:00:00.000Z',
        timeZone: config.timeZone,
        emergencyNumbers: config.emergency.numbers,
        message: { messageId: '<@LETTER@@mail.example>', references: [] },
        marks: {
          outboxId: '@ID@',
          messageId: `<@ID@@${config.mailDomain}>`,
          loop: '@ID@',
          marker: '[@REFERENCE@]',
        },
        createdAt: '@AT@',
        from: { address: '@STATION@', name: '@NAME@' },
        replyTo: { address: `station+@ID@@${config.mailDomain}`, name: '@NAME@' },
        to: '@RESIDENT@',
      }),
    );
  return new Map(
    [['en'], ['bn'], ['hi'], ['bn', 'en']].map((languages) => [languages.join(' '), compose(languages)]),
  );
}
