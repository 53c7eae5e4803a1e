import { at, type Scores } from './scores.ts';

/** Probabilities below this are counted as this, so that one sure mistake does not make the loss infinite. */
const smallest = 1e-15;

/** Mean of `-ln p(true class)`, nats. */
export function logLoss(scores: Scores): number {
  let sum = 0;
  for (let row = 0; row < scores.labels.length; row++) {
    const truth = at(scores.probabilities, row * scores.classes + at(scores.labels, row));
    sum -= Math.log(Math.max(truth, smallest));
  }
  return sum / scores.labels.length;
}
