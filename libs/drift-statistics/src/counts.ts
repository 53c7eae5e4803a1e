import { invalidSample } from './statistic.ts';

/** Sum of counts. */
export function total(counts: ArrayLike<number>): number {
  const { length } = counts;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += counts[i]!;
  return sum;
}

/** @throws `invalid-sample` unless both samples count the same categories, none of them negative, NaN or infinite. */
export function checkCounts(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  if (reference.length !== current.length)
    throw invalidSample(
      `Expected as many counts in both samples; got ${reference.length} and ${current.length}. A category that one sample lacks has the count 0.`,
    );
  for (const counts of [reference, current])
    for (let i = 0; i < counts.length; i++)
      if (!(counts[i]! >= 0 && counts[i]! < Infinity))
        throw invalidSample(`Expected counts of 0 or more; got ${String(counts[i])} at ${i}.`);
}

/** Counts as shares of their sum. @throws `invalid-sample` where the sum is 0. */
export function shares(counts: ArrayLike<number>): Float64Array {
  const sum = total(counts);
  if (!(sum > 0)) throw invalidSample('Expected counts; got none: an empty sample has no distribution.');
  const { length } = counts;
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) result[i] = counts[i]! / sum;
  return result;
}
