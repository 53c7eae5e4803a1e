import { seededRandom, type Random } from '@assay/random';
import { AssayError } from '@assay/schema';
import { quantile } from '../sorted-sample.ts';
import type { IntervalOptions } from './expected-accuracy.ts';
import { solveLinear } from './solve-linear.ts';

/** What the model answered on labelled inputs, and answers on the window. */
export interface LabelShiftInput {
  /** Counts of labelled inputs: `confusion[truth][prediction]`, square; every label has an input. */
  confusion: readonly (readonly number[])[];
  /** Predictions of the window by label. */
  predicted: readonly number[];
}

export interface LabelShiftOptions extends IntervalOptions {
  /** Bootstrap samples for the intervals; default 300. */
  samples?: number;
  /** Names the stream of random numbers; default 0. */
  seed?: string | number;
}

/** Share of one label among the truths. */
export interface LabelShare {
  /** In the labelled inputs, 0 to 1. */
  before: number;
  /** Estimate for the window, 0 to 1. */
  now: number;
  interval: [low: number, high: number];
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** The point of the probability simplex that is closest (Held, Wolfe & Crowder 1974). */
function toSimplex(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => b - a);
  let running = 0;
  let shift = 0;
  sorted.forEach((value, i) => {
    running += value;
    const candidate = (1 - running) / (i + 1);
    if (value + candidate > 0) shift = candidate;
  });
  return values.map((value) => Math.max(0, value + shift));
}

/** Shares of the truths that explain the predictions; `undefined` where the confusion cannot be inverted. */
function estimate({ confusion, predicted }: LabelShiftInput): number[] | undefined {
  const total = sumOf(predicted);
  const rows = confusion.map((row) => row.map((count) => count / sumOf(row)));
  // P(prediction) = Σ P(prediction | truth) P(truth): one equation for each prediction.
  const matrix = confusion.map((_, prediction) => rows.map((row) => row[prediction]!));
  const solution = solveLinear(
    matrix,
    predicted.map((count) => count / total),
  );
  return solution && toSimplex(solution);
}

/** As many draws from the shares of `counts` as they sum up to. */
function resample(counts: readonly number[], random: Random): number[] {
  const drawn = counts.map(() => 0);
  const total = sumOf(counts);
  for (let i = 0; i < total; i++) {
    let at = random.uniform() * total;
    let k = 0;
    while (k < counts.length - 1 && at >= counts[k]!) at -= counts[k++]!;
    drawn[k]! += 1;
  }
  return drawn;
}

/**
 * Label shift by black-box shift estimation (Lipton, Wang & Smola 2018): if only the shares of the labels changed, and not what inputs of a
 * label look like, then the predictions' shares are the confusion matrix times the truths' shares, and the latter follow. Intervals
 * by a bootstrap over labelled inputs and predictions.
 *
 * @returns one share for each label, in order; they sum to one.
 * @throws `invalid-sample` for a matrix that is not square, a label without inputs, an empty window, and a model that tells two labels apart
 *   so little that the matrix has no inverse.
 */
export function labelShift(input: LabelShiftInput, options: LabelShiftOptions = {}): LabelShare[] {
  const { samples = 300, seed = 0, coverage = 0.95 } = options;
  const { confusion, predicted } = input;
  const size = predicted.length;
  const invalid = (detail: string) => new AssayError('invalid-sample', detail);
  if (confusion.length !== size || confusion.some((row) => row.length !== size))
    throw invalid(`Expected a confusion matrix of ${size} × ${size}, as there are predicted labels.`);
  const empty = confusion.findIndex((row) => sumOf(row) === 0);
  if (empty >= 0) throw invalid(`Expected labelled inputs of every label; label ${empty} has none.`);
  if (sumOf(predicted) === 0) throw invalid('Expected predictions in the window; got none.');
  const now = estimate(input);
  if (now === undefined)
    throw invalid(
      'The model does not tell all labels apart: its confusion matrix has no inverse, and shares of labels cannot be told.',
    );

  const random = seededRandom('label-shift', seed);
  const draws = Array.from({ length: samples }, () =>
    estimate({
      confusion: confusion.map((row) => resample(row, random)),
      predicted: resample(predicted, random),
    }),
  ).filter((draw) => draw !== undefined);
  const labelled = sumOf(confusion.map(sumOf));
  const tail = (1 - coverage) / 2;
  return now.map((share, label) => {
    const sorted = draws.map((draw) => draw[label]!).sort((a, b) => a - b);
    return {
      before: sumOf(confusion[label]!) / labelled,
      now: share,
      interval: [quantile(sorted, tail), quantile(sorted, 1 - tail)],
    };
  });
}
