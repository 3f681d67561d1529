// What the bench makes of its figures: regressions named, noise passed over, a picture that can be shown.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const bench = (file: string) => import(pathToFileURL(join(import.meta.dirname, '../bench', file)).href);
const { formatComparison, regressionsOf } = (await bench('compare.js')) as {
  regressionsOf(before: object, after: object): { name: string }[];
  formatComparison(before: object, after: object): string;
};
const { drawChart } = (await bench('chart.js')) as { drawChart(run: object): string };

interface Changes {
  filed?: number;
  toPostfix?: number;
  spread?: number;
  list?: number;
}

function run({ filed = 900, toPostfix = 2.1, spread = 0.05, list = 12 }: Changes = {}) {
  const row = { connections: 20, sizeKb: 2, acceptedPerSecond: 1_500, filedPerSecond: filed, spread };
  return {
    thanadak: '0.1.0',
    node: '20.19.0',
    processors: 2,
    rows: [
      { ...row, filedToPostfix: toPostfix, acceptedToPostfix: 3.4, postfixAcceptedPerSecond: 430, p99Ms: 30 },
    ],
    stores: [{ tickets: 1_000_000, startMs: 900, figures: { list: { p50Ms: 3, p99Ms: list } } }],
  };
}
const names = (before: object, after: object) => regressionsOf(before, after).map(({ name }) => name);

describe('two runs of the bench', () => {
  it('are equal when they differ by noise, or by a machine that is slower for all', () => {
    expect(names(run(), run({ toPostfix: 1.9, list: 15 }))).toEqual([]);
    expect(names(run(), run({ filed: 300 }))).toEqual([]);
    expect(formatComparison(run(), run())).toMatch(/^Nothing got worse/);
  });

  it('name what got worse, and not what got better', () => {
    expect(names(run(), run({ toPostfix: 1.4 }))).toEqual(['20 connections, 2 KB: filed, to Postfix']);
    expect(names(run(), run({ list: 40 }))).toEqual(['1000000 tickets: list, p99 ms']);
    expect(names(run(), run({ toPostfix: 4, list: 2 }))).toEqual([]);
    expect(formatComparison(run(), run({ list: 40 }))).toContain('12.00 before, 40.00 now: 233 % worse');
  });

  it('forgive what their own rounds vary by', () => {
    expect(names(run({ spread: 0.2 }), run({ toPostfix: 1.4 }))).toEqual([]);
  });
});

describe('the picture', () => {
  it('shows a bar with its number for each figure and leaves out what was not measured', () => {
    const picture = drawChart(run());
    expect(picture.match(/<rect x="[\d.]+" y="[\d.]+" width="26"/g)).toHaveLength(4);
    for (const text of ['>900<', '>1,500<', '>430<', '>12<', '20 connections', '1,000,000 tickets'])
      expect(picture).toContain(text);
    expect(drawChart({ ...run(), thanadak: '<script>' })).not.toContain('<script>');
  });
});
