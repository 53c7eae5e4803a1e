import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@assay/service-kit';
import { createDropReport } from './drop-report.ts';

describe('the report of lost events', () => {
  it('comes with the first, then once a minute with all since, and at the end with the rest', () => {
    const told: number[] = [];
    const logger = createLogger({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void told.push((JSON.parse(line) as { dropped: number }).dropped) },
    });
    let now = 0;
    const report = createDropReport(logger, () => now);
    for (; now < 150_000; now += 1000) report.dropped(new Error('full'));
    expect(told).toEqual([1, 60, 60]);
    report.close();
    report.close();
    expect(told).toEqual([1, 60, 60, 29]);
  });
});
