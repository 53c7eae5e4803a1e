import { poolSorted, type PooledSample } from '../pooled-sample.ts';
import { sortSample } from '../sorted-sample.ts';
import {
  DEFAULT_SIGNIFICANCE,
  type Alternative,
  type TestResult,
  type ThresholdOption,
} from '../statistic.ts';
import { kolmogorovSurvival } from './kolmogorov-one-sample.ts';
import { exactKolmogorov, greatestCommonDivisor } from './kolmogorov-two-sample.ts';

/** Up to this size of the larger sample `auto` is exact. */
const LARGEST_EXACT = 10_000;

export interface KolmogorovSmirnovOptions extends ThresholdOption {
  alternative?: Alternative;
  method?: 'auto' | 'exact' | 'asymptotic';
}

/** Rounds halves to the even neighbour. */
function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/**
 * Two-sample Kolmogorov–Smirnov test: D = sup |F_reference − F_current|, or without the bars for one side (`greater`: the reference's
 * distribution function lies above, its values are smaller). Sees any change of shape. Exact where the larger sample has at most
 * 10,000 values (Hodges 1958), otherwise by the one-sample distribution at the size m n / (m + n) (Simard & L'Ecuyer 2011). Ties make
 * it conservative. ±∞ are values; empty samples and NaN give NaN.
 *
 * @returns statistic in 0 to 1, without unit; threshold: significance, default 0.05.
 */
export function kolmogorovSmirnov(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: KolmogorovSmirnovOptions = {},
): TestResult {
  const a = sortSample(reference);
  const b = sortSample(current);
  if (a.hasNaN || b.hasNaN)
    return { statistic: NaN, pValue: NaN, threshold: options.threshold ?? DEFAULT_SIGNIFICANCE };
  return kolmogorovSmirnovPooled(poolSorted(a.values, b.values), options);
}

/** {@link kolmogorovSmirnov} of samples that are counted already: values of a sorted pool, or bins of a histogram. */
export function kolmogorovSmirnovPooled(
  { reference, current }: Pick<PooledSample, 'reference' | 'current'>,
  options: KolmogorovSmirnovOptions = {},
): TestResult {
  const { alternative = 'two-sided', method = 'auto', threshold = DEFAULT_SIGNIFICANCE } = options;
  let m = 0;
  let n = 0;
  for (let i = 0; i < reference.length; i++) {
    m += reference[i]!;
    n += current[i]!;
  }
  if (m === 0 || n === 0) return { statistic: NaN, pValue: NaN, threshold };

  // Differences of the two functions times m n are whole numbers.
  let highest = 0;
  let lowest = 0;
  let difference = 0;
  for (let i = 0; i < reference.length; i++) {
    difference += reference[i]! * n - current[i]! * m;
    if (difference > highest) highest = difference;
    else if (difference < lowest) lowest = difference;
  }
  const distance =
    alternative === 'greater' ? highest : alternative === 'less' ? -lowest : Math.max(highest, -lowest);
  const statistic = distance / (m * n);

  if (method === 'exact' || (method === 'auto' && Math.max(m, n) <= LARGEST_EXACT)) {
    const height = Math.round(distance / greatestCommonDivisor(m, n));
    return { statistic, pValue: exactKolmogorov({ m, n, height, alternative }), threshold };
  }
  const size = (m * n) / (m + n);
  if (alternative === 'two-sided') {
    const pValue = kolmogorovSurvival(Math.max(1, roundHalfEven(size)), statistic);
    return { statistic, pValue, threshold };
  }
  // Hodges (1958), equation 5.3.
  const [large, small] = [Math.max(m, n), Math.min(m, n)];
  const correction =
    (2 * Math.sqrt(size) * statistic * (large + 2 * small)) / Math.sqrt(large * small * (large + small)) / 3;
  return { statistic, pValue: Math.min(1, Math.exp(-2 * size * statistic ** 2 - correction)), threshold };
}
