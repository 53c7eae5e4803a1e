import { at, type Scores } from './scores.ts';
import { once, rowMean, type Statistic } from './statistic.ts';

/** Probabilities below this are counted as this, so that one sure mistake does not make the loss infinite. */
const smallest = 1e-15;

/** Mean of `-ln p(true class)`, nats. */
export function logLoss(scores: Scores): number {
  return logLossOf(scores)(once(scores.labels.length));
}

/** {@link logLoss} of rows that count more than once. */
export function logLossOf({ probabilities, labels, classes }: Scores): Statistic {
  return rowMean(
    Float64Array.from(
      labels,
      (truth, row) => -Math.log(Math.max(at(probabilities, row * classes + truth), smallest)),
    ),
  );
}
