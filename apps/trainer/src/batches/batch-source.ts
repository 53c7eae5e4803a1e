import { seededRandom } from '@assay/random';

/** One training step's worth of examples. */
export interface TrainingBatch {
  /** Images NHWC `[B, H, W, C]`, or feature rows `[B, F]`; float32, normalised. */
  examples: Float32Array<ArrayBuffer>;
  /** Soft one-hot `[B, labels]`, float32; each row sums to 1. */
  targets: Float32Array<ArrayBuffer>;
}

/** Batches as a pure function of epoch and step: a resumed run sees what the uninterrupted one would have. */
export interface BatchSource {
  readonly stepsPerEpoch: number;
  batch(epoch: number, step: number): Promise<TrainingBatch>;
  /** Ends the threads that it uses, if any; the next batch would start them anew. */
  close(): Promise<void>;
}

/**
 * The samples of one epoch, in a seeded order. The last incomplete batch is left out (another one each
 * epoch); a set smaller than a batch is repeated to fill it.
 */
export function epochOrder(
  count: number,
  options: { seed: number; epoch: number; batchSize: number },
): Uint32Array {
  const { seed, epoch, batchSize } = options;
  const order = seededRandom(seed, 'order', epoch).shuffle(
    Array.from({ length: count }, (_, index) => index),
  );
  const wanted = stepsPerEpoch(count, batchSize) * batchSize;
  return Uint32Array.from({ length: wanted }, (_, position) => order[position % count]!);
}

/** Whole batches in an epoch, at least one. */
export function stepsPerEpoch(count: number, batchSize: number): number {
  return Math.max(1, Math.floor(count / batchSize));
}

/** Remembers the order of the epoch that is asked for. */
export function epochOrders(count: number, options: { seed: number; batchSize: number }) {
  let known: { epoch: number; order: Uint32Array } | undefined;
  return (epoch: number, step: number): Uint32Array => {
    if (known?.epoch !== epoch) known = { epoch, order: epochOrder(count, { ...options, epoch }) };
    return known.order.subarray(step * options.batchSize, (step + 1) * options.batchSize);
  };
}

/** `[B, labels]` with a 1 at each row's class. */
export function oneHot(rows: Uint32Array, classes: Int32Array, labels: number): Float32Array<ArrayBuffer> {
  const targets = new Float32Array(rows.length * labels);
  rows.forEach((row, position) => {
    targets[position * labels + classes[row]!] = 1;
  });
  return targets;
}
