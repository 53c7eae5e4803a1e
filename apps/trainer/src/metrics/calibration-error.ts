import { seededRandom } from '@assay/random';
import { rightAnswers } from './accuracy.ts';
import { percentileInterval, type Interval } from './bootstrap.ts';
import { binOf, reliabilityBins } from './reliability.ts';
import { at, confidenceOf, type Scores } from './scores.ts';
import { once, type Statistic } from './statistic.ts';

/** Drawn label sets behind {@link calibrationErrorIfPerfect}. */
const simulations = 1000;

/**
 * Expected calibration error (Naeini et al. 2015, Guo et al. 2017): |accuracy - confidence| averaged over bins of
 * equal width, weighted by their counts; 0 to 1. With few rows it is above 0 even for a perfect model: see
 * {@link calibrationErrorIfPerfect}.
 */
export function expectedCalibrationError(scores: Scores, bins = reliabilityBins): number {
  return calibrationErrorOf(scores, bins)(once(scores.labels.length));
}

/** {@link expectedCalibrationError} of rows that count more than once. */
export function calibrationErrorOf(scores: Scores, bins = reliabilityBins): Statistic {
  const binned = binnedRows(scores, bins);
  return (weights) => meanGap(binned, { weights, right: binned.right });
}

/**
 * Debiased root-mean-square calibration error (Kumar et al. 2019; Bröcker 2012): from the squared gap of each bin the part
 * that chance alone makes, `a (1 - a) / (n - 1)` for accuracy a and n rows, is taken off; 0 to 1. Bins of one row tell
 * nothing and count as 0, as does a sum below 0.
 */
export function debiasedCalibrationErrorOf(scores: Scores, bins = reliabilityBins): Statistic {
  const { bin, confidence, right } = binnedRows(scores, bins);
  return (weights) => {
    const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
    for (let row = 0; row < bin.length; row++) {
      const sum = sums[at(bin, row)]!;
      const weight = at(weights, row);
      sum.count += weight;
      sum.confidence += weight * at(confidence, row);
      sum.right += weight * at(right, row);
    }
    let total = 0;
    let rows = 0;
    for (const { count, confidence: sure, right: hits } of sums) {
      rows += count;
      if (count < 2) continue;
      const share = hits / count;
      total += count * ((sure / count - share) ** 2 - (share * (1 - share)) / (count - 1));
    }
    return Math.sqrt(Math.max(0, total / rows));
  };
}

/** What a perfectly calibrated model would print. */
export interface CalibrationIfPerfect {
  mean: number;
  /** The central 95 % of what chance would print; a measured error inside says nothing against the calibration. */
  interval: Interval;
}

/**
 * The {@link expectedCalibrationError} of a model with these confidences that is right exactly as often as it says, by
 * consistency resampling (Bröcker and Smith 2007, Vaicenavicius et al. 2019): answers are drawn as right with their own
 * confidence, many times.
 */
export function calibrationErrorIfPerfect(
  scores: Scores,
  options: { seed: number; bins?: number },
): CalibrationIfPerfect {
  const { seed, bins = reliabilityBins } = options;
  const random = seededRandom('consistency', seed);
  const binned = binnedRows(scores, bins);
  const weights = once(scores.labels.length);
  const right = new Float64Array(weights.length);
  const draws = Float64Array.from({ length: simulations }, () => {
    for (let row = 0; row < right.length; row++)
      right[row] = random.uniform() < at(binned.confidence, row) ? 1 : 0;
    return meanGap(binned, { weights, right });
  });
  const mean = draws.reduce((sum, value) => sum + value, 0) / simulations;
  return { mean, interval: percentileInterval(draws) };
}

interface BinnedRows {
  bins: number;
  bin: Int32Array;
  confidence: Float64Array;
  right: Float64Array;
}

function binnedRows(scores: Scores, bins: number): BinnedRows {
  const confidence = Float64Array.from(scores.labels, (_, row) => confidenceOf(scores, row));
  return {
    bins,
    confidence,
    bin: Int32Array.from(confidence, (value) => binOf(value, bins)),
    right: rightAnswers(scores),
  };
}

function meanGap(
  { bins, bin, confidence }: BinnedRows,
  rows: { weights: ArrayLike<number>; right: Float64Array },
): number {
  const gaps = new Float64Array(bins);
  let count = 0;
  for (let row = 0; row < bin.length; row++) {
    const weight = at(rows.weights, row);
    count += weight;
    gaps[at(bin, row)]! += weight * (at(rows.right, row) - at(confidence, row));
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
}
