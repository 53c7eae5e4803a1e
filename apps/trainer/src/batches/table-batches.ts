import { epochOrders, oneHot, stepsPerEpoch, type BatchSource } from './batch-source.ts';

/**
 * Batches of feature rows.
 *
 * @param rows Normalised rows, float32, all of equal length.
 */
export function tableBatches(
  rows: readonly Float32Array[],
  classes: Int32Array,
  options: { labels: number; batchSize: number; seed: number },
): BatchSource {
  const order = epochOrders(rows.length, options);
  const width = rows[0]?.length ?? 0;
  return {
    stepsPerEpoch: stepsPerEpoch(rows.length, options.batchSize),
    batch: async (epoch, step) => {
      const chosen = order(epoch, step);
      const examples = new Float32Array(chosen.length * width);
      chosen.forEach((row, position) => examples.set(rows[row]!, position * width));
      return { examples, targets: oneHot(chosen, classes, options.labels) };
    },
    close: () => Promise.resolve(),
  };
}
