import { seededRandom } from '@assay/random';
import type { FeatureImportance } from '@assay/schema';
import type { Examples } from '../data/examples.ts';
import { bootstrapInterval } from '../metrics/bootstrap.ts';

/** What is measured, and how. */
export interface ImportanceOptions {
  /** Names, in the order of the model's input. */
  features: readonly string[];
  /** Position of the most probable label of each example. */
  predict: (examples: Examples) => Promise<ArrayLike<number>>;
  seed: number;
  /** Times that each feature is shuffled. Default 10. */
  repeats?: number;
}

/**
 * Permutation importance (Breiman 2001, "Random Forests", section 10): what accuracy falls by where the values of one
 * feature are shuffled over the examples, the mean over several shuffles. Intervals: 95 %, bootstrap over the examples.
 * Features that say the same share their importance: each can stand in for the other.
 *
 * @returns most important first
 */
export async function permutationImportance(
  examples: Examples,
  { features, predict, seed, repeats = 10 }: ImportanceOptions,
): Promise<FeatureImportance[]> {
  const { classes } = examples;
  const rows: Float32Array[] = [];
  for (const index of classes.keys()) rows.push((await examples.views(index)).data);
  const rightOf = async (changed: readonly Float32Array[]) => {
    const predicted = await predict({
      classes,
      views: async (index) => ({ shape: [1, features.length], data: changed[index]!.slice() }),
    });
    return Float64Array.from(classes, (truth, row) => (predicted[row] === truth ? 1 : 0));
  };
  const untouched = await rightOf(rows);
  const result: FeatureImportance[] = [];
  for (const [feature, name] of features.entries()) {
    const rightTimes = new Float64Array(rows.length);
    for (let repeat = 0; repeat < repeats; repeat++) {
      const random = seededRandom(seed, 'importance', feature, repeat);
      const order = random.shuffle([...rows.keys()]);
      const shuffled = rows.map((row, index) => {
        const changed = row.slice();
        changed[feature] = rows[order[index]!]![feature]!;
        return changed;
      });
      (await rightOf(shuffled)).forEach((right, row) => (rightTimes[row] = rightTimes[row]! + right));
    }
    const lost = untouched.map((right, row) => right - rightTimes[row]! / repeats);
    const mean = (weights: ArrayLike<number>) =>
      lost.reduce((sum, value, row) => sum + value * weights[row]!, 0) / lost.length;
    const interval = bootstrapInterval(lost.length, mean, { seed });
    result.push({
      feature: name,
      accuracyLost: { value: mean(lost.map(() => 1)), interval: [interval[0], interval[1]] },
    });
  }
  return result.sort((a, b) => b.accuracyLost.value - a.accuracyLost.value);
}
