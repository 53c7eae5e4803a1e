import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { TrainingBatch } from './batch-source.ts';
import { loadAhead } from './load-ahead.ts';

/** Batches that hold their epoch and step; it remembers what was begun. */
function recordingSource(stepsPerEpoch: number) {
  const begun: string[] = [];
  return {
    begun,
    stepsPerEpoch,
    batch: (epoch: number, step: number): Promise<TrainingBatch> => {
      begun.push(`${epoch}/${step}`);
      return Promise.resolve({ examples: Float32Array.of(epoch, step), targets: Float32Array.of(1) });
    },
  };
}

describe('loading ahead', () => {
  it('gives every batch from the first wanted to the last of training, in order', async () => {
    const source = recordingSource(3);
    const loader = loadAhead(source, { epoch: 1, step: 2, epochs: 3, depth: 2 });
    const taken: number[][] = [];
    for (let count = 0; count < 4; count++) {
      taken.push([...(await loader.take()).examples]);
      loader.fill();
    }
    expect(taken).toEqual([
      [1, 2],
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
    expect(source.begun).toEqual(['1/2', '2/0', '2/1', '2/2']);
  });

  it('begins as many as its depth while a step runs, and no more', async () => {
    const source = recordingSource(10);
    const loader = loadAhead(source, { epoch: 0, step: 0, epochs: 1, depth: 3 });
    await loader.take();
    expect(source.begun).toHaveLength(1);
    loader.fill();
    loader.fill();
    expect(source.begun).toHaveLength(4);
  });

  it('hands a fault to whoever takes the batch, and to nobody else', async () => {
    const source = {
      stepsPerEpoch: 4,
      batch: (_: number, step: number): Promise<TrainingBatch> => Promise.reject(new Error(`step ${step}`)),
    };
    const loader = loadAhead(source, { epoch: 0, step: 0, epochs: 1, depth: 2 });
    loader.fill();
    // Long enough for an unhandled rejection to be noticed.
    await setImmediate();
    await expect(loader.take()).rejects.toThrow('step 0');
    await expect(loader.take()).rejects.toThrow('step 1');
  });
});
