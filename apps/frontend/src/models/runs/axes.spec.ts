import { describe, expect, it } from '@jest/globals';
import { axesOf, axisOf } from './axes.ts';

describe('axes of parallel coordinates', () => {
  it('lay numbers out by size, or by orders of magnitude', () => {
    const linear = axisOf('a.rate', [1, 10, 100], false);
    expect(linear.title).toBe('rate');
    expect([1, 10, 100].map(linear.placeOf)).toEqual([0, expect.closeTo(9 / 99, 10), 1]);
    const logarithmic = axisOf('a.rate', [1, 10, 100], true);
    expect(logarithmic.placeOf(10)).toBeCloseTo(0.5, 10);
    expect(logarithmic.ticks).toEqual([
      { place: 0, text: '1' },
      { place: 1, text: '100' },
    ]);
  });

  it('lay anything else out by name, numbers in it by size', () => {
    const axis = axisOf('hidden', ['[64]', '[128]', '[64]', null], false);
    expect(axis.ticks.map(({ text }) => text)).toEqual(['[64]', '[128]']);
    expect(['[64]', '[128]', '[7]', null, undefined].map(axis.placeOf)).toEqual([0, 1, undefined, undefined, undefined]);
  });

  it('with one value have it in the middle', () => {
    expect(axisOf('x', [3, 3], true).placeOf(3)).toBe(0.5);
    expect(axisOf('x', ['a'], false).placeOf('a')).toBe(0.5);
  });

  it('that are logarithmic cannot hold 0 and are linear then', () => {
    expect(axisOf('x', [0, 1, 2], true).placeOf(1)).toBe(0.5);
  });

  it('are a parameter each, then what was achieved', () => {
    const axes = axesOf({
      metric: 'accuracy',
      parameters: [{ key: 'rate', isLogarithmic: true }],
      trials: [
        { trial: 0, status: 'finished', values: { rate: 1 }, value: 0.5 },
        { trial: 1, status: 'failed', values: { rate: 4 } },
      ],
    });
    expect(axes.map(({ key }) => key)).toEqual(['rate', 'accuracy']);
    expect(axes[1]!.placeOf(undefined)).toBeUndefined();
  });
});
