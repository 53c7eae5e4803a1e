import { describe, expect, it } from '@jest/globals';
import { activationParameters, quantiseActivation } from './activation-parameters.ts';

describe('activationParameters', () => {
  it.each([
    ['a ReLU', { low: 0, high: 25.5 }, { scale: Math.fround(0.1), zeroPoint: 0 }],
    ['both signs', { low: -1, high: 1.55 }, { scale: Math.fround(0.01), zeroPoint: 100 }],
    ['positive values: widened to 0', { low: 10, high: 25.5 }, { scale: Math.fround(0.1), zeroPoint: 0 }],
    ['negative values: widened to 0', { low: -25.5, high: -10 }, { scale: Math.fround(0.1), zeroPoint: 255 }],
    ['nothing but 0', { low: 0, high: 0 }, { scale: 1, zeroPoint: 0 }],
  ])('covers %s', (_, range, expected) => {
    expect(activationParameters(range)).toEqual(expected);
  });
});

describe('quantiseActivation', () => {
  it('rounds to the nearest integer and limits what is outside', () => {
    const integers = quantiseActivation(Float32Array.of(-2, -1, 0, 0.014, 1.55, 9), {
      scale: 0.01,
      zeroPoint: 100,
    });
    expect([...integers]).toEqual([0, 0, 100, 101, 255, 255]);
  });
});
