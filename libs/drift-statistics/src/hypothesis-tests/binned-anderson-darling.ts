import { total } from '../counts.ts';
import { bridgeFormSurvival } from '../special-functions/bridge-form.ts';
import { DEFAULT_SIGNIFICANCE, type TestResult, type ThresholdOption } from '../statistic.ts';

/**
 * Anderson–Darling test of two histograms over the same bins, A² = m n / N Σ w_k (F_k − G_k)² / (H_k (1 − H_k)) over the inner edges, w_k the
 * mean share of the bins on both sides. Sees a shift as well as Mann–Whitney does, and spread and tails besides. Bins are ties,
 * and the tabled distribution of A² knows none: here it is that of the same sum over a Brownian bridge at the times H_k, which is
 * what F − G tends to, whatever the bins (Scholz & Stephens 1987, section 5).
 *
 * H is the pooled distribution, in which the current sample weighs as much as the reference at most: where the edges are quantiles of a
 * small reference the current shares scatter around its own, and a large current sample would be taken for the truth.
 *
 * Bins should expect five values in both samples: join rare ones first.
 *
 * @param reference Counts by bin, in order.
 * @param current Counts of the same bins.
 * @returns statistic: A² N / (N − 1), about 1 under equal distributions; threshold: significance, default 0.05. p = 1 with fewer than
 *   two bins that hold anything, NaN for empty samples.
 */
export function binnedAndersonDarling(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): TestResult {
  const threshold = options.threshold ?? DEFAULT_SIGNIFICANCE;
  const [m, n] = [total(reference), total(current)];
  if (m === 0 || n === 0) return { statistic: NaN, pValue: NaN, threshold };
  const share = Math.min(0.5, n / (m + n));
  const gaps: number[] = [];
  /** F − G at the end of each bin. */
  const differences: number[] = [];
  let difference = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    const [inReference, inCurrent] = [reference[bin]! / m, current[bin]! / n];
    if (inReference + inCurrent === 0) continue;
    difference += inReference - inCurrent;
    gaps.push((1 - share) * inReference + share * inCurrent);
    differences.push(difference);
  }
  if (gaps.length < 2) return { statistic: 0, pValue: 1, threshold };
  const weights: number[] = [];
  let statistic = 0;
  let time = 0;
  for (let k = 0; k + 1 < gaps.length; k++) {
    time += gaps[k]!;
    const weight = (gaps[k]! + gaps[k + 1]!) / 2 / (time * (1 - time));
    weights.push(weight);
    statistic += weight * differences[k]! ** 2;
  }
  statistic *= (m / (m + n)) * n * ((m + n - 1) / (m + n));
  return { statistic, pValue: bridgeFormSurvival({ gaps, weights }, statistic), threshold };
}
