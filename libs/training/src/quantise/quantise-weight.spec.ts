import { describe, expect, it } from '@jest/globals';
import { quantiseWeight } from './quantise-weight.ts';

describe('quantiseWeight', () => {
  it('gives each output channel its own scale along the first axis', () => {
    const weight = { values: Float32Array.of(1, -0.49, 100, 127), channels: 2, inner: 2 };
    const { integers, scales } = quantiseWeight(weight, { largest: 127, inputScale: 1 });
    expect([...integers]).toEqual([127, -62, 100, 127]);
    expect([...scales]).toEqual([Math.fround(1 / 127), 1]);
  });

  it('gives each output channel its own scale along the last axis', () => {
    const weight = { values: Float32Array.of(63, 1, -21, -0.5), channels: 2, inner: 1 };
    const { integers, scales } = quantiseWeight(weight, { largest: 63, inputScale: 1 });
    expect([...scales]).toEqual([1, Math.fround(1 / 63)]);
    expect([...integers]).toEqual([63, 63, -21, -31]);
  });

  it('puts the bias into the unit of the products', () => {
    const weight = { values: Float32Array.of(127, 254), channels: 2, inner: 1 };
    const { bias } = quantiseWeight(weight, { largest: 127, inputScale: 0.5, bias: Float32Array.of(3, -3) });
    expect([...bias!.scales]).toEqual([0.5, 1]);
    expect([...bias!.integers]).toEqual([6, -3]);
  });

  it('keeps the bias of a channel without weights, and of one whose weights are tiny', () => {
    const weight = { values: Float32Array.of(0, 1e-20), channels: 2, inner: 1 };
    const options = { largest: 127, inputScale: 0.01, bias: Float32Array.of(5, -5) };
    const { bias } = quantiseWeight(weight, options);
    for (const [channel, value] of options.bias.entries()) {
      expect(bias!.integers[channel]! * bias!.scales[channel]!).toBeCloseTo(value, 5);
    }
    expect([...quantiseWeight(weight, { largest: 127, inputScale: 1 }).integers]).toEqual([0, 127]);
  });
});
