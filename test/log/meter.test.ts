import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMeter } from '../../src/log/meter.js';
import { METRICS } from '../../src/log/metrics.js';

afterEach(() => {
  vi.useRealTimers();
});

/** The sample lines of `name`, without the prefix. */
async function samplesOf(meter: { text(): Promise<string> }, name: string): Promise<string[]> {
  const lines = (await meter.text()).split('\n').filter((line) => line.startsWith(`thanadak_${name}`));
  return lines.map((line) => line.replace('thanadak_', ''));
}

describe('the meter', () => {
  it('counts by label', async () => {
    const meter = createMeter();
    meter.count('letters_accepted_total', { station: 'behala' });
    meter.count('letters_accepted_total', { station: 'behala' });
    meter.count('letters_accepted_total', { station: 'tala' });
    expect(await samplesOf(meter, 'letters_accepted_total')).toEqual([
      'letters_accepted_total{station="behala"} 2',
      'letters_accepted_total{station="tala"} 1',
    ]);
  });

  it('puts the hour of the acknowledgement into a bucket of its own', async () => {
    const meter = createMeter();
    meter.observe('acknowledgement_latency_seconds', 3_600);
    meter.observe('acknowledgement_latency_seconds', 3_601);
    expect(await samplesOf(meter, 'acknowledgement_latency_seconds_bucket')).toContain(
      'acknowledgement_latency_seconds_bucket{le="3600"} 1',
    );
  });

  it('reads gauges when asked, each time anew', async () => {
    const meter = createMeter();
    let free = 10;
    meter.gauge('disk_free_bytes', () => free);
    meter.gauge('outbox_letters', async () => [{ labels: { state: 'deferred' }, value: free }]);
    expect(await samplesOf(meter, 'disk_free_bytes')).toEqual(['disk_free_bytes 10']);
    free = 5;
    expect(await samplesOf(meter, 'disk_free_bytes')).toEqual(['disk_free_bytes 5']);
    expect(await samplesOf(meter, 'outbox_letters')).toEqual(['outbox_letters{state="deferred"} 5']);
  });

  it('leaves out and counts a gauge that cannot be read, and shows the others', async () => {
    const meter = createMeter();
    let broken = false;
    meter.gauge('database_bytes', () => {
      if (broken) throw new Error('disk I/O error');
      return 7;
    });
    meter.gauge('tickets_open', () => 3);
    expect(await samplesOf(meter, 'database_bytes')).toEqual(['database_bytes 7']);
    broken = true;
    expect(await samplesOf(meter, 'database_bytes')).toEqual([]);
    expect(await samplesOf(meter, 'tickets_open')).toEqual(['tickets_open 3']);
    expect(await samplesOf(meter, 'gauge_readings_failed_total')).toContain(
      'gauge_readings_failed_total{gauge="database_bytes"} 2',
    );
  });

  it('does not wait for a gauge that hangs', async () => {
    vi.useFakeTimers();
    const meter = createMeter();
    meter.gauge('disk_free_bytes', () => new Promise<number>(() => {}));
    const text = meter.text();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await text).not.toMatch(/^thanadak_disk_free_bytes/m);
  });

  it('shows nothing for a gauge without a reading', async () => {
    const meter = createMeter();
    meter.gauge('tls_certificate_not_after_seconds', () => undefined);
    expect(await samplesOf(meter, 'tls_certificate_not_after_seconds')).toEqual([]);
  });

  it('refuses names and labels nobody declared', () => {
    const meter = createMeter();
    expect(() => meter.count('letters_lost_total')).toThrow('letters_lost_total');
    expect(() => meter.count('toString')).toThrow('toString');
    expect(() => meter.observe('tickets_open', 1)).toThrow('tickets_open');
    expect(() => meter.count('letters_held_total', { from: 'x' })).toThrow('letters_held_total{from}');
  });

  it('goes on without them where a failed count must not stop a letter', async () => {
    const told: string[] = [];
    const meter = createMeter({ undeclared: (what) => told.push(what) });
    meter.count('letters_lost_total');
    meter.count('letters_held_total', { from: 'x' });
    expect(told).toEqual(['letters_lost_total', 'letters_held_total{from}']);
    expect(await samplesOf(meter, 'letters_held_total')).toEqual(['letters_held_total 1']);
  });

  it('keeps two meters apart', async () => {
    const [one, other] = [createMeter({ process: true }), createMeter({ process: true })];
    one.count('letters_held_total');
    expect(await samplesOf(other, 'letters_held_total')).toEqual(['letters_held_total 0']);
    expect(await one.text()).toContain('process_resident_memory_bytes');
  });
});

describe('the table of metrics', () => {
  it.each(Object.entries(METRICS))('names %s as Prometheus asks', (name, metric) => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(name.endsWith('_total')).toBe(metric.type === 'counter');
    if (metric.type === 'histogram') expect(name).toMatch(/_seconds$/);
    expect(metric.help).toMatch(/\.$/);
  });
});
