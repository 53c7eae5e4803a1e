import { seededRandom } from '@assay/random';
import { DEFAULT_SIGNIFICANCE, type TestResult, type ThresholdOption } from '../statistic.ts';
import { checkRows, type Rows } from './maximum-mean-discrepancy.ts';
import { fitLogistic } from './logistic-regression.ts';
import { mannWhitney } from './mann-whitney.ts';

export interface ClassifierTestOptions extends ThresholdOption {
  /** Names the stream that splits the rows; default 0. */
  seed?: string | number;
  /** Strength of the ridge penalty on the weights; default 1. */
  ridge?: number;
}

/** The least rows of each sample: half of them train, half of them test. */
const LEAST_ROWS = 8;

/** Splits rows in two halves, at random. */
function halves(rows: Rows, seed: string): [Rows, Rows] {
  const shuffled = seededRandom('classifier-test', seed).shuffle([...rows]);
  const middle = Math.floor(rows.length / 2);
  return [shuffled.slice(0, middle), shuffled.slice(middle)];
}

/** Standardises by mean and deviation of the training rows and adds the squares, so that a change of spread is seen too. */
function expandBy(training: Rows, dimension: number): (row: ArrayLike<number>) => number[] {
  const moments = Array.from({ length: dimension }, (_, k) => {
    const centre = training.reduce((sum, row) => sum + row[k]!, 0) / training.length;
    const variance = training.reduce((sum, row) => sum + (row[k]! - centre) ** 2, 0) / training.length;
    return { centre, scale: variance > 0 ? 1 / Math.sqrt(variance) : 0 };
  });
  return (row) => {
    const linear = moments.map(({ centre, scale }, k) =>
      Math.max(-5, Math.min(5, (row[k]! - centre) * scale)),
    );
    return [...linear, ...linear.map((value) => value * value - 1)];
  };
}

/**
 * Classifier two-sample test: a logistic regression on values and squares learns on half of the rows to tell the samples apart; on
 * the other half its scores should not rank current rows above reference rows (Lopez-Paz & Oquab 2017). The ranks are tested
 * by Mann–Whitney, one-sided, instead of the accuracy, so that unequal sizes need no correction.
 *
 * @param reference Rows `[m, d]`.
 * @param current Rows `[n, d]`.
 * @returns statistic: area under the ROC curve on the held-out half, 0.5 where nothing tells the samples apart, 0 to 1; threshold:
 *   significance, default 0.05.
 * @throws `invalid-sample` for fewer than eight rows in a sample, uneven rows, and numbers that are not finite.
 */
export function classifierTest(
  reference: Rows,
  current: Rows,
  options: ClassifierTestOptions = {},
): TestResult {
  const { seed = 0, ridge = 1, threshold = DEFAULT_SIGNIFICANCE } = options;
  const dimension = checkRows(reference, current, LEAST_ROWS);
  const [trainReference, testReference] = halves(reference, `reference ${seed}`);
  const [trainCurrent, testCurrent] = halves(current, `current ${seed}`);
  const training = [...trainReference, ...trainCurrent];
  const expand = expandBy(training, dimension);
  const labels = training.map((_, i) => i >= trainReference.length);
  const score = fitLogistic(training.map(expand), labels, ridge);
  const scores = (rows: Rows) => Float64Array.from(rows, (row) => score(expand(row)));
  const [a, b] = [scores(testReference), scores(testCurrent)];
  const { statistic, pValue } = mannWhitney(a, b, { alternative: 'less' });
  return { statistic: 1 - statistic / (a.length * b.length), pValue, threshold };
}
