import { bootstrapDraws, percentileInterval, type Interval } from './bootstrap.ts';
import { calibrationErrorIfPerfect } from './calibration-error.ts';
import { classFigures, classFiguresOf, confusionMatrix, type ClassFigures } from './confusion.ts';
import { metricStatistics, type TaskFacts } from './metric-statistics.ts';
import { reliability, type ReliabilityBin } from './reliability.ts';
import { riskCoverage, thinned, type CoveragePoint } from './risk-coverage.ts';
import type { Scores } from './scores.ts';
import { once } from './statistic.ts';

/** Figures of one class that have an interval. */
const classFigureNames = ['precision', 'recall', 'f1'] as const;

/** How one class fared, and how sure that is. */
export interface ClassEvaluation extends ClassFigures {
  /** 95 % bootstrap intervals, with a seed. */
  intervals?: Record<(typeof classFigureNames)[number], Interval>;
}

/** All that is said about a classifier on one set of labelled inputs. */
export interface Evaluation {
  rows: number;
  /** By name; fractions lie in 0 to 1. What cannot be said of these rows (AUROC of one class) is left out. */
  metrics: Record<string, number>;
  /**
   * 95 % bootstrap intervals of the metrics. That of `expectedCalibrationErrorIfPerfect` is what chance alone would
   * print.
   */
  intervals: Record<string, Interval>;
  classes: ClassEvaluation[];
  /** `[true class][predicted class]`. */
  confusion: number[][];
  reliability: ReliabilityBin[];
  /** About a hundred points. */
  riskCoverage: CoveragePoint[];
}

/** How to look at the scores. */
export interface EvaluationOptions extends TaskFacts {
  /** Seed of the bootstrap and of the simulated calibration error; without it neither is computed. */
  seed?: number;
}

/**
 * Every metric of {@link Scores}. Deterministic.
 *
 * @throws RangeError if there are no rows.
 */
export function evaluateScores(scores: Scores, options: EvaluationOptions = {}): Evaluation {
  const rows = scores.labels.length;
  if (rows === 0) throw new RangeError('There are no rows to evaluate.');
  const statistics = Object.entries(metricStatistics(scores, options));
  const figures = classFiguresOf(scores);
  const all = once(rows);
  const evaluation: Evaluation = {
    rows,
    metrics: Object.fromEntries(
      statistics
        .map(([name, statistic]) => [name, statistic(all)] as const)
        .filter(([, value]) => Number.isFinite(value)),
    ),
    intervals: {},
    classes: classFigures(scores),
    confusion: confusionMatrix(scores),
    reliability: reliability(scores),
    riskCoverage: thinned(riskCoverage(scores)),
  };
  if (options.seed === undefined) return evaluation;
  const draws = bootstrapDraws(
    rows,
    (weights) => [
      ...statistics.map(([, statistic]) => statistic(weights)),
      ...figures(weights).flatMap((one) => classFigureNames.map((name) => one[name])),
    ],
    { seed: options.seed },
  ).map((values) => percentileInterval(values));
  statistics.forEach(([name], index) => {
    if (name in evaluation.metrics) evaluation.intervals[name] = draws[index]!;
  });
  evaluation.classes = evaluation.classes.map((one, index) => {
    const [precision, recall, f1] = draws.slice(statistics.length + index * classFigureNames.length);
    return { ...one, intervals: { precision: precision!, recall: recall!, f1: f1! } };
  });
  const { mean, interval } = calibrationErrorIfPerfect(scores, { seed: options.seed });
  evaluation.metrics.expectedCalibrationErrorIfPerfect = mean;
  evaluation.intervals.expectedCalibrationErrorIfPerfect = interval;
  return evaluation;
}
