import type { Classification } from '@assay/schema';

export type RankedLabel = Classification['top'][number];

/**
 * The k most probable labels, most probable first; equal ones in the order of the labels.
 *
 * @param k clipped to 1 … number of labels
 */
export function rankLabels(
  labels: readonly string[],
  probabilities: ArrayLike<number>,
  k: number,
): RankedLabel[] {
  return labels
    .map((label, index) => ({ label, index, probability: probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, Math.max(1, k));
}
