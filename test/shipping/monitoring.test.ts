import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findMetric } from '../../src/log/metrics.js';

const CONFIG = join(import.meta.dirname, '../../config');
const read = (path: string) => readFileSync(join(CONFIG, path), 'utf8');

interface Rule {
  alert?: string;
  record?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}

const rulesOf = (path: string): Rule[] =>
  parse(read(path)).groups.flatMap((group: { rules: Rule[] }) => group.rules);
const alerts = rulesOf('prometheus/alerts.yaml');
const records = rulesOf('prometheus/rules.yaml');
const panels: Panel[] = JSON.parse(read('grafana/thanadak.json')).panels;
const charts = panels.filter((panel) => panel.type !== 'row');

const asked: [string, string][] = [
  ...[...alerts, ...records].map((rule): [string, string] => [rule.alert ?? rule.record ?? '', rule.expr]),
  ...charts.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
];

/** The metrics of ours an expression names, with the labels it matches on. */
function metricsIn(expression: string) {
  const uses = expression.matchAll(/\bthanadak_(\w+)(?:\{([^}]*)\})?/g);
  return [...uses].map(([, written = '', matchers = '']) => {
    const base = written.replace(/_(bucket|sum|count)$/, '');
    const name = findMetric(base)?.type === 'histogram' ? base : written;
    return { name, labels: [...matchers.matchAll(/(\w+)\s*[!=]/g)].map((match) => match[1] ?? '') };
  });
}

describe('the Prometheus rules and the dashboard', () => {
  it.each(asked)('%s asks for metrics and labels that we declare', (_name, expression) => {
    for (const { name, labels } of metricsIn(expression)) {
      const metric = findMetric(name);
      expect(metric, name).toBeDefined();
      const known = [...(metric?.labels ?? []), ...(metric?.type === 'histogram' ? ['le'] : [])];
      expect(known).toEqual(expect.arrayContaining(labels));
    }
  });

  it.each(asked)('%s groups and recalls only what there is', (_name, expression) => {
    const recorded = expression.match(/\bthanadak:[\w:]+/g) ?? [];
    expect(records.map((rule) => rule.record)).toEqual(expect.arrayContaining(recorded));
    const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.split(/,\s*/),
    );
    const known = metricsIn(expression).flatMap(({ name }) => [...(findMetric(name)?.labels ?? []), 'le']);
    expect(known).toEqual(expect.arrayContaining(grouped));
  });

  it('look at the bucket of the promised hour, which exists', () => {
    const metric = findMetric('acknowledgement_latency_seconds');
    expect(metric?.buckets).toContain(3_600);
    expect(asked.some(([, expression]) => expression.includes('le="3600"'))).toBe(true);
  });
});

describe('an alert', () => {
  it.each(alerts.map((rule): [string, Rule] => [rule.alert ?? '', rule]))(
    '%s says what is wrong, how bad it is and what to do',
    (name, rule) => {
      expect(name).toMatch(/^Thanadak[A-Z]\w+$/);
      expect(rule.labels?.severity).toMatch(/^(page|ticket)$/);
      expect(rule.annotations?.summary).toMatch(/\.$/);
      expect(rule.annotations?.mend).toBeTruthy();
    },
  );

  it('exists once under its name', () => {
    const names = alerts.map((rule) => rule.alert);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the dashboard', () => {
  it('has panels with something to show that do not overlap', () => {
    const cells = new Set<string>();
    for (const { id, type, gridPos, targets = [] } of panels) {
      expect(type === 'row' || targets.length > 0, `panel ${id}`).toBe(true);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(cells.has(`${x},${y}`), `panel ${id}`).toBe(false);
          cells.add(`${x},${y}`);
        }
      }
    }
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length);
  });
});
