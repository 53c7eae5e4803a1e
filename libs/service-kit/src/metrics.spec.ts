import { describe, expect, it } from '@jest/globals';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('keeps the metrics of two apps apart', async () => {
    const [one, two] = [createMetrics({ process: false }), createMetrics({ process: false })];
    one.counter({ name: 'things_total', help: 'Things' }).inc();
    two.counter({ name: 'things_total', help: 'Things' });
    expect(await one.text()).toContain('things_total 1');
    expect(await two.text()).toContain('things_total 0');
  });

  it('refuses labels that a metric does not have', () => {
    const counter = createMetrics({ process: false }).counter({
      name: 'a_total',
      help: 'A',
      labelNames: ['code'],
    });
    expect(() => counter.inc({ user: 'x' } as never)).toThrow('label');
  });

  it('reports the process unless told not to', async () => {
    expect(await createMetrics().text()).toContain('process_resident_memory_bytes');
  });
});
