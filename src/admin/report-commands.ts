// `report station`, `report division`: the figures of the board, for the terminal and for spreadsheets.
import { type Command, Option } from 'commander';
import { formatCsv } from '../domain/csv.js';
import { ThanadakError } from '../domain/errors.js';
import { type Days, datesOf, lastDays, MOST_DAYS } from '../domain/figures.js';
import { stampIn } from '../domain/local-stamp.js';
import { dayOf, openZone } from '../domain/zone.js';
import { divisionPlaces, type ReportPlace, rowsOf, stationPlaces } from '../reports/places.js';
import { readReport } from '../reports/reading.js';
import { REPORT_HEADS, reportCells } from '../reports/table.js';
import type { House } from './deps.js';
import { examples, inHouse, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { checkStation } from './stations.js';
import { formatReportTable, viewReport } from './views/report-view.js';

export function addReportCommands(program: Command, session: Session): void {
  const report = program
    .command('report')
    .description('Figures of stations and divisions, as the board shows them')
    .addHelpText(
      'after',
      examples('report station', 'report division --from 2026-11-01 --to 2026-11-30 --csv > november.csv'),
    );
  withPeriod(
    report
      .command('station')
      .description('A row for each station')
      .argument('[station]', 'only this one (code)'),
  )
    .addHelpText('after', examples('report station', 'report station behala --from 2026-11-01 --json'))
    .action((code: string | undefined, options: Period, command: Command) =>
      inHouse(session, command, (house) =>
        tellReport({ session, house }, stationsNamed(house, code), options),
      ),
    );
  withPeriod(
    report
      .command('division')
      .description('A row for each division')
      .argument('[division]', 'only this one (force/division)'),
  )
    .addHelpText('after', examples('report division', 'report division kp/south --csv > south.csv'))
    .action((key: string | undefined, options: Period, command: Command) =>
      inHouse(session, command, (house) =>
        tellReport({ session, house }, divisionsNamed(house, key), options),
      ),
    );
}

interface Period {
  from?: string;
  to?: string;
  csv?: true;
}

const USUAL_DAYS = 30;

function withPeriod(command: Command): Command {
  return command
    .option('--from <date>', `the first day received, such as 2026-11-01; else the last ${USUAL_DAYS} days`)
    .option('--to <date>', 'the last day received; else today')
    .addOption(new Option('--csv', 'write it as CSV for a spreadsheet'));
}

/** Errors: 'not-found'. */
function stationsNamed(house: House, code: string | undefined): ReportPlace[] {
  const { stations } = house.config;
  if (code === undefined) return stationPlaces(stations);
  checkStation(house, code);
  return stationPlaces(stations.filter((station) => station.code === code.toLowerCase()));
}

/** Errors: 'not-found'. */
function divisionsNamed({ config }: House, key: string | undefined): ReportPlace[] {
  const places = divisionPlaces(config.stations);
  const found = key === undefined ? places : places.filter((place) => place.key === key.toLowerCase());
  if (found.length > 0) return found;
  const known = places.map((place) => place.key).join(', ');
  throw new ThanadakError('not-found', `There is no division "${key}". Known: ${known}.`);
}

async function tellReport(
  { session, house }: { session: Session; house: House },
  places: readonly ReportPlace[],
  period: Period,
): Promise<void> {
  const days = daysOf(period, session.deps.clock.now(), house.config.timeZone);
  const stations = places.flatMap((place) => place.stations);
  const report = await readReport(house.store, { stations, days });
  const rows = rowsOf(places, report.stations);
  explainCounting(session, house, report);
  const stamp = stampIn(house.config.timeZone);
  tell(session, viewReport(report, rows), () =>
    period.csv
      ? formatCsv(
          REPORT_HEADS,
          rows.map((row) => reportCells(row, stamp)),
        )
      : formatReportTable(rows, {
          days: datesOf(days),
          times: timesOf(session, house),
          width: tableWidth(session),
        }),
  );
}

function explainCounting(
  session: Session,
  house: House,
  { countedAt, countedFrom }: { countedAt: string | null; countedFrom: number | null },
): void {
  if (countedAt === null) {
    remark(
      session,
      'Nothing was counted yet: the daemon counts every minute, and `thanadak sweep` counts now.',
    );
    return;
  }
  remark(session, `Counted ${timesOf(session, house).at(countedAt)}.`);
  if (countedFrom === null) return;
  const first = datesOf({ from: countedFrom, to: countedFrom }).from;
  remark(session, `The days before ${first} are still to be counted; the daemon is at it.`);
}

/** Errors: 'invalid'. */
function daysOf({ from, to }: Period, now: string, timeZone: string): Days {
  const zone = openZone(timeZone);
  const last = to === undefined ? lastDays(zone, now, 1).to : readDay(to);
  const days = { from: from === undefined ? last - USUAL_DAYS + 1 : readDay(from), to: last };
  if (days.from > days.to) throw new ThanadakError('invalid', 'The first day is after the last one.');
  if (days.to - days.from >= MOST_DAYS) throw new ThanadakError('invalid', 'At most ten years at once.');
  return days;
}

function readDay(text: string): number {
  const day = dayOf(text);
  if (Number.isNaN(day))
    throw new ThanadakError('invalid', `There is no day ${text}; give one such as 2026-11-01.`);
  return day;
}
