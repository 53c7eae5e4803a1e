import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import type { TrainingBatch } from './batch-source.ts';
import { shardOf } from './shard.ts';
import { tableBatches } from './table-batches.ts';

const options = { labels: 2, batchSize: 4, seed: 9 };

function table(rows: number) {
  const features = Array.from({ length: rows }, (_, row) => Float32Array.of(row));
  return tableBatches(
    features,
    Int32Array.from(features, (_, row) => row % 2),
    options,
  );
}

async function epochOf(source: ReturnType<typeof table>, epoch: number): Promise<TrainingBatch[]> {
  return Promise.all(Array.from({ length: source.stepsPerEpoch }, (_, step) => source.batch(epoch, step)));
}

describe('the shards of an epoch', () => {
  it('are together the epoch, batch for batch, and differ in length by one batch at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: 120 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(5),
        async (rows, count, epoch) => {
          const whole = table(rows);
          fc.pre(whole.stepsPerEpoch >= count);
          const shards = Array.from({ length: count }, (_, index) => shardOf(table(rows), { index, count }));
          const parts = await Promise.all(shards.map((shard) => epochOf(shard, epoch)));
          const lengths = parts.map((part) => part.length);
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
          const together = Array.from(
            { length: whole.stepsPerEpoch },
            (_, step) => parts[step % count]![Math.floor(step / count)],
          );
          expect(together).toEqual(await epochOf(whole, epoch));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('see all the data over time', async () => {
    const seen = new Set<number>();
    const shard = shardOf(table(40), { index: 1, count: 2 });
    for (let epoch = 0; epoch < 12; epoch++)
      for (const { examples } of await epochOf(shard, epoch)) for (const row of examples) seen.add(row);
    expect(seen.size).toBe(40);
  });

  it('cannot be more than its batches', () => {
    expect(() => shardOf(table(9), { index: 0, count: 3 })).toThrow(
      'an epoch of 2 batches cannot be shared by 3',
    );
  });
});
