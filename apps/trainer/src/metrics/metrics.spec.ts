import { describe, expect, it } from '@jest/globals';
import { accuracy, topAccuracy } from './accuracy.ts';
import { bootstrapInterval, quantile } from './bootstrap.ts';
import {
  calibrationErrorIfPerfect,
  debiasedCalibrationErrorOf,
  expectedCalibrationError,
} from './calibration-error.ts';
import { classFigures, classFiguresOf, confusionMatrix } from './confusion.ts';
import { evaluateScores } from './evaluate-scores.ts';
import { brierScoreOf } from './brier-score.ts';
import { logLoss } from './log-loss.ts';
import { metricStatistics } from './metric-statistics.ts';
import { binaryScores, oracle, oracleScores, repeatRows, weightedOracle } from './oracle.fixture.ts';
import { areaUnderRoc, averagePrecision, rankingOf } from './ranking.ts';
import { quadraticKappaOf } from './quadratic-kappa.ts';
import { reliability } from './reliability.ts';
import { areaUnderRiskCoverageOf, riskCoverage, thinned } from './risk-coverage.ts';
import { once, rowMean } from './statistic.ts';

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
    expect(confusionMatrix(scores)).toEqual(oracle.confusion);
    classFigures(scores).forEach((figures, index) => {
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

  it.each(['plain', 'weighted'] as const)('in every metric of the %s rows', (kind) => {
    const weights = kind === 'plain' ? once(scores.labels.length) : weightedOracle.weights;
    const expected = weightedOracle[kind];
    const statistics = metricStatistics(scores, { ordinal: true });
    const names = Object.keys(statistics).filter((name) => name in expected);
    expect(names).toEqual([
      'accuracy',
      'macroAuroc',
      'macroAveragePrecision',
      'macroF1',
      'quadraticWeightedKappa',
      'logLoss',
      'brierScore',
      'expectedCalibrationError',
    ]);
    for (const name of names) expect(statistics[name]!(weights)).toBeCloseTo(expected[name]!, 10);
    const ranking = rankingOf(oracle.scores, oracle.positive);
    expect(ranking.areaUnderRoc(weights)).toBeCloseTo(expected.auroc!, 12);
    expect(ranking.averagePrecision(weights)).toBeCloseTo(expected.averagePrecision!, 12);
  });

  it('in the Brier score of two classes, which looks at one of them', () => {
    const two = binaryScores([0.9, 0.2, 0.4, 0.7], [1, 0, 1, 1]);
    expect(brierScoreOf(two)(once(4))).toBeCloseTo(weightedOracle.binaryBrier, 12);
  });
});

describe('a statistic', () => {
  it('of weighted rows is that of the rows written out so many times', () => {
    const scores = oracleScores();
    const options = { ordinal: true };
    const weighted = metricStatistics(scores, options);
    const repeated = repeatRows(scores, weightedOracle.weights);
    const plain = metricStatistics(repeated, options);
    expect(Object.keys(plain)).toHaveLength(11);
    for (const [name, statistic] of Object.entries(plain))
      expect(weighted[name]!(weightedOracle.weights)).toBeCloseTo(
        statistic(once(repeated.labels.length)),
        12,
      );
    expect(classFiguresOf(scores)(weightedOracle.weights)).toEqual(
      classFiguresOf(repeated)(once(repeated.labels.length)),
    );
  });
});

describe('the quadratic-weighted kappa', () => {
  const answers = (labels: number[], predicted: number[]) => ({
    probabilities: Float64Array.from(predicted.flatMap((one) => [0, 1, 2].map((k) => (k === one ? 1 : 0)))),
    labels: Int32Array.from(labels),
    classes: 3,
  });

  it('is 1 for perfect answers and -1 for the opposite of two even classes', () => {
    expect(quadraticKappaOf(answers([0, 1, 2], [0, 1, 2]))(once(3))).toBe(1);
    expect(quadraticKappaOf(answers([0, 2], [2, 0]))(once(2))).toBe(-1);
  });

  it('forgives one step more than two: worked by hand', () => {
    const one = quadraticKappaOf(answers([0, 1, 2, 2], [0, 1, 2, 1]))(once(4));
    const two = quadraticKappaOf(answers([0, 1, 2, 2], [0, 1, 2, 0]))(once(4));
    // chance: (9 + 6)·4 - 2·5·4 = 20 and (9 + 5)·4 - 2·5·3 = 26; missed: 1·4 and 4·4.
    expect(one).toBeCloseTo(1 - 4 / 20, 12);
    expect(two).toBeCloseTo(1 - 16 / 26, 12);
  });

  it('is not a number where there is one class only', () => {
    expect(quadraticKappaOf(answers([1, 1, 1], [1, 1, 1]))(once(3))).toBeNaN();
  });
});

