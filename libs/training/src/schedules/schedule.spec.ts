import { describe, expect, it } from '@jest/globals';
import { learningRateAt, scheduleSpec } from './schedule.ts';

const rates = (input: unknown, steps: number) => {
  const spec = scheduleSpec.parse(input);
  return Array.from({ length: steps }, (_, step) => learningRateAt(spec, { step, steps }));
};
const expectClose = (received: number[], expected: number[]) => {
  expect(received).toHaveLength(expected.length);
  received.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
};

describe('learning-rate schedules, by hand', () => {
  it('constant stays', () => {
    expectClose(rates({ type: 'constant', learningRate: 0.1 }, 3), [0.1, 0.1, 0.1]);
  });

  it('step drops by its factor at each boundary', () => {
    const expected = [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01];
    expectClose(rates({ type: 'step', learningRate: 1, every: 1 / 3 }, 9), expected);
  });

  it('cosine falls from the rate to its final part along half a cosine', () => {
    expectClose(rates({ type: 'cosine', learningRate: 2, final: 0.1 }, 5), [
      2,
      0.2 + 0.9 * (1 + Math.SQRT1_2),
      1.1,
      0.2 + 0.9 * (1 - Math.SQRT1_2),
      0.2,
    ]);
  });

  it('cosine warms up along a line first', () => {
    expectClose(rates({ type: 'cosine', learningRate: 1, warmUp: 0.5 }, 5), [0, 0.5, 1, 0.5, 0]);
  });

  it('one-cycle rises, peaks at the end of the warm-up, and falls to almost nothing', () => {
    const spec = { type: 'one-cycle', learningRate: 1, warmUp: 0.5, initial: 0.2, final: 0.01 };
    expectClose(rates(spec, 5), [0.2, 0.6, 1, 0.505, 0.01]);
  });

  it('a run of one step has a rate', () => {
    expectClose(rates({ type: 'one-cycle', learningRate: 1, initial: 0.04 }, 1), [0.04]);
  });
});
