import { describe, expect, it } from '@jest/globals';
import { isBehindMedian, type Point } from './median-rule.ts';

const curve = (...values: number[]): Point[] => values.map((value, index) => ({ epoch: index + 1, value }));
const rule = { startEpoch: 2, minimumTrials: 3, better: 'higher' } as const;
// Means up to epoch 2: 0.2, 0.4, 0.7; up to epoch 3: 0.3, 0.5, 0.8.
const ended = [curve(0.1, 0.3, 0.5), curve(0.3, 0.5, 0.7), curve(0.6, 0.8, 1)];

describe('the median stopping rule', () => {
  it('compares the best so far with the median of the running averages at the same epoch', () => {
    expect(isBehindMedian(curve(0.1, 0.39), ended, rule)).toBe(true);
    expect(isBehindMedian(curve(0.1, 0.4), ended, rule)).toBe(false);
    expect(isBehindMedian(curve(0.1, 0.4, 0.49), ended, rule)).toBe(true);
    expect(isBehindMedian(curve(0.1, 0.51, 0.3), ended, rule)).toBe(false);
  });

  it('takes the middle between two where their number is even', () => {
    const four = [...ended, curve(0.5, 0.7)];
    expect(isBehindMedian(curve(0, 0.49), four, rule)).toBe(true);
    expect(isBehindMedian(curve(0, 0.5), four, rule)).toBe(false);
  });

  it('ends nothing before its first epoch, nor before enough trials have ended', () => {
    expect(isBehindMedian(curve(0), ended, rule)).toBe(false);
    expect(isBehindMedian(curve(0, 0), ended.slice(1), rule)).toBe(false);
    const late = [...ended.slice(1), [{ epoch: 9, value: 1 }]];
    expect(isBehindMedian(curve(0, 0), late, rule)).toBe(false);
  });

  it('turns round for a metric of which less is better', () => {
    const losses = { ...rule, better: 'lower' } as const;
    expect(isBehindMedian(curve(0.9, 0.41), ended, losses)).toBe(true);
    expect(isBehindMedian(curve(0.9, 0.4), ended, losses)).toBe(false);
  });

  it('counts what is no number as the worst', () => {
    expect(isBehindMedian(curve(Number.NaN, Number.NaN), ended, rule)).toBe(true);
    const broken = [curve(Number.NaN, 0.9), curve(Number.NaN, 0.9), curve(0.5, 0.5)];
    expect(isBehindMedian(curve(0.1, 0.1), broken, rule)).toBe(false);
  });
});
