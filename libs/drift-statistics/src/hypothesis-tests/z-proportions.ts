import { normalTwoSided } from '../special-functions/normal.ts';
import { DEFAULT_SIGNIFICANCE, invalidSample, type TestResult, type ThresholdOption } from '../statistic.ts';

/** How many of a number of trials succeeded. */
export interface Proportion {
  successes: number;
  trials: number;
}

/**
 * Two-sample z-test for proportions with the pooled variance: z = (p₁ − p₂) / √(p (1 − p) (1/n₁ + 1/n₂)), p the pooled share. The p-value
 * comes from erfc and does not underflow before |z| = 38. For small counts use Fisher's exact test.
 *
 * @returns statistic without unit, positive where the reference's share is higher; threshold: significance, default 0.05. NaN where a
 *   sample is empty or the pooled share is 0 or 1: the two cannot differ then.
 * @throws `invalid-sample` for more successes than trials, or negative ones.
 */
export function zProportions(
  reference: Proportion,
  current: Proportion,
  options: ThresholdOption = {},
): TestResult {
  for (const { successes, trials } of [reference, current])
    if (!(successes >= 0 && successes <= trials))
      throw invalidSample(`Expected 0 to ${trials} successes in ${trials} trials; got ${successes}.`);
  const share = (reference.successes + current.successes) / (reference.trials + current.trials);
  const difference = reference.successes / reference.trials - current.successes / current.trials;
  const statistic = difference / Math.sqrt(share * (1 - share) * (1 / reference.trials + 1 / current.trials));
  return {
    statistic,
    pValue: normalTwoSided(statistic),
    threshold: options.threshold ?? DEFAULT_SIGNIFICANCE,
  };
}
