import { seededRandom } from '@assay/random';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { adwin } from './adwin.ts';
import { cusum } from './cusum.ts';
import { pageHinkley } from './page-hinkley.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Positions at which a detector speaks. */
function alarms(detector: StreamDetector, values: Iterable<number>): number[] {
  return [...values].flatMap((value, at) => (detector.update(value) ? [at] : []));
}

/** `counts[i]` normal values of mean `means[i]` and deviation 1, one part after the other. */
function stream(seed: string, parts: readonly (readonly [mean: number, count: number])[]): number[] {
  const random = seededRandom('stream', seed);
  return parts.flatMap(([mean, count]) => Array.from({ length: count }, () => mean + random.normal()));
}

describe('pageHinkley', () => {
  it('sums deviations from the running mean, by hand', () => {
    const detector = pageHinkley({ delta: 0, forgetting: 1, threshold: 2.9, warmUp: 1, direction: 'up' });
    // means 0, 0, 4/3, 2; deviations 0, 0, 8/3, 2; sum 8/3, then 14/3
    expect([0, 0, 4].map((value) => detector.update(value))).toEqual([false, false, false]);
    expect(detector.statistic).toBeCloseTo(8 / 3, 12);
    expect(detector.update(4)).toBe(true);
  });

  it.each(['up', 'both'] as const)('finds a rise when it looks %s', (direction) => {
    const found = alarms(
      pageHinkley({ direction, threshold: 30, delta: 0.1 }),
      stream('rise', [
        [0, 500],
        [1, 200],
      ]),
    );
    expect(found[0]).toBeGreaterThan(500);
    expect(found[0]).toBeLessThan(570);
  });

  it('passes over a fall when it looks up only', () => {
    const values = stream('fall', [
      [0, 500],
      [-1, 200],
    ]);
    expect(alarms(pageHinkley({ direction: 'up', threshold: 30, delta: 0.1 }), values)).toEqual([]);
    expect(
      alarms(pageHinkley({ direction: 'down', threshold: 30, delta: 0.1 }), values).length,
    ).toBeGreaterThan(0);
  });
});

describe('pageHinkley and units', () => {
  it('speaks at the same values when unit, slack and threshold grow together', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 30, maxLength: 120 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.25, 2, 1024), (list, unit) => {
        const options = { delta: 0.5, threshold: 40, warmUp: 5 };
        const scaled = { ...options, delta: 0.5 * unit, threshold: 40 * unit };
        expect(
          alarms(
            pageHinkley(scaled),
            list.map((value) => value * unit),
          ),
        ).toEqual(alarms(pageHinkley(options), list));
      }),
    );
  });

  it('never speaks of a constant, and of a jump by d after about threshold / (d − delta) values', () => {
    const options = { delta: 0.1, threshold: 30, forgetting: 1 };
    const steady = new Array<number>(5000).fill(7);
    expect(alarms(pageHinkley(options), steady)).toEqual([]);
    const [found = Infinity] = alarms(pageHinkley(options), [...steady, ...new Array<number>(99).fill(8)]);
    // 30 / 0.9 = 33.3, and a value more because the running mean follows.
    expect(found - 5000 + 1).toBe(34);
  });
});

