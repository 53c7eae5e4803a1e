import { seededRandom } from '@assay/random';

/** Answers whose truth is known and whose confidences lie in one bin. */
export interface CheckedBin {
  records: number;
  /** Σ confidence. */
  confidence: number;
  right: number;
}

/** Bootstrap samples. */
const SAMPLES = 500;

/**
 * Expected calibration error (Naeini et al. 2015) of answers that were counted by confidence: Σ |right − Σ confidence| over their number.
 * The interval redraws how many of each bin were right, binomially, by its normal approximation with a pseudo-count of one.
 *
 * @returns `undefined` without records.
 */
export function calibrationOfBins(
  bins: readonly CheckedBin[],
): { error: number; interval: [low: number, high: number]; records: number } | undefined {
  const records = bins.reduce((sum, bin) => sum + bin.records, 0);
  if (records === 0) return undefined;
  const gaps = bins.map(({ right, confidence }) => right - confidence);
  const spreads = bins.map(({ records: n, right }) => {
    const share = (right + 0.5) / (n + 1);
    return n === 0 ? 0 : Math.sqrt(n * share * (1 - share));
  });
  const random = seededRandom('calibration-of-bins');
  const draws = Float64Array.from(
    { length: SAMPLES },
    () => gaps.reduce((sum, gap, i) => sum + Math.abs(gap + spreads[i]! * random.normal()), 0) / records,
  ).sort();
  const error = Math.min(1, gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / records);
  const at = (share: number) => Math.min(1, draws[Math.floor(share * (SAMPLES - 1))]!);
  // Redrawing adds noise to the gaps, so that the interval of a small error may lie above it.
  return { error, interval: [Math.min(error, at(0.025)), Math.max(error, at(0.975))], records };
}
