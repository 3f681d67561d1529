// The list behind a figure, as an address of the desk and back again.
import { type Days, KEPT, spansOfHour } from '../../domain/figures.js';
import { dayAt, type Zone } from '../../domain/zone.js';
import type { TicketFilter } from '../../ports/records.js';
import { type Drill, drillInto, type FigureName, type Place } from '../../reports/figures.js';
import { fieldOf, type Values } from '../frame/route.js';

/** What a figure is about: where, and of which days. */
export interface DrillPlace {
  place: Place;
  zone: Zone;
  days: Days;
}

const FLAGS = ['breached', 'reopened', 'unclosed', 'overdue', 'atRisk'] as const;

/** `/desk?view=any&…` with the tickets that the figure counts. */
export function drillAddress(name: FigureName, { place, zone, days }: DrillPlace): string {
  return addressOf(drillInto(name, place, { zone, days }));
}

/** The tickets of one field of the heat table. */
export function heatAddress(
  field: { weekday: number; hour: number },
  { place, zone, days }: DrillPlace,
): string {
  const drill = drillInto('received', place, { zone, days });
  return `${addressOf(drill)}&weekday=${field.weekday}&hour=${field.hour}`;
}

function addressOf(drill: Drill): string {
  const query = new URLSearchParams({ view: 'any' });
  const { station, stations, receivedFrom, receivedBefore, acknowledged, firstAction } = drill;
  const texts = {
    station,
    stations: stations?.join(','),
    receivedFrom,
    receivedBefore,
    acknowledged,
    firstAction,
  };
  for (const [name, value] of Object.entries(texts)) if (value !== undefined) query.set(name, value);
  for (const flag of FLAGS) if (drill[flag]) query.set(flag, '1');
  return `/desk?${query}`;
}

const NAMES = [
  'stations',
  'receivedFrom',
  'receivedBefore',
  'acknowledged',
  'firstAction',
  ...FLAGS,
  'weekday',
  'hour',
] as const;
const LONGEST = 8_000;

/** The part of an address that says which figure is meant, as text; empty when none is. */
export function drillText(values: Values): string {
  const text = new URLSearchParams();
  for (const name of NAMES) {
    const value = fieldOf(values, name);
    if (value !== '' && value.length <= LONGEST) text.set(name, value);
  }
  return text.toString();
}

/** What `drillText` stands for. */
export function readDrillText(text: string, zone: Zone): Partial<TicketFilter> {
  return readDrill(Object.fromEntries(new URLSearchParams(text)), zone);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const CODE = /^[a-z0-9-]{1,40}$/;
const MOST_STATIONS = 500;

/** What an address of the desk asks for besides the desk's own filters. Anything that is no such value is not asked for. */
export function readDrill(values: Values, zone: Zone): Partial<TicketFilter> {
  const instant = (name: string) => (INSTANT.test(fieldOf(values, name)) ? fieldOf(values, name) : undefined);
  const kept = (name: string) => KEPT.find((one) => one === fieldOf(values, name));
  const receivedFrom = instant('receivedFrom');
  const receivedBefore = instant('receivedBefore');
  const stations = fieldOf(values, 'stations')
    .split(',')
    .filter((code) => CODE.test(code))
    .slice(0, MOST_STATIONS);
  const found: Partial<TicketFilter> = {
    stations: stations.length > 0 ? stations : undefined,
    receivedFrom,
    receivedBefore,
    acknowledged: kept('acknowledged'),
    firstAction: kept('firstAction'),
    receivedWithin: hourSpans(values, { zone, receivedFrom, receivedBefore }),
  };
  for (const flag of FLAGS) if (fieldOf(values, flag) === '1') found[flag] = true;
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function hourSpans(
  values: Values,
  period: { zone: Zone; receivedFrom: string | undefined; receivedBefore: string | undefined },
): TicketFilter['receivedWithin'] {
  const { zone, receivedFrom, receivedBefore } = period;
  const weekday = numberOf(fieldOf(values, 'weekday'), 6);
  const hour = numberOf(fieldOf(values, 'hour'), 23);
  if (weekday === undefined || hour === undefined || !receivedFrom || !receivedBefore) return undefined;
  const days = {
    from: dayAt(zone, Date.parse(receivedFrom)),
    to: dayAt(zone, Date.parse(receivedBefore) - 1),
  };
  return days.to - days.from > 400 ? undefined : spansOfHour(zone, days, { weekday, hour });
}

function numberOf(text: string, most: number): number | undefined {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : undefined;
}
