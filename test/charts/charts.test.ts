import { describe, expect, it } from 'vitest';
import { createCharts } from '../../src/charts/charts.js';
import type { TrendChart } from '../../src/ports/charts.js';

const charts = createCharts();
const TREND: TrendChart = {
  id: 'received',
  width: 640,
  height: 220,
  labels: ['২৪ নভেম্বর', '25 नवंबर', '<script>"1" style="x"'],
  series: [
    { name: 'প্রাপ্ত', kind: 'bar', tone: 'plain', values: [3, 0, 5] },
    { name: 'Missed & late', kind: 'line', tone: 'bad', values: [1, null, 2] },
  ],
  percent: false,
  format: (value) => `n${value}`,
};
describe('a trend', () => {
  const draw = () => charts.trend(TREND);

  it('is one element that a strict policy lets through', async () => {
    const svg = await draw();
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 640 \d+"[^>]*>.*<\/svg>$/s);
    const tags = svg.match(/<[^>]+>/g) ?? [];
    expect(
      tags.filter((tag) =>
        /^<(script|style|image|foreignObject|a)\b| (style|on\w+|href|xlink:href)=/.test(tag),
      ),
    ).toEqual([]);
    expect(svg).not.toMatch(/#0a0b|zr\d|ecmeta/);
    const colours = tags.flatMap((tag) =>
      [...tag.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour),
    );
    expect(
      colours.filter((colour) => !/^(none|var\(--chart-[\w-]+\)|#000|rgb\(0,0,0\))$/.test(colour ?? '')),
    ).toEqual([]);
  });

  it('is drawn the same again', async () => {
    expect(await draw()).toBe(await draw());
  });
});

it('shows words of every language, escaped', async () => {
  const svg = await charts.trend(TREND);
  for (const text of ['২৪ নভেম্বর', '25 नवंबर', 'প্রাপ্ত', 'Missed &amp; late', 'n0']) expect(svg).toContain(text);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('var(--chart-bad)');
});

it('gives ids of their own to charts of one page', async () => {
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const [one, other] = [await charts.trend(TREND), await charts.trend({ ...TREND, id: 'other' })];
  expect(ids(one).length).toBeGreaterThan(0);
  expect(ids(one).filter((id) => ids(other).includes(id))).toEqual([]);
  for (const [, used] of other.matchAll(/url\(#([^)]+)\)/g)) expect(ids(other)).toContain(used);
});

it('draws what there is nothing to draw of', async () => {
  const empty = await charts.trend({ ...TREND, labels: [], series: [] });
  expect(empty).toMatch(/^<svg .*<\/svg>$/s);
});
