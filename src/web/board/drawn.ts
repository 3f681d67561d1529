// Charts as they were drawn before: what is counted once a minute need not be drawn for everybody who looks.
import type { Charts, TrendChart } from '../../ports/charts.js';
import { type Html, trustedMarkup } from '../html.js';

export type Draw = (chart: TrendChart, language: string) => Promise<Html>;

const KEPT = 64;

export function keepDrawn(charts: Charts): Draw {
  const drawn = new Map<string, Html>();
  return async (chart, language) => {
    const key = JSON.stringify([language, chart]);
    const known = drawn.get(key);
    if (known) return known;
    const picture = trustedMarkup(await charts.trend(chart));
    const [oldest] = drawn.keys();
    if (drawn.size >= KEPT && oldest !== undefined) drawn.delete(oldest);
    drawn.set(key, picture);
    return picture;
  };
}
