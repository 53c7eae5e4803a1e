import { at, predictedClass, type Scores } from './scores.ts';

/** Share of rows whose most probable class is the true one, 0 to 1; NaN without rows. */
export function accuracy(scores: Scores): number {
  let right = 0;
  for (let row = 0; row < scores.labels.length; row++)
    if (predictedClass(scores, row) === scores.labels[row]) right++;
  return right / scores.labels.length;
}

/**
 * Share of rows whose true class is among the `k` most probable, 0 to 1. Classes that tie with the true one
 * count as ahead of it when their index is lower.
 */
export function topAccuracy(scores: Scores, k: number): number {
  const { probabilities, labels, classes } = scores;
  let right = 0;
  for (let row = 0; row < labels.length; row++) {
    const truth = at(labels, row);
    const own = at(probabilities, row * classes + truth);
    let ahead = 0;
    for (let index = 0; index < classes; index++) {
      const other = at(probabilities, row * classes + index);
      if (other > own || (other === own && index < truth)) ahead++;
    }
    if (ahead < k) right++;
  }
  return right / labels.length;
}
