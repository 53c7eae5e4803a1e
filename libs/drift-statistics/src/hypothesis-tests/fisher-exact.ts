import {
  DEFAULT_SIGNIFICANCE,
  invalidSample,
  type Alternative,
  type TestResult,
  type ThresholdOption,
} from '../statistic.ts';

/** Tables whose probability is within this factor of the observed one's count as equally likely, as in scipy. */
const EQUAL = 1 + 1e-14;

export interface FisherOptions extends ThresholdOption {
  /** `greater`: the odds of the first category are higher in the reference. */
  alternative?: Alternative;
}

/**
 * Fisher's exact test of a 2 × 2 table (Fisher 1935): under fixed margins the first cell is hypergeometric, and the p-value sums
 * all tables that are no more likely than the observed one (two-sided) or further out on one side. Probabilities are walked
 * from the mode by their ratios, so that a table of millions costs a few thousand steps.
 *
 * @param reference Counts of the two categories.
 * @param current Counts of the same two.
 * @returns statistic: the sample's odds ratio, 0 to Infinity, NaN with an empty margin (then p = 1); threshold: significance, default 0.05.
 * @throws `invalid-sample` for counts that are no whole numbers from 0.
 */
export function fisherExact(
  reference: readonly [number, number],
  current: readonly [number, number],
  options: FisherOptions = {},
): TestResult {
  const { alternative = 'two-sided', threshold = DEFAULT_SIGNIFICANCE } = options;
  const [a, b] = reference;
  const [c, d] = current;
  for (const count of [a, b, c, d])
    if (!Number.isSafeInteger(count) || count < 0)
      throw invalidSample(`Expected four whole numbers from 0; got ${String([a, b, c, d])}.`);
  const row = a + b;
  const column = a + c;
  const all = a + b + c + d;
  if (row === 0 || row === all || column === 0 || column === all)
    return { statistic: NaN, pValue: 1, threshold };

  const low = Math.max(0, row + column - all);
  const high = Math.min(row, column);
  const mode = Math.min(high, Math.max(low, Math.floor(((row + 1) * (column + 1)) / (all + 2))));
  /** P(x + 1) / P(x). */
  const ratio = (x: number) => ((row - x) * (column - x)) / ((x + 1) * (all - row - column + x + 1));

  // The observed cell first: the others are weighed against it.
  let observed = 1;
  for (let x = mode; x < a; x++) observed *= ratio(x);
  for (let x = mode; x > a; x--) observed /= ratio(x - 1);
  const counted = (x: number, weight: number) => {
    if (alternative === 'greater') return x >= a;
    if (alternative === 'less') return x <= a;
    return weight <= observed * EQUAL;
  };
  let sum = 0;
  let extreme = 0;
  const add = (x: number, weight: number) => {
    sum += weight;
    if (counted(x, weight)) extreme += weight;
  };
  add(mode, 1);
  for (let x = mode, weight = 1; x < high && weight > 0; x++) add(x + 1, (weight *= ratio(x)));
  for (let x = mode, weight = 1; x > low && weight > 0; x--) add(x - 1, (weight /= ratio(x - 1)));
  return { statistic: (a * d) / (b * c), pValue: Math.min(1, extreme / sum), threshold };
}
