import { at, probabilitiesOf, type Scores } from './scores.ts';
import { once, type Statistic } from './statistic.ts';

/** What can be said of an order of rows, some of which are positive. */
export interface Ranking {
  /**
   * Area under the ROC curve: the chance that a random positive scores above a random negative, a tie counting
   * one half (Mann–Whitney). NaN unless both classes occur.
   */
  areaUnderRoc: Statistic;
  /**
   * Average precision: precision at each distinct threshold weighted by the recall it adds, without
   * interpolation (scikit-learn's definition). NaN without positives.
   */
  averagePrecision: Statistic;
}

/**
 * Sorts once for both statistics.
 *
 * @param positive 1 where the row is positive, else 0.
 */
export function rankingOf(scores: ArrayLike<number>, positive: ArrayLike<number>): Ranking {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row);
  order.sort((a, b) => at(scores, b) - at(scores, a));
  const isLastOfTie = Uint8Array.from(order, (row, position) => {
    const next = order[position + 1];
    return next !== undefined && at(scores, next) === at(scores, row) ? 0 : 1;
  });
  /** Calls back after each group of equal scores, highest first, with the counts so far. */
  const sweep = (
    weights: ArrayLike<number>,
    onGroup: (positives: number, negatives: number, groupPositives: number) => void,
  ) => {
    let positives = 0;
    let negatives = 0;
    let before = 0;
    for (let position = 0; position < order.length; position++) {
      const row = at(order, position);
      const weight = at(weights, row);
      if (at(positive, row) === 1) positives += weight;
      else negatives += weight;
      if (isLastOfTie[position] === 0) continue;
      onGroup(positives, negatives, positives - before);
      before = positives;
    }
  };
  return {
    areaUnderRoc: (weights) => {
      let area = 0;
      let total = { positives: 0, negatives: 0 };
      sweep(weights, (positives, negatives) => {
        // A trapezium of the curve: ties go diagonally.
        area += ((negatives - total.negatives) * (positives + total.positives)) / 2;
        total = { positives, negatives };
      });
      return area / (total.positives * total.negatives);
    },
    averagePrecision: (weights) => {
      let sum = 0;
      let hits = 0;
      sweep(weights, (positives, negatives, own) => {
        if (own > 0) sum += own * (positives / (positives + negatives));
        hits = positives;
      });
      return sum / hits;
    },
  };
}

/** The order of the rows by the probability of one class, those of the class being positive. */
export function classRanking(scores: Scores, index: number): Ranking {
  return rankingOf(
    probabilitiesOf(scores, index),
    Uint8Array.from(scores.labels, (label) => (label === index ? 1 : 0)),
  );
}

/** The mean of a statistic over the classes that have one: those that occur, but are not all there is. */
export function macroMean(statistics: readonly Statistic[]): Statistic {
  return (weights) => finiteMean(statistics.map((statistic) => statistic(weights)));
}

/** The mean of the finite values; NaN without any. */
export function finiteMean(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

/** {@link Ranking.areaUnderRoc} with every row once. */
export function areaUnderRoc(scores: ArrayLike<number>, positive: ArrayLike<number>): number {
  return rankingOf(scores, positive).areaUnderRoc(once(scores.length));
}

/** {@link Ranking.averagePrecision} with every row once. */
export function averagePrecision(scores: ArrayLike<number>, positive: ArrayLike<number>): number {
  return rankingOf(scores, positive).averagePrecision(once(scores.length));
}
