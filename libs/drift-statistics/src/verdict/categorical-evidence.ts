import { total } from '../counts.ts';
import { jensenShannon } from '../distances/jensen-shannon.ts';
import { chiSquareContingency } from '../hypothesis-tests/chi-square-contingency.ts';
import { fisherExact } from '../hypothesis-tests/fisher-exact.ts';

/** Counts of the same categories in two samples. */
export interface CategoryPair {
  categories: readonly string[];
  reference: readonly number[];
  current: readonly number[];
}

/** Cochran's rule: the least expected count that χ² is trusted with. */
const LEAST_EXPECTED = 5;

/** Lines up two records of counts; categories in ascending order, those of either sample. */
export function pairCategories(
  reference: Readonly<Record<string, number>>,
  current: Readonly<Record<string, number>>,
): CategoryPair {
  const [a, b] = [new Map(Object.entries(reference)), new Map(Object.entries(current))];
  const categories = [...new Set([...a.keys(), ...b.keys()])].sort();
  return {
    categories,
    reference: categories.map((name) => a.get(name) ?? 0),
    current: categories.map((name) => b.get(name) ?? 0),
  };
}

/** Joins rare categories, by their pooled counts, until each group expects enough in both samples; the last may stay short and joins its neighbour. */
export function groupRare({ reference, current }: CategoryPair): { reference: number[]; current: number[] } {
  const [m, n] = [total(reference), total(current)];
  const needed = (LEAST_EXPECTED * (m + n)) / Math.min(m, n);
  const order = reference.map((count, i) => [count + current[i]!, i] as const).sort((a, b) => b[0] - a[0]);
  const groups: { reference: number; current: number; size: number }[] = [];
  for (const [size, i] of order) {
    const last = groups.at(-1);
    if (last === undefined || last.size >= needed)
      groups.push({ reference: reference[i]!, current: current[i]!, size });
    else {
      last.reference += reference[i]!;
      last.current += current[i]!;
      last.size += size;
    }
  }
  const tail = groups.at(-1);
  const neighbour = groups.at(-2);
  if (tail && neighbour && tail.size < needed) {
    neighbour.reference += tail.reference;
    neighbour.current += tail.current;
    groups.pop();
  }
  return {
    reference: groups.map((group) => group.reference),
    current: groups.map((group) => group.current),
  };
}

/**
 * Probability of shares as different, or more, under one distribution: twice the smaller of two p-values. The G-test over categories, rare
 * ones joined, sees a change that is spread over many; Fisher's exact test of each category against the rest, times their number, one
 * that is in few, however rare. 1 where a sample is empty or there is one category.
 */
export function categoricalPValue(pair: CategoryPair): number {
  const { categories, reference, current } = pair;
  const [m, n] = [total(reference), total(current)];
  if (m === 0 || n === 0 || categories.length < 2) return 1;
  const single = categories.map(
    (_, i) => fisherExact([reference[i]!, m - reference[i]!], [current[i]!, n - current[i]!]).pValue,
  );
  // Of two categories each says the same as the other, and the G-test nothing new.
  if (categories.length === 2) return single[0]!;
  const rarest = Math.min(1, categories.length * Math.min(...single));
  const groups = groupRare(pair);
  const spread =
    groups.reference.length < 2
      ? 1
      : chiSquareContingency(groups.reference, groups.current, { statistic: 'g', correction: false }).pValue;
  return Math.min(1, 2 * Math.min(rarest, spread));
}

/** Jensen–Shannon distance of the shares, 0 to 0.8326; NaN where a sample is empty. */
export function categoricalEffect({
  reference,
  current,
}: {
  reference: ArrayLike<number>;
  current: ArrayLike<number>;
}): number {
  if (total(reference) === 0 || total(current) === 0) return NaN;
  return jensenShannon(reference, current).statistic;
}