describe('the calibration error of few rows', () => {
  const confidences = Array.from({ length: 60 }, (_, index) => 0.5 + (index % 30) / 60);
  const perfect = (labels: number[]) => binaryScores(confidences, labels);

  it('is above 0 on average even for a perfect model, and falls with the number of rows', () => {
    const scores = perfect(confidences.map(() => 1));
    const few = calibrationErrorIfPerfect(scores, { seed: 1 });
    const many = calibrationErrorIfPerfect(
      repeatRows(
        scores,
        confidences.map(() => 25),
      ),
      { seed: 1 },
    );
    expect(few.mean).toBeGreaterThan(0.05);
    // The gap of a bin shrinks with the root of its rows.
    expect(few.mean / many.mean).toBeCloseTo(5, 0);
    expect(few.interval[0]).toBeLessThan(few.mean);
    expect(few.interval[1]).toBeGreaterThan(few.mean);
    expect(calibrationErrorIfPerfect(scores, { seed: 1 })).toEqual(few);
  });

  it('of one bin is the mean absolute deviation of a binomial share', () => {
    // 4 rows of confidence 0.75: E|k/4 - 0.75| = (0.75·1 + 0.5·12 + 0.25·54 + 0.25·81) / 256, k = 0, 1, 2, 4.
    const { mean } = calibrationErrorIfPerfect(binaryScores([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 1]), {
      seed: 2,
    });
    // Three standard errors of the mean of 1000 draws.
    expect(Math.abs(mean - (0.75 + 6 + 13.5 + 20.25) / 256)).toBeLessThan(0.014);
  });

  it('loses what chance makes in the debiased form', () => {
    // One bin of 4 rows, 3 right, mean confidence 0.75: gap 0, so that the correction alone is left, and cut at 0.
    const four = binaryScores([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0]);
    expect(debiasedCalibrationErrorOf(four)(once(4))).toBe(0);
    // None right of 4: gap² 0.75², nothing to take off.
    const wrong = binaryScores([0.75, 0.75, 0.75, 0.75], [0, 0, 0, 0]);
    expect(debiasedCalibrationErrorOf(wrong)(once(4))).toBeCloseTo(0.75, 12);
    // Half right of 4: 0.25² - 0.25/3 < 0.
    const half = binaryScores([0.75, 0.75, 0.75, 0.75], [0, 0, 1, 1]);
    expect(debiasedCalibrationErrorOf(half)(once(4))).toBe(0);
    const ofMany = debiasedCalibrationErrorOf(half)([100, 100, 100, 100]);
    expect(ofMany).toBeCloseTo(Math.sqrt(0.0625 - 0.25 / 399), 12);
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
    const area = areaUnderRiskCoverageOf(binaryScores([0.9, 0.8, 0.2, 0.6], [1, 0, 0, 1]));
    expect(area(once(4))).toBeCloseTo(0.5 / 3 + 0.0625, 12);
  });

  it('are drawn with about a hundred points, whatever the number of rows', () => {
    const many = Array.from({ length: 5000 }, (_, row) => 0.5 + row / 10_000);
    const points = riskCoverage(
      binaryScores(
        many,
        many.map(() => 1),
      ),
    );
    expect(points).toHaveLength(5000);
    const few = thinned(points);
    expect(few.length).toBeGreaterThan(95);
    expect(few.length).toBeLessThan(105);
    expect(few.at(-1)).toEqual(points.at(-1));
    expect(thinned(points.slice(0, 3))).toContainEqual(points[2]);
  });
});

describe('the bootstrap', () => {
  it('gives the same interval for the same seed, about 1.96 standard errors wide', () => {
    const mean = rowMean(Float64Array.from({ length: 100 }, (_, index) => index % 2));
    const interval = bootstrapInterval(100, mean, { seed: 3 });
    expect(bootstrapInterval(100, mean, { seed: 3 })).toEqual(interval);
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
    expect(result.classes[1]!.intervals!.recall).toEqual([1, 1]);
    expect(evaluateScores(binaryScores([0.9], [1])).intervals).toEqual({});
  });

  it('has an interval around every metric, and leaves out what one class cannot say', () => {
    const { metrics, intervals } = evaluateScores(oracleScores(), { seed: 4, ordinal: true });
    expect(Object.keys(intervals).sort()).toEqual(Object.keys(metrics).sort());
    for (const name of ['accuracy', 'macroAuroc', 'quadraticWeightedKappa', 'logLoss', 'brierScore']) {
      expect(intervals[name]![0]).toBeLessThan(metrics[name]!);
      expect(intervals[name]![1]).toBeGreaterThan(metrics[name]!);
    }
    const single = evaluateScores(binaryScores([0.9, 0.8], [1, 1]), { positive: 1, seed: 1 });
    expect(Object.keys(single.metrics)).not.toContain('auroc');
  });

  it('needs at least one row', () => {
    expect(() => evaluateScores(binaryScores([], []))).toThrow('no rows');
  });
});
