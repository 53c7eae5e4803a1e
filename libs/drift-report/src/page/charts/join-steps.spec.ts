import { describe, expect, it } from '@jest/globals';
import type { TimelinePoint } from '@assay/schema';
import { joinSteps } from './join-steps.ts';

const time = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const step = (hour: number, more: Partial<TimelinePoint>): TimelinePoint => ({
  ...{
    from: time(hour),
    to: time(hour + 1),
    records: 0,
    effects: {},
    meanConfidence: null,
    refused: 0,
    failed: 0,
  },
  ...more,
});

describe('joinSteps', () => {
  const timeline = [
    step(0, { records: 10, meanConfidence: 0.5, refused: 1, effects: { a: 0.2, b: null } }),
    step(1, { records: 30, meanConfidence: 0.9, failed: 2, effects: { a: 3, b: null } }),
    step(2, { records: 0, effects: { c: 1 } }),
  ];

  it('leaves a short time line as it is', () => expect(joinSteps(timeline, 3)).toEqual(timeline));

  it('adds requests, weighs confidence by records, and keeps the greatest effect', () => {
    expect(joinSteps(timeline, 2)).toEqual([
      {
        ...{ from: time(0), to: time(2), records: 40, refused: 1, failed: 2, effects: { a: 3, b: null } },
        // (10 × 0.5 + 30 × 0.9) / 40
        meanConfidence: 0.8,
      },
      {
        from: time(2),
        to: time(3),
        records: 0,
        refused: 0,
        failed: 0,
        effects: { c: 1 },
        meanConfidence: null,
      },
    ]);
  });
});
