import { seededRandom } from '@assay/random';

/** Gives a number for each row of `[N, features]`. */
export type RowFunction = (rows: { shape: [number, number]; data: Float32Array }) => Promise<Float64Array>;

/** How much each feature adds to a function's value at a point, beside its value at a reference. */
export interface ShapleyValues {
  /** Of the reference. */
  readonly baseline: number;
  /** Of the point: the baseline and all contributions. */
  readonly value: number;
  readonly contributions: Float64Array;
  readonly exact: boolean;
}

export interface ShapleyOptions {
  /** Up to so many features all subsets are looked at. Default 12: 4096 rows. */
  readonly exactFeatures?: number;
  /** Pairs of an order and its reverse that are sampled beyond. Default 64. */
  readonly pairs?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Rows given to the function at once. */
const portion = 4096;

/**
 * Shapley values (Shapley 1953; of a model's features: Lundberg & Lee 2017) with one reference: a feature that is not in
 * a subset has the reference's value. The mean, over all orders of the features, of what a feature adds when it comes to
 * those before it. Few features: exact, over all subsets. More: over sampled orders, each with its reverse (Mitchell et
 * al. 2022); the contributions sum to `value - baseline` there too.
 *
 * @param point `[features]`
 * @param reference `[features]`
 */
export async function shapleyValues(
  f: RowFunction,
  { point, reference }: { point: Float32Array; reference: Float32Array },
  options: ShapleyOptions = {},
): Promise<ShapleyValues> {
  const { exactFeatures = 12, pairs = 64, seed = 1 } = options;
  const size = point.length;
  const mixed = (isIn: (feature: number) => boolean) =>
    Float32Array.from(point, (value, feature) => (isIn(feature) ? value : reference[feature]!));
  const exact = size <= exactFeatures;
  if (exact) {
    const subsets = Array.from({ length: 2 ** size }, (_, subset) => mixed((at) => (subset >> at) % 2 === 1));
    const values = await evaluate(f, subsets, size);
    return { baseline: values[0]!, value: values.at(-1)!, contributions: overSubsets(values, size), exact };
  }
  const random = seededRandom('shapley', seed);
  const orders = Array.from({ length: pairs }, () => {
    const order = random.shuffle(Array.from(point.keys()));
    return [order, order.toReversed()];
  }).flat();
  const rows = orders.flatMap((order) => {
    const position = new Map(order.map((feature, at) => [feature, at]));
    return Array.from({ length: size + 1 }, (_, taken) => mixed((at) => position.get(at)! < taken));
  });
  const values = await evaluate(f, rows, size);
  const contributions = new Float64Array(size);
  orders.forEach((order, index) =>
    order.forEach((feature, taken) => {
      const at = index * (size + 1) + taken;
      contributions[feature] = contributions[feature]! + (values[at + 1]! - values[at]!) / orders.length;
    }),
  );
  return { baseline: values[0]!, value: values[size]!, contributions, exact };
}

/** `sum over subsets S without i of |S|! (n - |S| - 1)! / n! · (f(S + i) - f(S))`; a subset is the bits of its index. */
function overSubsets(values: Float64Array, size: number): Float64Array {
  const weights = subsetWeights(size);
  const contributions = new Float64Array(size);
  for (let subset = 0; subset < values.length; subset++) {
    const weight = weights[bitsIn(subset)]!;
    for (let feature = 0; feature < size; feature++) {
      const joined = subset | (1 << feature);
      if (joined !== subset)
        contributions[feature] = contributions[feature]! + weight * (values[joined]! - values[subset]!);
    }
  }
  return contributions;
}

/** `s! (n - s - 1)! / n!` by size s of the subset: 1 over n times the number of subsets of that size without i. */
function subsetWeights(size: number): number[] {
  let choose = 1;
  return Array.from({ length: size }, (_, taken) => {
    const weight = 1 / (size * choose);
    choose = (choose * (size - 1 - taken)) / (taken + 1);
    return weight;
  });
}

function bitsIn(subset: number): number {
  let bits = 0;
  for (let rest = subset; rest > 0; rest &= rest - 1) bits++;
  return bits;
}

async function evaluate(f: RowFunction, rows: readonly Float32Array[], size: number): Promise<Float64Array> {
  const values = new Float64Array(rows.length);
  for (let from = 0; from < rows.length; from += portion) {
    const some = rows.slice(from, from + portion);
    const data = new Float32Array(some.length * size);
    some.forEach((row, index) => data.set(row, index * size));
    values.set(await f({ shape: [some.length, size], data }), from);
  }
  return values;
}
