/** Folds that a value's classes are counted in; each sample is scored by the others. */
const folds = 5;

/** Ranges that numbers are sorted into. */
const ranges = 10;

/**
 * How well one property alone predicts the class, as a model would that knows nothing else: for each sample, the shares
 * of the classes among the samples of the other folds that have its value. A value that occurs once tells nothing.
 *
 * @param values One for each sample: names are taken as they are, numbers in ranges of equal count.
 * @param classes Class of each sample, by position in the labels. Folds are filled in turn within each class, in the
 *   order of the samples.
 * @returns Shares `[N, labels]`, float64.
 */
export function outOfFoldScores(
  values: readonly (string | number)[],
  classes: Int32Array,
  labels: number,
): Float64Array {
  const bins = values.some((value) => typeof value === 'number') ? binned(values.map(Number)) : values;
  const foldOf = foldsWithin(classes, labels);
  const scores = new Float64Array(values.length * labels);
  for (let fold = 0; fold < folds; fold++) {
    const prior = new Float64Array(labels);
    const counts = new Map<string | number, Float64Array>();
    bins.forEach((value, index) => {
      if (foldOf[index] === fold) return;
      prior[classes[index]!]! += 1;
      const own = counts.get(value) ?? new Float64Array(labels);
      own[classes[index]!]! += 1;
      counts.set(value, own);
    });
    const total = prior.reduce((sum, count) => sum + count, 0);
    bins.forEach((value, index) => {
      if (foldOf[index] !== fold) return;
      const own = counts.get(value);
      const seen = own?.reduce((sum, count) => sum + count, 0) ?? 0;
      // One sample's worth of the shares over all, so that what was seen once or never says little or nothing.
      for (let label = 0; label < labels; label++)
        scores[index * labels + label] = ((own?.[label] ?? 0) + prior[label]! / total) / (seen + 1);
    });
  }
  return scores;
}

function foldsWithin(classes: Int32Array, labels: number): Uint8Array {
  const next = new Uint32Array(labels);
  return Uint8Array.from(classes, (label) => next[label]!++ % folds);
}

/** Position of each number among the quantiles; equal numbers are together. */
function binned(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const edges = Array.from(
    { length: ranges - 1 },
    (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / ranges)]!,
  );
  return values.map((value) => edges.filter((edge) => value >= edge).length);
}
