import type { CategoricalProfile, NumericProfile } from '@assay/schema';
import { binEdges } from './bin-edges.ts';

/** As records of predictions are rounded: what is equal there must be equal here. */
export function sixDigits(value: number): number {
  return Number(value.toPrecision(6));
}

/**
 * The values of one feature, counted: texts by name, numbers in bins that the values themselves set.
 *
 * @param values one for each input; neither text nor finite number: missing
 * @returns `undefined` where every value is missing
 */
export function profileValues(
  values: readonly (string | number | undefined)[],
): NumericProfile | CategoricalProfile | undefined {
  const names = values.filter((value) => typeof value === 'string');
  if (names.length > 0) return categorical(names, values.length - names.length);
  const numbers = values.filter((value): value is number => Number.isFinite(value));
  return numbers.length === 0 ? undefined : numeric(numbers, values.length - numbers.length);
}

function categorical(names: readonly string[], missing: number): CategoricalProfile {
  // A map, because a name may be one that every object has.
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return { kind: 'categorical', count: names.length, missing, counts: Object.fromEntries(counts) };
}

function numeric(values: readonly number[], missing: number): NumericProfile {
  const sorted = Float64Array.from(values, sixDigits).sort();
  const { length } = sorted;
  const [minimum, maximum] = [sorted[0]!, sorted.at(-1)!];
  // Divided first, so that the sum of large values is finite; a constant has no rounding to spread.
  const mean = minimum === maximum ? minimum : sorted.reduce((sum, value) => sum + value / length, 0);
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2 / length, 0);
  const edges = binEdges(sorted);
  const counts = new Array<number>(edges.length + 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < edges.length && value >= edges[bin]!) bin++;
    counts[bin]!++;
  }
  return {
    kind: 'numeric',
    count: length,
    missing,
    mean: sixDigits(mean),
    deviation: sixDigits(Math.sqrt(variance)),
    minimum,
    maximum,
    edges,
    counts,
  };
}
