import { describe, expect, it } from '@jest/globals';
import { minMaxObserver } from './value-range.ts';

describe('minMaxObserver', () => {
  it('remembers the extremes over all batches', () => {
    const observer = minMaxObserver();
    for (const batch of [[1, 2], [-3], [0.5]]) observer.observe(Float32Array.from(batch));
    expect(observer.range()).toEqual({ low: -3, high: 2 });
  });
});
