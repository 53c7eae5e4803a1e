import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import type { ModelManifest } from '@assay/schema';
import { tinyPackage } from '@assay/testing';
import fc from 'fast-check';
import { binaryScores, weightedOracle } from '../metrics/oracle.fixture.ts';
import { compareScores, isLoss } from './compare-scores.ts';
import { describeComparison, verdictSentence } from './describe-comparison.ts';
import { mcnemar } from './mcnemar.ts';
import { compareStored } from './stored-figures.ts';

describe("McNemar's exact test", () => {
  it.each(weightedOracle.tests.mcnemar)('of %d against %d is %d, as in SciPy', (first, second, p) => {
    expect(mcnemar(first, second)).toBeCloseTo(p, 10);
  });

  it('is 1 where nothing differs, and the same both ways round', () => {
    expect(mcnemar(0, 0)).toBe(1);
    const count = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(count, count, (a, b) => {
        const p = mcnemar(a, b);
        expect(p).toBe(mcnemar(b, a));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

/** Right with this chance, row by row; `shared` makes two models err on the same rows. */
function model(rows: number, chance: number, seed: string) {
  const random = seededRandom(seed);
  return binaryScores(
    Array.from({ length: rows }, (_, row) => {
      const right = random.chance(chance);
      const truth = row % 2;
      return right === (truth === 1) ? 0.8 : 0.2;
    }),
    Array.from({ length: rows }, (_, row) => row % 2),
  );
}

const options = { positive: 1, metric: 'accuracy', seed: 1 };

describe('a comparison', () => {
  it('finds the better of two models on enough inputs, whichever comes first', () => {
    const [weak, strong] = [model(600, 0.75, 'a'), model(600, 0.9, 'b')];
    const result = compareScores([weak, strong], options);
    expect(result).toMatchObject({ rows: 600, verdict: 'better', metric: 'accuracy' });
    const { first, second, difference, p } = result.metrics.accuracy!;
    expect(difference.value).toBeCloseTo(second - first, 12);
    expect(difference.interval[0]).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.01);
    expect(result.mcnemar.p).toBeLessThan(1e-6);
    expect(compareScores([strong, weak], options).verdict).toBe('worse');
    expect(verdictSentence(result, ['x@1', 'x@2'])).toMatch(
      /^x@2 is better than x@1: accuracy 0\.\d+ against 0\.\d+, \+\d+\.\d points \(95 %: \+.* … \+.*; p < 0\.001\) on 600 inputs\.$/,
    );
  });

  it('knows that less log loss is better', () => {
    const sure = binaryScores(new Array<number>(100).fill(0.9), new Array<number>(100).fill(1));
    const unsure = binaryScores(new Array<number>(100).fill(0.6), new Array<number>(100).fill(1));
    expect(compareScores([unsure, sure], { ...options, metric: 'logLoss' }).verdict).toBe('better');
    expect(compareScores([sure, unsure], { ...options, metric: 'logLoss' }).verdict).toBe('worse');
    expect(isLoss('brierScore')).toBe(true);
    expect(isLoss('auroc')).toBe(false);
  });

  it('cannot tell on few inputs, and says how large a difference would have been seen', () => {
    const result = compareScores([model(40, 0.8, 'a'), model(40, 0.85, 'c')], options);
    expect(result.verdict).toBe('undecided');
    expect(verdictSentence(result, ['a', 'b'])).toMatch(
      /^No difference between a and b can be told on 40 inputs: .*it would take about \d+\.\d points/,
    );
    // 2.8 standard errors; those of two independent shares near 0.8 of 40 are about 0.09.
    expect(result.metrics.accuracy!.detectable).toBeGreaterThan(0.15);
    expect(result.metrics.accuracy!.detectable).toBeLessThan(0.35);
  });

  it('is paired: a model against itself has no difference at all', () => {
    const same = model(50, 0.7, 'a');
    const result = compareScores([same, same], options);
    expect(result.verdict).toBe('undecided');
    expect(result.mcnemar).toEqual({ onlyFirst: 0, onlySecond: 0, p: 1 });
    for (const one of Object.values(result.metrics)) {
      expect(one.difference).toEqual({ value: 0, interval: [0, 0] });
      expect(one.p).toBe(1);
    }
    expect(verdictSentence(result, ['a', 'b'])).not.toContain('it would take');
  });

  it('shows every metric, one a line, and the verdict last', () => {
    const result = compareScores([model(60, 0.8, 'a'), model(60, 0.8, 'b')], options);
    const lines = describeComparison(result, ['a', 'b']);
    expect(lines).toHaveLength(Object.keys(result.metrics).length + 3);
    expect(lines.at(-1)).toBe(verdictSentence(result, ['a', 'b']));
  });

  it('refuses a metric that there is not', () => {
    const one = model(10, 0.8, 'a');
    expect(() => compareScores([one, one], { ...options, metric: 'f7' })).toThrow(
      /no metric "f7" here; there are: accuracy, auroc,/,
    );
  });
});

describe('stored figures', () => {
  const manifest = (version: string, value: number, interval?: [number, number]): ModelManifest => ({
    ...tinyPackage({ version }).manifest,
    files: [],
    metrics: { accuracy: value },
    ...(interval
      ? {
          evaluation: {
            rows: 100,
            metrics: { accuracy: { value, interval } },
            classes: [],
            confusion: [],
            reliability: [],
            riskCoverage: [],
            decisions: { answered: 1, insideScope: 1, accuracy: 1 },
            slices: [],
          },
        }
      : {}),
  });

  it('decide where they differ by more than their intervals explain', () => {
    const good = manifest('1', 0.9, [0.86, 0.94]);
    const bad = manifest('2', 0.7, [0.64, 0.76]);
    const close = manifest('3', 0.86, [0.8, 0.92]);
    expect(compareStored(good, bad, 'accuracy').verdict).toBe('worse');
    expect(compareStored(bad, good, 'accuracy').verdict).toBe('better');
    expect(compareStored(good, close, 'accuracy').verdict).toBe('undecided');
    expect(compareStored(good, bad, 'accuracy').sentence).toContain('tiny@2 is worse than tiny@1');
  });

  it('decide as they are where a package has no intervals', () => {
    expect(compareStored(manifest('1', 0.9), manifest('2', 0.89), 'accuracy').verdict).toBe('worse');
    expect(compareStored(manifest('1', 0.9), manifest('2', 0.9), 'accuracy').verdict).toBe('undecided');
    expect(compareStored(manifest('1', 0.9), manifest('2', 0.9), 'top5').sentence).toContain(
      'no top5 in common',
    );
  });
});
