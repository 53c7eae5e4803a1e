import { AssayError } from '@assay/schema';
import type { StreamDetector } from './stream-detector.ts';

export interface CusumOptions {
  /** Mean and standard deviation of the values while nothing has changed; the deviation above 0. */
  mean: number;
  deviation: number;
  /** k, half the shift that is to be found, in deviations; default 0.5. */
  slack?: number;
  /** h, from which on the sum is a change, in deviations; default 5: about one false alarm in 465 values. */
  threshold?: number;
}

/**
 * Two-sided tabular CUSUM (Page 1954; Montgomery, Introduction to Statistical Quality Control): S⁺ = max(0, S⁺ + z − k), S⁻ = max(0, S⁻ − z − k)
 * over standardised values. Statistic: the larger of the two, in deviations. Finds a lasting shift by one deviation after about ten values.
 *
 * @throws `invalid-sample` for a deviation that is not above 0.
 */
export function cusum(options: CusumOptions): StreamDetector {
  const { mean, deviation, slack = 0.5, threshold = 5 } = options;
  if (!(deviation > 0))
    throw new AssayError('invalid-sample', `Expected a standard deviation above 0; got ${deviation}.`);
  let up = 0;
  let down = 0;
  let statistic = 0;
  return {
    update(value) {
      if (Number.isNaN(value)) return false;
      const z = (value - mean) / deviation;
      up = Math.max(0, up + z - slack);
      down = Math.max(0, down - z - slack);
      statistic = Math.max(up, down);
      const changed = statistic > threshold;
      if (changed) up = down = 0;
      return changed;
    },
    get statistic() {
      return statistic;
    },
  };
}
