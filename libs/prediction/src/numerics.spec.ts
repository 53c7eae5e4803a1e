import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calibrate } from './calibrate.ts';
import { squaredMahalanobis } from './mahalanobis.ts';
import { softmax } from './softmax.ts';
import { meanOverViews, poolFeatures } from './views.ts';

const logit = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const logits = fc.array(logit, { minLength: 1, maxLength: 12 });
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('softmax', () => {
  it('agrees with values computed by hand', () => {
    // exp(1), exp(2), exp(3) over their sum
    const expected = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218];
    softmax([1, 2, 3]).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 14));
    expect([...softmax([7])]).toEqual([1]);
    expect([...softmax([5, 5, 5, 5])]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('gives probabilities that sum to 1 for scores up to ±10 000', () => {
    fc.assert(
      fc.property(logits, (scores) => {
        const result = softmax(scores);
        expect(result.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(Math.abs(sum(result) - 1)).toBeLessThan(1e-12);
      }),
    );
    expect([...softmax([1e4, -1e4])]).toEqual([1, 0]);
  });

  it('does not change when all scores move together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }),
        fc.integer(),
        (scores, shift) => {
          expect(softmax(scores.map((score) => score + shift))).toEqual(softmax(scores));
        },
      ),
    );
  });
});

describe('calibrate', () => {
  it('divides by the temperature, then adds the bias', () => {
    const [first, second] = calibrate([2, 6], { temperature: 2, bias: [1.5, -0.5] });
    // softmax([2.5, 2.5])
    expect([first, second]).toEqual([0.5, 0.5]);
    expect(calibrate([0, 2], { temperature: 2, bias: [0, 0] })[1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
  });

  it('is plain softmax at temperature 1 without bias', () => {
    fc.assert(
      fc.property(logits, (scores) => {
        expect(calibrate(scores, { temperature: 1, bias: scores.map(() => 0) })).toEqual(softmax(scores));
      }),
    );
  });

  it('keeps the order of the logits whatever the temperature', () => {
    fc.assert(
      fc.property(logit, logit, fc.double({ min: 0.05, max: 20, noNaN: true }), (a, b, temperature) => {
        const [p, q] = calibrate([a, b], { temperature, bias: [0, 0] }) as unknown as [number, number];
        expect(Math.sign(p - q) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity])('refuses a score of %s', (score) => {
    expect(() => calibrate([1, score], { temperature: 1, bias: [0, 0] })).toThrow(
      /score of label 1; expected a number/,
    );
  });

  it('refuses a number of scores other than that of the labels', () => {
    expect(() => calibrate([1, 2, 3], { temperature: 1, bias: [0, 0] })).toThrow(/gives 3 scores.*expect 2/);
  });
});

describe('squaredMahalanobis', () => {
  it('takes the upper triangle of the precision for all of it', () => {
    const mean = [1, -1, 0.5];
    const whole = { mean, precision: [2, 0.3, -0.1, 0.3, 1, 0.2, -0.1, 0.2, 3] };
    const triangle = { mean, precision: [2, 0.3, -0.1, 1, 0.2, 3] };
    const point = [0.5, 2, -1];
    expect(squaredMahalanobis(point, triangle)).toBeCloseTo(squaredMahalanobis(point, whole), 12);
  });

  it('agrees with a value computed by hand', () => {
    // offset [1, -2]; [1, -2] · [[2, 1], [1, 3]] = [0, -5]; times the offset: 10
    expect(squaredMahalanobis([2, 0], { mean: [1, 2], precision: [2, 1, 1, 3] })).toBe(10);
  });

  it('is the squared Euclidean distance where the precision is the identity, and 0 at the mean', () => {
    const point = fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 }));
    fc.assert(
      fc.property(point, point, (x, mean) => {
        const expected = (x[0] - mean[0]) ** 2 + (x[1] - mean[1]) ** 2;
        expect(squaredMahalanobis(x, { mean, precision: [1, 0, 0, 1] })).toBe(expected);
        expect(squaredMahalanobis(mean, { mean, precision: [3, 1, 1, 2] })).toBe(0);
      }),
    );
  });

  it('refuses statistics of another size', () => {
    expect(() => squaredMahalanobis([1, 2, 3], { mean: [1, 2], precision: [1, 0, 0, 1] })).toThrow(
      /D = 3.*has 2 and 4/,
    );
    expect(() => squaredMahalanobis([1, 2], { mean: [1, 2], precision: [1, 0] })).toThrow(/has 2 and 2/);
  });
});

describe('views', () => {
  it('are averaged score by score', () => {
    expect(meanOverViews({ shape: [3, 2], data: [1, 10, 2, 20, 6, 60] })).toEqual(Float32Array.of(3, 30));
  });

  it('are averaged over their places too for the embedding', () => {
    // two views, two channels, 1 × 2 places
    const data = [1, 3, 10, 30, 5, 7, 50, 70];
    expect(poolFeatures({ shape: [2, 2, 1, 2], data })).toEqual(Float32Array.of(4, 40));
    expect(poolFeatures({ shape: [2, 2], data: [1, 10, 3, 30] })).toEqual(Float32Array.of(2, 20));
  });
});
