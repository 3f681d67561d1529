// How long lists, search and sweeps take in a store, each asked for many times with other stations, words and officers.
// A process of its own, so that nothing the bench did before has warmed it: node test/bench/store-times.js DIR

import { percentiles } from './acknowledged.js';
import { fromDist } from './dist.js';
import { createChance } from './fill/chance.js';
import { nameIn } from './fill/words.js';

const { openStore } = await fromDist('store/store.js');
const { databaseOf, HOME } = await fromDist('home.js');
const { createIdSource } = await fromDist('keys/ids.js');

const ROUNDS = 60;
const DAY = 86_400_000;
const PAGE = 100;
const WORDS = ['complaint', 'market', 'motorcycles', 'electric', 'লাইসেন্স', 'দারোয়ান', 'बत्ती', 'lane loud'];

/** @param {string} dataDir */
async function measureStore(dataDir) {
  const openedAt = performance.now();
  const clock = { now: () => new Date().toISOString() };
  const store = await openStore({
    file: databaseOf(dataDir),
    migrations: `${HOME}/migrations`,
    clock,
    ids: createIdSource(clock),
  });
  const openMs = performance.now() - openedAt;
  const sample = await store.tickets.list({ limit: 2_000 });
  const asks = asksOf(store, sample);
  const figures = {};
  for (const [group, list] of Object.entries(asks)) Object.assign(figures, { [group]: await time(list) });
  const views = await store.tickets.countViews({ officer: '', now: clock.now(), soon: clock.now() });
  store.close();
  return { openMs, atHand: views.all, figures };
}

/** @param {any} store @param {any[]} sample */
function asksOf(store, sample) {
  const chance = createChance(5);
  const stations = [...new Set(sample.map(({ station }) => station))];
  const scope = (/** @type {number} */ count) => {
    const from = chance.below(stations.length);
    return { restrictions: ['none', 'named'], stations: stations.slice(from, from + count) };
  };
  const at = (/** @type {number} */ days) => new Date(Date.now() + days * DAY).toISOString();
  const list = (/** @type {object} */ filter) => store.tickets.list({ limit: PAGE, ...filter });
  const some = () => chance.oneOf(sample);
  const word = () =>
    chance.oneOf([...WORDS, nameIn(chance, 'en'), nameIn(chance, 'bn'), String(1_000 + chance.below(9_000))]);
  return {
    list: [
      () => list({}),
      () => list({ after: some().reference }),
      () => list({ scope: scope(1) }),
      () => list({ scope: scope(12) }),
      () => list({ unclosed: true }),
      () => list({ unclosed: true, sort: 'deadline', scope: scope(1) }),
      () => list({ unclosed: true, sort: 'deadline', scope: scope(12), urgency: 'urgent' }),
      () => list({ sort: 'deadline' }),
      () => list({ overdue: true, scope: scope(12) }),
      () => list({ dueFrom: at(0), dueBefore: at(1), sort: 'deadline' }),
      () => list({ unclosed: true, officer: null, scope: scope(1) }),
      () => list({ officer: some().officer ?? 'si-behala-1' }),
      () => list({ category: some().category ?? 'NOI' }),
      () => list({ resident: some().resident.address }),
      () => list({ receivedFrom: at(-40), receivedBefore: at(-30), scope: scope(1) }),
      () => list({ junk: true, scope: scope(1) }),
    ],
    views: [
      () =>
        store.tickets.countViews({ officer: some().officer ?? '', now: at(0), soon: at(1), scope: scope(1) }),
      () =>
        store.tickets.countViews({
          officer: some().officer ?? '',
          now: at(0),
          soon: at(1),
          scope: scope(12),
        }),
      () => store.tickets.counts(at(0)),
      () => store.outbox.counts(),
      () => store.escalations.list({ open: true, limit: PAGE, scope: scope(12) }),
    ],
    search: [
      () => list({ search: word() }),
      () => list({ search: word(), scope: scope(1) }),
      () => list({ search: word(), scope: scope(12) }),
      () => list({ search: word(), scope: scope(1), unclosed: true }),
    ],
    sweep: [
      () => store.clocks.due(at(0), 50),
      () => store.escalations.due(at(0), 50),
      () => store.waits.due(at(0), 50),
      () => store.outbox.nextDueAt(),
      () => store.matters.unmarked(at(-2), 1_000),
    ],
  };
}

/** @param {(() => Promise<unknown>)[]} asks */
async function time(asks) {
  const waits = [];
  for (const ask of asks) await ask();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const ask of asks) {
      const begin = performance.now();
      await ask();
      waits.push(performance.now() - begin);
    }
  }
  return percentiles(waits);
}

process.stdout.write(JSON.stringify(await measureStore(process.argv[2] ?? '')));
