import { accuracyOf, topAccuracyOf } from './accuracy.ts';
import { brierScoreOf } from './brier-score.ts';
import { calibrationErrorOf, debiasedCalibrationErrorOf } from './calibration-error.ts';
import { classFiguresOf } from './confusion.ts';
import { logLossOf } from './log-loss.ts';
import { quadraticKappaOf } from './quadratic-kappa.ts';
import { classRanking, finiteMean, macroMean, type Ranking } from './ranking.ts';
import { areaUnderRiskCoverageOf } from './risk-coverage.ts';
import type { Scores } from './scores.ts';
import type { Statistic } from './statistic.ts';

/** What kind of classes they are. */
export interface TaskFacts {
  /** Class that AUROC and average precision speak of; without one they are means over the classes, one against the rest. */
  positive?: number | undefined;
  /** Whether the classes are steps of a scale, in their order. */
  ordinal?: boolean | undefined;
}

/** Every metric by its name, in the order in which they are shown; fractions lie in 0 to 1. */
export function metricStatistics(
  scores: Scores,
  { positive, ordinal = false }: TaskFacts,
): Record<string, Statistic> {
  const figures = classFiguresOf(scores);
  return {
    accuracy: accuracyOf(scores),
    ...(scores.classes > 5 ? { top5: topAccuracyOf(scores, 5) } : {}),
    ...(positive === undefined ? macroRanking(scores) : ranking(classRanking(scores, positive))),
    macroF1: (weights) => finiteMean(figures(weights).map(({ f1 }) => f1)),
    ...(ordinal ? { quadraticWeightedKappa: quadraticKappaOf(scores) } : {}),
    logLoss: logLossOf(scores),
    brierScore: brierScoreOf(scores),
    expectedCalibrationError: calibrationErrorOf(scores),
    debiasedCalibrationError: debiasedCalibrationErrorOf(scores),
    areaUnderRiskCoverage: areaUnderRiskCoverageOf(scores),
  };
}

function ranking({ areaUnderRoc, averagePrecision }: Ranking): Record<string, Statistic> {
  return { auroc: areaUnderRoc, averagePrecision };
}

function macroRanking(scores: Scores): Record<string, Statistic> {
  const classes = Array.from({ length: scores.classes }, (_, index) => classRanking(scores, index));
  return {
    macroAuroc: macroMean(classes.map((one) => one.areaUnderRoc)),
    macroAveragePrecision: macroMean(classes.map((one) => one.averagePrecision)),
  };
}
