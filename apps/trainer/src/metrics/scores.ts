/** What a classifier said about a set of labelled inputs. */
export interface Scores {
  /** Calibrated probabilities `[N, classes]`, row-major; each row sums to 1. */
  probabilities: Float32Array | Float64Array;
  /** True class of each row, 0 to classes - 1. */
  labels: Int32Array;
  classes: number;
}

/** The most probable class of a row; the lowest index wins a tie. */
export function predictedClass(scores: Scores, row: number): number {
  const start = row * scores.classes;
  let best = 0;
  for (let index = 1; index < scores.classes; index++)
    if (at(scores.probabilities, start + index) > at(scores.probabilities, start + best)) best = index;
  return best;
}

/** The highest probability of a row. */
export function confidenceOf(scores: Scores, row: number): number {
  return at(scores.probabilities, row * scores.classes + predictedClass(scores, row));
}

/** Probability of one class for every row. */
export function probabilitiesOf(scores: Scores, index: number): Float64Array {
  return Float64Array.from(scores.labels, (_, row) => at(scores.probabilities, row * scores.classes + index));
}

/** Element of an array that is known to be long enough. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index]!;
}
