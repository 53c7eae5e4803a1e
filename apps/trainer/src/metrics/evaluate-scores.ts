import { accuracy, topAccuracy } from './accuracy.ts';
import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { classFigures, confusionMatrix, type ClassFigures } from './confusion.ts';
import { logLoss } from './log-loss.ts';
import { areaUnderRoc, averagePrecision } from './ranking.ts';
import { expectedCalibrationError, reliability, type ReliabilityBin } from './reliability.ts';
import { areaUnderRiskCoverage, riskCoverage } from './risk-coverage.ts';
import { probabilitiesOf, selectRows, type Scores } from './scores.ts';

/** All that is said about a classifier on one set of labelled inputs. */
export interface Evaluation {
  rows: number;
  /** By name; fractions lie in 0 to 1. `auroc` and `averagePrecision` only where there is a positive class. */
  metrics: Record<string, number>;
  /** 95 % bootstrap intervals of the metrics that have one. */
  intervals: Record<string, Interval>;
  classes: ClassFigures[];
  /** `[true class][predicted class]`. */
  confusion: number[][];
  reliability: ReliabilityBin[];
}

/** How to look at the scores. */
export interface EvaluationOptions {
  /** Class that AUROC and average precision speak of; left out for tasks without one. */
  positive?: number | undefined;
  /** Seed of the bootstrap; without it no intervals are computed. */
  seed?: number;
}

/**
 * Every metric of {@link Scores}. Deterministic.
 *
 * @throws RangeError if there are no rows.
 */
export function evaluateScores(scores: Scores, options: EvaluationOptions = {}): Evaluation {
  if (scores.labels.length === 0) throw new RangeError('There are no rows to evaluate.');
  const main = mainMetrics(scores, options.positive);
  const confusion = confusionMatrix(scores);
  const figures = classFigures(confusion);
  const intervals: Record<string, Interval> = {};
  if (options.seed !== undefined)
    for (const [name, statistic] of Object.entries(main))
      intervals[name] = bootstrapInterval(
        scores.labels.length,
        (rows) => statistic(selectRows(scores, rows)),
        { seed: options.seed },
      );
  return {
    rows: scores.labels.length,
    metrics: {
      ...Object.fromEntries(Object.entries(main).map(([name, statistic]) => [name, statistic(scores)])),
      macroF1: figures.reduce((sum, one) => sum + one.f1, 0) / figures.length,
      areaUnderRiskCoverage: areaUnderRiskCoverage(riskCoverage(scores)),
    },
    intervals,
    classes: figures,
    confusion,
    reliability: reliability(scores),
  };
}

function mainMetrics(scores: Scores, positive: number | undefined): Record<string, (of: Scores) => number> {
  return {
    accuracy,
    ...(scores.classes > 5 ? { top5: (of: Scores) => topAccuracy(of, 5) } : {}),
    ...(positive === undefined
      ? {}
      : {
          auroc: (of: Scores) => areaUnderRoc(probabilitiesOf(of, positive), truthOf(of, positive)),
          averagePrecision: (of: Scores) =>
            averagePrecision(probabilitiesOf(of, positive), truthOf(of, positive)),
        }),
    logLoss,
    expectedCalibrationError: (of) => expectedCalibrationError(of),
  };
}

function truthOf(scores: Scores, positive: number): Uint8Array {
  return Uint8Array.from(scores.labels, (label) => (label === positive ? 1 : 0));
}
