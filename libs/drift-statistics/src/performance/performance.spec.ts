import { describe, expect, it } from '@jest/globals';
import { calibrationError } from './calibration-error.ts';
import { expectedAccuracy } from './expected-accuracy.ts';
import { labelShift } from './label-shift.ts';
import { changeOfShare, realisedAccuracy } from './realised-accuracy.ts';

describe('expectedAccuracy', () => {
  it('is the mean confidence, with the deviation of a Poisson binomial variable', () => {
    const { share, interval, records } = expectedAccuracy([0.9, 0.8, 0.6, 0.7, NaN]);
    expect(share).toBeCloseTo(0.75, 12);
    expect(records).toBe(4);
    // √(0.09 + 0.16 + 0.24 + 0.21) / 4 × 1.959964
    expect(share - interval[0]).toBeCloseTo(0.409954, 5);
    expect(interval[1]).toBe(1);
  });

  it('is certain where every answer is', () => {
    expect(expectedAccuracy([1, 1, 1]).interval).toEqual([1, 1]);
  });

  it.each([
    [[], 'got none'],
    [[0.4, 1.2], 'got 1.2'],
  ])('refuses %p', (confidences, message) => {
    expect(() => expectedAccuracy(confidences)).toThrow(message);
  });
});

describe('realisedAccuracy', () => {
  it('has the interval of Wilson: 81 of 263 in 0.2553 to 0.3662 (Newcombe 1998, table I)', () => {
    const { share, interval } = realisedAccuracy(81, 263);
    expect(share).toBeCloseTo(0.308, 4);
    expect(interval[0]).toBeCloseTo(0.2553, 4);
    expect(interval[1]).toBeCloseTo(0.3662, 4);
  });

  it('does not leave 0 to 1 where all are right', () => {
    expect(realisedAccuracy(10, 10).interval[1]).toBe(1);
  });

  it('refuses an empty window', () => {
    expect(() => realisedAccuracy(0, 0)).toThrow('got 0 of 0');
  });
});

describe('changeOfShare', () => {
  it('has the interval of Newcombe: 56 of 70 less 48 of 80 in 0.0524 to 0.3339 (1998, table II)', () => {
    const { change, interval } = changeOfShare(realisedAccuracy(48, 80), realisedAccuracy(56, 70));
    expect(change).toBeCloseTo(0.2, 12);
    expect(interval[0]).toBeCloseTo(0.0524, 4);
    expect(interval[1]).toBeCloseTo(0.3339, 4);
  });
});

describe('calibrationError', () => {
  it('weighs the gaps of the bins by their size, by hand', () => {
    const answers = [
      { confidence: 0.95, right: true },
      { confidence: 0.95, right: false },
      { confidence: 0.65, right: true },
      { confidence: 0.65, right: true },
    ];
    // |1 − 1.9| + |2 − 1.3| over 4
    expect(calibrationError(answers).error).toBeCloseTo(0.4, 12);
  });

  it('gives the same interval for the same seed, around the error of a large sample', () => {
    const answers = Array.from({ length: 2000 }, (_, i) => ({ confidence: 0.8, right: i % 10 < 6 }));
    const { error, interval } = calibrationError(answers, { seed: 7 });
    expect(error).toBeCloseTo(0.2, 12);
    expect(interval).toEqual(calibrationError(answers, { seed: 7 }).interval);
    expect(interval[0]).toBeGreaterThan(0.17);
    expect(interval[1]).toBeLessThan(0.23);
  });

  it('refuses an empty list', () => {
    expect(() => calibrationError([])).toThrow('got none');
  });
});

describe('labelShift', () => {
  const confusion = [
    [90, 10],
    [20, 80],
  ];

  it('finds the shares that explain the predictions exactly', () => {
    // 0.3 × 0.9 + 0.7 × 0.2 = 0.41
    const [first, second] = labelShift({ confusion, predicted: [410, 590] });
    expect(first!.now).toBeCloseTo(0.3, 10);
    expect(second!.now).toBeCloseTo(0.7, 10);
    expect(first!.before).toBe(0.5);
    expect(first!.interval[0]).toBeLessThan(0.3);
    expect(first!.interval[1]).toBeGreaterThan(0.3);
    expect(first!.interval[0]).toBeGreaterThan(0.1);
  });

  it('stays within 0 to 1 where no shares explain them', () => {
    expect(labelShift({ confusion, predicted: [1000, 0] }).map(({ now }) => now)).toEqual([1, 0]);
  });

  it.each([
    [
      {
        confusion: [
          [5, 5],
          [5, 5],
        ],
        predicted: [3, 4],
      },
      'no inverse',
    ],
    [
      {
        confusion: [
          [5, 5],
          [0, 0],
        ],
        predicted: [3, 4],
      },
      'label 1 has none',
    ],
    [{ confusion, predicted: [0, 0] }, 'got none'],
    [{ confusion, predicted: [1, 2, 3] }, '3 × 3'],
  ])('refuses %p', (input, message) => {
    expect(() => labelShift(input)).toThrow(message);
  });
});
