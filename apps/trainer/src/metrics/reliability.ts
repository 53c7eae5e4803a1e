import { confidenceOf, predictedClass, type Scores } from './scores.ts';

/** Bins of the reliability diagram and of the calibration errors, unless asked otherwise. */
export const reliabilityBins = 15;

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

/** The bin of a confidence, 0 to bins - 1. */
export function binOf(confidence: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
}

/** The reliability diagram as a table: confidence against accuracy in bins of equal width. */
export function reliability(scores: Scores, bins = reliabilityBins): ReliabilityBin[] {
  const table = Array.from({ length: bins }, (_, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    count: 0,
    confidence: 0,
    accuracy: 0,
  }));
  for (let row = 0; row < scores.labels.length; row++) {
    const confidence = confidenceOf(scores, row);
    const bin = table[binOf(confidence, bins)]!;
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
