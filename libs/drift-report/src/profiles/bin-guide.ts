import { binOf } from '@assay/drift-statistics';

/** Where to begin to look for the bin of a value: `binOf` in a step or two, for millions of values (Chen & Asau 1974). */
export interface BinGuide {
  edges: readonly number[];
  /** From `low` on, so many cells to a unit. */
  low: number;
  perUnit: number;
  /** By cell a bin that none of its values lies below. */
  begin: Uint16Array;
}

const CELLS = 512;

/**
 * @param edges Ascending.
 * @param range Where most values lie; others are looked for by halving.
 */
export function binGuide(
  edges: readonly number[],
  [low, high]: readonly [low: number, high: number],
): BinGuide {
  const perUnit = high > low ? CELLS / (high - low) : 0;
  const guided = Number.isFinite(perUnit) && perUnit > 0;
  const begin = new Uint16Array(guided ? CELLS : 0);
  // From a cell before: rounding may put a value that lies just below a cell into it.
  begin.forEach((_, cell) => (begin[cell] = binOf(low + (cell - 1) / perUnit, edges)));
  return { edges, low, perUnit: guided ? perUnit : 0, begin };
}

/** Index of the bin of a finite value: the number of edges at or below it, as `binOf` has it. */
export function guidedBin({ edges, low, perUnit, begin }: BinGuide, value: number): number {
  const cell = Math.floor((value - low) * perUnit);
  if (!(cell >= 0 && cell < begin.length)) return binOf(value, edges);
  let bin = begin[cell]!;
  while (bin < edges.length && value >= edges[bin]!) bin++;
  return bin;
}
