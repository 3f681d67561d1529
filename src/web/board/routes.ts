// Pages and deeds of the board: for officers in charge and above, each of what they serve.
import { formatCsv } from '../../domain/csv.js';
import { ThanadakError } from '../../domain/errors.js';
import { datesOf } from '../../domain/figures.js';
import { stampIn } from '../../domain/local-stamp.js';
import type { Rank } from '../../domain/people.js';
import { keepReports } from '../../reports/kept.js';
import { rowsOf, stationPlaces } from '../../reports/places.js';
import { REPORT_HEADS, reportCells } from '../../reports/table.js';
import type { WebHouse } from '../frame/house.js';
import { type Answer, type Asked, fieldOf, type Route, type Values, type Visit } from '../frame/route.js';
import { readTimes } from '../frame/times.js';
import { numberIn } from '../words/phrases.js';
import { textIn } from '../words/words.js';
import { findPlace, stationsIn } from './board-place.js';
import { type BoardFacts, type BoardReading, PERIODS, readBoard } from './board-read.js';
import { type BoardView, boardAddress, boardView } from './board-view.js';
import { type Draw, keepDrawn } from './drawn.js';
import { trendCharts } from './trend-view.js';

const READERS: readonly Rank[] = ['oc', 'ac', 'dc', 'admin', 'auditor'];
const USUAL = 30;
const WALL_REFRESH_S = 60;

export function boardRoutes(house: WebHouse): Route[] {
  const draw = keepDrawn(house.charts);
  const reading: BoardReading = { store: house.store, report: keepReports(house.store) };
  const get = (path: string, answer: (visit: Visit, asked: Asked) => Promise<Answer>): Route => ({
    method: 'GET',
    path,
    rule: { ranks: READERS },
    answer,
  });
  return [
    get('/board', async (visit, asked) =>
      showBoard(draw, await factsOf(reading, visit, asked.query), { visit, asked }),
    ),
    get('/board/wall', async (visit, asked) => showWall(await factsOf(reading, visit, asked.query), visit)),
    get('/board/stations.csv', async (visit, asked) =>
      giveCsv(await factsOf(reading, visit, asked.query), visit),
    ),
    {
      method: 'POST',
      path: '/board/escalations/:id/acknowledge',
      rule: { atLeast: 'oc' },
      answer: (visit: Visit, asked: Asked) => acknowledge(house, visit, asked),
    },
  ];
}

/** Errors: 'not-found' for a place that the person does not serve. */
async function factsOf(reading: BoardReading, visit: Visit, query: Values): Promise<BoardFacts> {
  const place = findPlace(
    stationsIn(visit.rules, visit.scope),
    fieldOf(query, 'place').toLowerCase(),
    visit.scope,
  );
  if (!place) throw new ThanadakError('not-found', 'There is no such place.');
  const period = PERIODS.find((days) => String(days) === fieldOf(query, 'days')) ?? USUAL;
  return readBoard(reading, visit, { place, period });
}

async function showBoard(
  draw: Draw,
  facts: BoardFacts,
  { visit, asked }: { visit: Visit; asked: Asked },
): Promise<Answer> {
  const view = boardView(facts, visit);
  const say = textIn(visit.language);
  const taken = fieldOf(asked.query, 'taken');
  return {
    view: 'board/board',
    data: {
      title: say('board.title'),
      here: 'board',
      taken: /^[A-Z0-9-]{1,40}$/.test(taken) ? taken : null,
      board: view,
      wallHref: boardAddress(view.place.key, facts.period, '/board/wall'),
      csvHref: boardAddress(view.place.key, facts.period, '/board/stations.csv'),
      ...(await picturesOf(draw, view, visit)),
    },
  };
}

async function picturesOf(draw: Draw, view: BoardView, { language, rules, now }: Visit) {
  const say = textIn(language);
  const times = readTimes({ language, timeZone: rules.timeZone, now });
  const { letters, shares } = trendCharts(view.trend, {
    received: say('board.received'),
    breached: say('board.breached'),
    acknowledged: say('board.acknowledged_in_hour'),
    acted: say('board.acted'),
    day: (at) => times.day(at),
    number: (value) => numberIn(language, value),
  });
  return { letters: await draw(letters, language), shares: await draw(shares, language) };
}

async function showWall(facts: BoardFacts, visit: Visit): Promise<Answer> {
  const board = boardView(facts, visit);
  const rows = [...board.rows].sort(
    (a, b) => b.overdue.count - a.overdue.count || b.atRisk.count - a.atRisk.count,
  );
  return {
    view: 'board/wall',
    data: {
      title: textIn(visit.language)('board.wall.title'),
      here: 'board',
      wall: true,
      refresh: WALL_REFRESH_S,
      scripts: ['wall.js'],
      board: { ...board, rows },
    },
  };
}

async function giveCsv({ place, report }: BoardFacts, { rules }: Visit): Promise<Answer> {
  const stamp = stampIn(rules.timeZone);
  const rows = rowsOf(stationPlaces(place.stations), report.stations);
  const text = formatCsv(
    REPORT_HEADS,
    rows.map((row) => reportCells(row, stamp)),
  );
  const { from, to } = datesOf(report.days);
  return {
    file: Buffer.from(text, 'utf8'),
    type: 'text/csv; charset=utf-8',
    name: `stations ${from} to ${to}.csv`,
  };
}

/** Back to the board, which says whose ticket it was. Whom it does not concern is told that there is no such thing. */
async function acknowledge(house: WebHouse, visit: Visit, asked: Asked): Promise<Answer> {
  const escalation = await house.acknowledgeEscalation({ id: asked.params.id ?? '', actor: visit.actor });
  const ticket = await house.store.tickets.findById(escalation.ticketId);
  const back = fieldOf(asked.form, 'back');
  const to = /^\/board\?[\w=&%./-]*$/.test(back) ? back : '/board?';
  return { redirect: `${to}&taken=${ticket?.reference ?? ''}` };
}
