import { at } from './scores.ts';

/**
 * A figure of a set of rows in which `weights[row]` says how often each row counts. The plain figure counts every
 * row once; a bootstrap draw is another list of weights, so that whatever is costly (sorting, say) is done once.
 */
export type Statistic = (weights: ArrayLike<number>) => number;

/** Every row once. */
export function once(rows: number): Uint16Array {
  return new Uint16Array(rows).fill(1);
}

/** The mean of one value per row. */
export function rowMean(values: Float64Array): Statistic {
  return (weights) => {
    let sum = 0;
    let count = 0;
    for (let row = 0; row < values.length; row++) {
      const weight = at(weights, row);
      sum += weight * at(values, row);
      count += weight;
    }
    return sum / count;
  };
}
