import { AssayError } from '@assay/schema';
import type { BatchSource } from './batch-source.ts';

/** One of `count` equal shares of each epoch; `index` from 0. */
export interface Shard {
  index: number;
  count: number;
}

/**
 * Every `count`-th batch of each epoch, from the `index`-th on. The shards of an epoch have no batch in common and are
 * together the epoch, batch for batch and bit for bit, because what is in a batch, and how it is augmented, depends on
 * its place in the whole epoch. Another epoch is shuffled anew: over time each shard sees all the data.
 *
 * @throws AssayError `invalid-configuration` where an epoch has fewer batches than there are shards
 */
export function shardOf(source: BatchSource, { index, count }: Shard): BatchSource {
  if (source.stepsPerEpoch < count)
    throw new AssayError(
      'invalid-configuration',
      `shard: an epoch of ${source.stepsPerEpoch} batches cannot be shared by ${count}. Use fewer shards or smaller batches.`,
    );
  return {
    stepsPerEpoch: Math.ceil((source.stepsPerEpoch - index) / count),
    batch: (epoch, step) => source.batch(epoch, step * count + index),
    close: () => source.close(),
  };
}
