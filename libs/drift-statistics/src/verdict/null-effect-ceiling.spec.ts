import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { numericEffectCeiling } from './null-effect-ceiling.ts';
import { nullEffect } from './null-effect.ts';
import { binnedDeviation, numericEffect } from './numeric-evidence.ts';

/** The threshold by simulation and its ceiling, of counts between edges. */
function both(edges: number[], shares: number[], sizes: readonly [number, number]) {
  const deviation = binnedDeviation(edges, shares);
  const ceiling = numericEffectCeiling({ edges, shares, deviation }, sizes);
  const simulated = nullEffect(
    shares,
    (reference, current) => numericEffect({ edges, deviation, reference, current }),
    { key: `${edges.join()} ${shares.join()}`, sizes, level: 0.95 },
  );
  return { ceiling, simulated };
}

describe('numericEffectCeiling', () => {
  it('lies above what is simulated, whatever the histogram', () => {
    const size = fc.integer({ min: 250, max: 1_000_000 });
    const shares = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 30 });
    const widths = fc.infiniteStream(fc.double({ min: 0.01, max: 10, noNaN: true }));
    fc.assert(
      fc.property(shares, widths, fc.tuple(size, size), (counts, steps, sizes) => {
        // Values in two bins at least: else there is no deviation.
        fc.pre(counts.filter((count) => count > 0).length > 1);
        const edges: number[] = [];
        for (const step of steps.take(counts.length - 1)) edges.push((edges.at(-1) ?? 0) + step);
        fc.pre(binnedDeviation(edges, counts) > 0);
        const { ceiling, simulated } = both(edges, counts, sizes);
        expect(ceiling).toBeGreaterThanOrEqual(simulated);
      }),
      { numRuns: 60 },
    );
  });

  it('is a few times what is simulated for a normal distribution, and falls below the floor for large samples', () => {
    const edges = Array.from({ length: 33 }, (_, i) => (i - 16) / 4);
    const counts = Array.from({ length: 34 }, (_, i) =>
      Math.round(1e4 * Math.exp(-(((i - 16.5) / 4) ** 2) / 2)),
    );
    const { ceiling, simulated } = both(edges, counts, [40_000, 40_000]);
    expect(ceiling / simulated).toBeGreaterThan(1.5);
    expect(ceiling / simulated).toBeLessThan(6);
    expect(ceiling).toBeLessThan(0.1);
  });

  it('says nothing of small samples', () => {
    expect(numericEffectCeiling({ edges: [0, 1], shares: [1, 1, 1], deviation: 1 }, [249, 1e6])).toBe(
      Infinity,
    );
  });
});