describe('cusum', () => {
  /** Values until the first alarm, on average over many streams of mean `mean` and deviation 1. */
  const runLength = (mean: number, threshold: number, streams: number) => {
    const random = seededRandom('run length', mean, threshold);
    let values = 0;
    for (let i = 0; i < streams; i++) {
      const detector = cusum({ mean: 0, deviation: 1, slack: 0.5, threshold });
      do values++;
      while (!detector.update(mean + random.normal()));
    }
    return values / streams;
  };

  it.each([
    [0, 4, 168],
    [0, 5, 465],
    [1, 4, 8.38],
    [1, 5, 10.4],
    [2, 5, 4.01],
  ])('at a mean of %p and h = %p has the average run length of Montgomery’s table, %p', (mean, h, length) => {
    const streams = mean === 0 ? 300 : 1000;
    // Run lengths without a shift are about exponential; four standard errors.
    const tolerance = mean === 0 ? (4 * length) / Math.sqrt(streams) : 0.05 * length;
    expect(Math.abs(runLength(mean, h, streams) - length)).toBeLessThan(tolerance);
  });

  it('sums standardised values less the slack, by hand', () => {
    const detector = cusum({ mean: 10, deviation: 2, slack: 0.5, threshold: 4 });
    const sums = [14, 14, 10, 15].map((value) => [detector.update(value), detector.statistic]);
    expect(sums).toEqual([
      [false, 1.5],
      [false, 3],
      [false, 2.5],
      [true, 4.5],
    ]);
  });

  it('finds a shift by one deviation soon, either way, and is quiet before', () => {
    for (const mean of [1, -1]) {
      const [first = Infinity] = alarms(
        cusum({ mean: 0, deviation: 1, threshold: 8 }),
        stream('shift', [
          [0, 300],
          [mean, 100],
        ]),
      );
      expect(first).toBeGreaterThan(300);
      expect(first).toBeLessThan(340);
    }
  });

  it('refuses a deviation of 0', () => {
    expect(() => cusum({ mean: 0, deviation: 0 })).toThrow('Expected a standard deviation above 0; got 0.');
  });

  it('passes over NaN', () => {
    const detector = cusum({ mean: 0, deviation: 1 });
    expect(alarms(detector, [1, NaN, 1])).toEqual([]);
    expect(detector.statistic).toBe(1);
  });
});

/** The largest difference of the means of two parts, in units of ε_cut of Bifet & Gavaldà with five values on either side. */
function largestGap(values: readonly number[], delta: number): number {
  const all = values.length;
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / all;
  const confidence = Math.log((2 * Math.log(all)) / delta);
  let largest = 0;
  for (let cut = 5; cut <= all - 5; cut++) {
    const inverse = 1 / (cut - 4) + 1 / (all - cut - 4);
    const bound = Math.sqrt(2 * inverse * variance * confidence) + (2 / 3) * inverse * confidence;
    largest = Math.max(largest, Math.abs(mean(values.slice(0, cut)) - mean(values.slice(cut))) / bound);
  }
  return largest;
}

describe('adwin', () => {
  const coins = (seed: string, parts: readonly (readonly [share: number, count: number])[]) => {
    const random = seededRandom('coins', seed);
    return parts.flatMap(([share, count]) =>
      Array.from({ length: count }, () => Number(random.chance(share))),
    );
  };

  it('drops what was before a change and keeps the mean of what is', () => {
    const detector = adwin();
    const found = alarms(
      detector,
      coins('change', [
        [0.2, 1000],
        [0.8, 1000],
      ]),
    );
    expect(found[0]).toBeGreaterThan(999);
    expect(found[0]).toBeLessThan(1100);
    expect(detector.width).toBeLessThan(1100);
    expect(detector.mean).toBeGreaterThan(0.7);
  });

  it('keeps everything while nothing changes: width and mean are exact', () => {
    const detector = adwin();
    const values = coins('steady', [[0.3, 5000]]);
    expect(alarms(detector, values)).toEqual([]);
    expect(detector.width).toBe(5000);
    expect(detector.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 5000, 12);
  });

  it('rarely speaks of a change that is none: in at most one of twenty streams of 2,000', () => {
    const loud = Array.from(
      { length: 20 },
      (_, i) => alarms(adwin(), coins(`quiet ${i}`, [[0.5, 2000]])).length > 0,
    );
    expect(loud.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('cuts only where two parts of what it holds differ by more than the bound, as the paper has it', () => {
    const parts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 9999 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(parts, (list) => {
        const values = list.flatMap(([share, seed]) => coins(`part ${seed}`, [[share, 150]]));
        const detector = adwin({ delta: 0.05 });
        let held: number[] = [];
        for (const value of values) {
          held = [...held.slice(held.length - detector.width), value];
          if (!detector.update(value)) continue;
          expect(largestGap(held, 0.05)).toBeGreaterThan(1);
        }
      }),
      { numRuns: 30 },
    );
  });
});
