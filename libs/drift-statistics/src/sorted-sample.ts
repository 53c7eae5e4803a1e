/** A sample in ascending order, and whether it held a NaN (which sorts to the end). */
export interface SortedSample {
  values: Float64Array;
  hasNaN: boolean;
}

/** Sorts a copy of `values`; -0 and 0 are neighbours and compare as equal. */
export function sortSample(values: ArrayLike<number>): SortedSample {
  const sorted = Float64Array.from(values).sort();
  return { values: sorted, hasNaN: sorted.length > 0 && Number.isNaN(sorted.at(-1)) };
}

/** Arithmetic mean; NaN of an empty sample. */
export function mean(values: ArrayLike<number>): number {
  const { length } = values;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i]!;
  const about = sum / length;
  if (!Number.isFinite(about)) return about;
  // What rounding took from a sum of large values that differ little.
  let rest = 0;
  for (let i = 0; i < length; i++) rest += values[i]! - about;
  return about + rest / length;
}

/** Sum of squared deviations from the mean, in two passes. */
export function squaredDeviations(values: ArrayLike<number>): number {
  const { length } = values;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (values[i]! - centre) ** 2;
  return sum;
}

/** Quantile of an ascending sample by linear interpolation (type 7 of Hyndman & Fan 1996). */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const at = (sorted.length - 1) * probability;
  const low = Math.floor(at);
  const below = sorted[low] ?? NaN;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? NaN;
  return at === low ? below : below + (above - below) * (at - low);
}
