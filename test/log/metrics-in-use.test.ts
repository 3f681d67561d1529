import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findMetric } from '../../src/log/metrics.js';

const SRC = join(import.meta.dirname, '../../src');
const USE = /\.(count|observe|gauge)\(\s*'(\w+)'(?:\s*,\s*\{([^}]*)\})?/g;
const TYPE = { count: 'counter', observe: 'histogram', gauge: 'gauge' } as Record<string, string>;

interface Use {
  where: string;
  call: string;
  name: string;
  labels: string[];
}

function usesIn(file: string): Use[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(USE)].map(([, call = '', name = '', labels = '']) => ({
    where: file,
    call,
    name,
    labels: labels.split(',').flatMap((label) => /^\s*(\w+)/.exec(label)?.[1] ?? []),
  }));
}

describe('the metrics the house uses', () => {
  it('are declared, with their kind and labels', () => {
    const uses = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap(usesIn);
    const wrong = uses.filter(({ call, name, labels }) => {
      const metric = findMetric(name);
      if (!metric || metric.type !== TYPE[call]) return true;
      return call === 'count' && labels.some((label) => !metric.labels?.includes(label));
    });
    expect(wrong).toEqual([]);
  });
});
