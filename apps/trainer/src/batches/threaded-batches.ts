import type { BatchThreadStart } from './batch-messages.ts';
import { openBatchThread, type BatchThread } from './batch-thread.ts';
import { stepsPerEpoch, type BatchSource } from './batch-source.ts';

/**
 * The batches of `imageBatches`, bit for bit, made in threads that read the cached pixels together. Each batch is the
 * work of one thread: nothing has to be put together, and the thread asked is the one with least to do. Threads start
 * with the first batch.
 */
export function threadedBatches(start: BatchThreadStart, threads: number): BatchSource {
  let open: BatchThread[] = [];
  return {
    stepsPerEpoch: stepsPerEpoch(start.classes.length, start.options.batchSize),
    batch(epoch, step) {
      if (open.length === 0) open = Array.from({ length: threads }, () => openBatchThread(start));
      const idlest = open.reduce((best, thread) => (thread.waiting < best.waiting ? thread : best));
      return idlest.batch(epoch, step);
    },
    async close() {
      await Promise.all(open.splice(0).map((thread) => thread.close()));
    },
  };
}
