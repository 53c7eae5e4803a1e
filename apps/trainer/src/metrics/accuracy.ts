import { at, predictedClass, type Scores } from './scores.ts';
import { once, rowMean, type Statistic } from './statistic.ts';

/** Share of rows whose most probable class is the true one, 0 to 1; NaN without rows. */
export function accuracy(scores: Scores): number {
  return accuracyOf(scores)(once(scores.labels.length));
}

/** {@link accuracy} of rows that count more than once. */
export function accuracyOf(scores: Scores): Statistic {
  return rowMean(rightAnswers(scores));
}

/** 1 for each row whose most probable class is the true one, else 0. */
export function rightAnswers(scores: Scores): Float64Array {
  return Float64Array.from(scores.labels, (truth, row) => (predictedClass(scores, row) === truth ? 1 : 0));
}

/**
 * Share of rows whose true class is among the `k` most probable, 0 to 1. Classes that tie with the true one
 * count as ahead of it when their index is lower.
 */
export function topAccuracy(scores: Scores, k: number): number {
  return topAccuracyOf(scores, k)(once(scores.labels.length));
}

/** {@link topAccuracy} of rows that count more than once. */
export function topAccuracyOf({ probabilities, labels, classes }: Scores, k: number): Statistic {
  return rowMean(
    Float64Array.from(labels, (truth, row) => {
      const own = at(probabilities, row * classes + truth);
      let ahead = 0;
      for (let index = 0; index < classes; index++) {
        const other = at(probabilities, row * classes + index);
        if (other > own || (other === own && index < truth)) ahead++;
      }
      return ahead < k ? 1 : 0;
    }),
  );
}
