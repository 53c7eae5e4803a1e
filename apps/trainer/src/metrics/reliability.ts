import { confidenceOf, predictedClass, type Scores } from './scores.ts';

/** Rows whose confidence (highest probability) lies in `(from, to]`; the first bin includes 0. */
export interface ReliabilityBin {
  from: number;
  to: number;
  count: number;
  /** Mean confidence of the rows, 0 to 1; 0 for an empty bin. */
  confidence: number;
  /** Share of the rows that were right, 0 to 1; 0 for an empty bin. */
  accuracy: number;
}

/** The reliability diagram as a table: confidence against accuracy in bins of equal width. */
export function reliability(scores: Scores, bins = 15): ReliabilityBin[] {
  const table = Array.from({ length: bins }, (_, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    count: 0,
    confidence: 0,
    accuracy: 0,
  }));
  for (let row = 0; row < scores.labels.length; row++) {
    const confidence = confidenceOf(scores, row);
    const bin = table[Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1))]!;
    bin.count++;
    bin.confidence += confidence;
    if (predictedClass(scores, row) === scores.labels[row]) bin.accuracy++;
  }
  return table.map((bin) => ({
    ...bin,
    confidence: bin.count === 0 ? 0 : bin.confidence / bin.count,
    accuracy: bin.count === 0 ? 0 : bin.accuracy / bin.count,
  }));
}

/**
 * Expected calibration error (Naeini et al. 2015, Guo et al. 2017): |accuracy - confidence| averaged over the
 * bins of {@link reliability}, weighted by their counts; 0 to 1.
 */
export function expectedCalibrationError(scores: Scores, bins = 15): number {
  let sum = 0;
  for (const bin of reliability(scores, bins)) sum += bin.count * Math.abs(bin.accuracy - bin.confidence);
  return sum / scores.labels.length;
}
