import { describe, expect, it } from 'vitest';
import { createCharts, levelOf } from '../../src/charts/charts.js';
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
const HEAT = {
  id: 'heat',
  width: 640,
  height: 240,
  rows: ['সোমবার', 'मंगलवार'],
  columns: ['0', '1', '2'],
  values: [
    [0, 1, 5],
    [2, 3, 4],
  ],
};

describe.each([
  ['a trend', () => charts.trend(TREND)],
  ['a heat table', () => charts.heat(HEAT)],
])('%s', (_name, draw) => {
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

it('draws a field for each number, darker where there are more', async () => {
  const svg = await charts.heat(HEAT);
  expect([...svg.matchAll(/fill="var\(--chart-heat-(\d)\)"/g)].map(([, level]) => level)).toEqual([
    '0',
    '1',
    '5',
    '2',
    '3',
    '4',
  ]);
});

it.each([
  [0, 9, 0],
  [1, 100, 1],
  [20, 100, 1],
  [21, 100, 2],
  [100, 100, 5],
  [1, 1, 5],
])('takes %i of %i for step %i', (value, most, level) => {
  expect(levelOf(value, most)).toBe(level);
});

it('draws what there is nothing to draw of', async () => {
  const empty = await charts.trend({ ...TREND, labels: [], series: [] });
  expect(empty).toMatch(/^<svg .*<\/svg>$/s);
});
