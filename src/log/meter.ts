// The meter: counts, measures and readings, as text for Prometheus.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ThanadakError } from '../domain/errors.js';
import type { Meter } from '../ports/surroundings.js';
import { findMetric, type GaugeName, METRICS, type MetricDeclaration } from './metrics.js';

const PREFIX = 'thanadak_';
const READING_LIMIT_MS = 2_000;

export interface LabelledReading {
  labels: Record<string, string>;
  value: number;
}

/** What a gauge shows now; undefined when there is nothing to show. */
export type Reading = number | undefined | readonly LabelledReading[];

export interface MeterOptions {
  /** Told of a metric or label that `METRICS` does not declare; throws ThanadakError when not given. */
  undeclared?: ((what: string) => void) | undefined;
  /** Adds `process_*` and `nodejs_*`: memory, processor time, open files, garbage collection. */
  process?: boolean | undefined;
}

export interface ReadableMeter extends Meter {
  /** Reads `read` at each `text()`. A reading that fails or takes longer than 2 s is left out and counted. */
  gauge(name: GaugeName, read: () => Reading | Promise<Reading>): void;
  /** All metrics in the Prometheus text format; never rejects for a failed reading. */
  text(): Promise<string>;
  readonly contentType: string;
}

type Labels = Record<string, string>;

/** Makes a meter with a registry of its own, holding every metric of `METRICS`. */
export function createMeter(options: MeterOptions = {}): ReadableMeter {
  const registry = new Registry();
  const undeclared = options.undeclared ?? refuseUndeclared;
  if (options.process) collectDefaultMetrics({ register: registry });
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  for (const [name, metric] of Object.entries<MetricDeclaration>(METRICS)) {
    const base = { name: PREFIX + name, help: metric.help, registers: [registry] };
    const labelNames = [...(metric.labels ?? [])];
    if (metric.type === 'counter') counters.set(name, new Counter({ ...base, labelNames }));
    if (metric.type === 'histogram') {
      histograms.set(name, new Histogram({ ...base, buckets: [...(metric.buckets ?? [])] }));
    }
  }
  const count = (name: string, labels: Labels = {}) => {
    const counter = counters.get(name);
    if (counter) counter.inc(keepDeclared(name, labels, undeclared));
    else undeclared(name);
  };
  return {
    count,
    observe: (name, seconds) => {
      const histogram = histograms.get(name);
      if (histogram) histogram.observe(seconds);
      else undeclared(name);
    },
    gauge: (name, read) => addGauge(registry, name, { read, count, undeclared }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function refuseUndeclared(what: string): never {
  throw new ThanadakError('internal', `The metric ${what} is not declared in src/log/metrics.ts.`);
}

function keepDeclared(name: string, labels: Labels, undeclared: (what: string) => void): Labels {
  const allowed = findMetric(name)?.labels ?? [];
  const extra = Object.keys(labels).filter((label) => !allowed.includes(label));
  if (extra.length === 0) return labels;
  undeclared(`${name}{${extra.join(',')}}`);
  return Object.fromEntries(Object.entries(labels).filter(([label]) => allowed.includes(label)));
}

interface GaugeWork {
  read: () => Reading | Promise<Reading>;
  count: (name: string, labels: Labels) => void;
  undeclared: (what: string) => void;
}

function addGauge(registry: Registry, name: GaugeName, work: GaugeWork): void {
  const metric: MetricDeclaration = METRICS[name];
  new Gauge({
    name: PREFIX + name,
    help: metric.help,
    labelNames: [...(metric.labels ?? [])],
    registers: [registry],
    async collect() {
      this.reset();
      if (!metric.labels) this.remove();
      try {
        show(this, await withinLimit(work.read), (labels) => keepDeclared(name, labels, work.undeclared));
      } catch {
        work.count('gauge_readings_failed_total', { gauge: name });
      }
    },
  });
}

function show(gauge: Gauge, reading: Reading, keep: (labels: Labels) => Labels): void {
  if (reading === undefined) return;
  if (typeof reading === 'number') gauge.set(reading);
  else for (const { labels, value } of reading) gauge.set(keep(labels), value);
}

async function withinLimit<T>(read: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      reject,
      READING_LIMIT_MS,
      new ThanadakError('unavailable', 'The reading took too long.'),
    );
  });
  try {
    return await Promise.race([read(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
