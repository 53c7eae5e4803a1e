import { describe, expect, it } from '@jest/globals';
import { accuracy, topAccuracy } from './accuracy.ts';
import { bootstrapInterval, quantile } from './bootstrap.ts';
import { classFigures, confusionMatrix } from './confusion.ts';
import { evaluateScores } from './evaluate-scores.ts';
import { logLoss } from './log-loss.ts';
import { binaryScores, oracle, oracleScores } from './oracle.fixture.ts';
import { areaUnderRoc, averagePrecision } from './ranking.ts';
import { expectedCalibrationError, reliability } from './reliability.ts';
import { areaUnderRiskCoverage, riskCoverage } from './risk-coverage.ts';

describe('metrics agree with scikit-learn', () => {
  const scores = oracleScores();

  it('in accuracy and top-k accuracy', () => {
    expect(accuracy(scores)).toBeCloseTo(oracle.accuracy, 12);
    expect(topAccuracy(scores, 1)).toBeCloseTo(oracle.accuracy, 12);
    expect(topAccuracy(scores, 3)).toBeCloseTo(oracle.top3, 12);
    expect(topAccuracy(scores, 5)).toBeCloseTo(oracle.top5, 12);
  });

  it('in log loss', () => {
    expect(logLoss(scores)).toBeCloseTo(oracle.logLoss, 10);
  });

  it('in the confusion matrix and the figures of each class', () => {
    const matrix = confusionMatrix(scores);
    expect(matrix).toEqual(oracle.confusion);
    classFigures(matrix).forEach((figures, index) => {
      expect(figures.precision).toBeCloseTo(oracle.precision[index]!, 12);
      expect(figures.recall).toBeCloseTo(oracle.recall[index]!, 12);
      expect(figures.f1).toBeCloseTo(oracle.f1[index]!, 12);
      expect(figures.support).toBe(oracle.support[index]);
    });
    expect(evaluateScores(scores).metrics.macroF1).toBeCloseTo(oracle.macroF1, 12);
  });

  it('in the area under the ROC curve and average precision, with ties', () => {
    expect(new Set(oracle.scores).size).toBeLessThan(oracle.scores.length);
    expect(areaUnderRoc(oracle.scores, oracle.positive)).toBeCloseTo(oracle.auroc, 12);
    expect(averagePrecision(oracle.scores, oracle.positive)).toBeCloseTo(oracle.averagePrecision, 12);
  });

  it('in the expected calibration error over fifteen bins (NumPy)', () => {
    expect(expectedCalibrationError(scores)).toBeCloseTo(oracle.ece, 12);
  });
});

describe('ranking metrics at the edges', () => {
  it('count a tie between classes as half', () => {
    expect(areaUnderRoc([0.5, 0.5, 0.5], [1, 0, 0])).toBe(0.5);
  });

  it('are not a number when a class is missing', () => {
    expect(areaUnderRoc([0.1, 0.9], [1, 1])).toBeNaN();
    expect(averagePrecision([0.1, 0.9], [0, 0])).toBeNaN();
  });
});

describe('log loss', () => {
  it('stays finite for a sure mistake', () => {
    expect(logLoss(binaryScores([0], [1]))).toBeCloseTo(-Math.log(1e-15), 9);
  });
});

describe('the reliability table', () => {
  it('puts a confidence on a bin edge into the lower bin and 1 into the last', () => {
    const table = reliability(binaryScores([0.6, 1], [1, 1]), 5);
    expect(table.map((bin) => bin.count)).toEqual([0, 0, 1, 0, 1]);
    expect(table[2]).toEqual({ from: 0.4, to: 0.6, count: 1, confidence: 0.6, accuracy: 1 });
  });
});

describe('risk and coverage', () => {
  it('go through one point per distinct confidence, surest first', () => {
    const points = riskCoverage(binaryScores([0.9, 0.8, 0.2, 0.6], [1, 0, 0, 1]));
    expect(points).toEqual([
      { threshold: 0.9, coverage: 0.25, answered: 1, right: 1 },
      { threshold: 0.8, coverage: 0.75, answered: 3, right: 2 },
      { threshold: 0.6, coverage: 1, answered: 4, right: 3 },
    ]);
    // 0.25 · 0 + 0.5 · 1/3 + 0.25 · 1/4
    expect(areaUnderRiskCoverage(points)).toBeCloseTo(0.5 / 3 + 0.0625, 12);
  });
});

describe('the bootstrap', () => {
  const mean = (values: readonly number[]) => (rows: Uint32Array) =>
    rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;

  it('gives the same interval for the same seed, about 1.96 standard errors wide', () => {
    const values = Array.from({ length: 100 }, (_, index) => index % 2);
    const interval = bootstrapInterval(100, mean(values), { seed: 3 });
    expect(bootstrapInterval(100, mean(values), { seed: 3 })).toEqual(interval);
    expect(interval[0]).toBeGreaterThan(0.5 - 0.12);
    expect(interval[0]).toBeLessThan(0.5 - 0.08);
    expect(interval[1]).toBeGreaterThan(0.5 + 0.08);
  });

  it('is a point for a constant and not a number for nothing', () => {
    expect(bootstrapInterval(5, () => 2, { seed: 1 })).toEqual([2, 2]);
    expect(bootstrapInterval(5, () => Number.NaN, { seed: 1 })).toEqual([Number.NaN, Number.NaN]);
  });

  it('interpolates quantiles', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([7], 0.99)).toBe(7);
  });
});

describe('an evaluation', () => {
  it('speaks of AUROC only where there is a positive class, and of intervals only with a seed', () => {
    expect(Object.keys(evaluateScores(oracleScores()).metrics)).not.toContain('auroc');
    const result = evaluateScores(binaryScores([0.9, 0.2, 0.7], [1, 0, 1]), { positive: 1, seed: 1 });
    expect(result.metrics).toMatchObject({ accuracy: 1, auroc: 1, averagePrecision: 1 });
    expect(result.intervals.accuracy).toEqual([1, 1]);
  });

  it('needs at least one row', () => {
    expect(() => evaluateScores(binaryScores([], []))).toThrow('no rows');
  });
});
