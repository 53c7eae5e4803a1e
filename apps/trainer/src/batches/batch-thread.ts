import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import type { BatchThreadStart, FromBatchThread, ToBatchThread } from './batch-messages.ts';
import type { TrainingBatch } from './batch-source.ts';

/** A thread that makes batches, one after another. */
export interface BatchThread {
  /** Batches asked for and not made yet. */
  readonly waiting: number;
  /** @throws AssayError as the batch does, and `internal` where the thread is lost */
  batch(epoch: number, step: number): Promise<TrainingBatch>;
  /**
   * Lets what was asked for end, then the thread. It is never terminated: a decoder at work in it would take the whole
   * process with it.
   */
  close(): Promise<void>;
}

export function openBatchThread(
  start: BatchThreadStart,
  entry: URL = new URL('./batches.worker.ts', import.meta.url),
): BatchThread {
  // Flags of the parent such as --input-type would be refused in a thread that runs a file.
  const worker = new Worker(entry, { workerData: start, name: 'assay-batches', execArgv: [] });
  const ask = (message: ToBatchThread) => worker.postMessage(message);
  const waiting: PromiseWithResolvers<TrainingBatch>[] = [];
  let ended: AssayError | undefined;
  const end = (cause?: unknown) => {
    ended ??= new AssayError('internal', 'A thread that makes batches has ended.', { cause });
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (answer: FromBatchThread) => {
    const asked = waiting.shift();
    if (answer.kind === 'made') asked?.resolve(answer.batch);
    else asked?.reject(new AssayError(answer.code, answer.message));
  });
  worker.on('error', end);
  worker.on('exit', () => end());
  return {
    get waiting() {
      return waiting.length;
    },
    batch(epoch, step) {
      const asked = Promise.withResolvers<TrainingBatch>();
      if (ended) asked.reject(ended);
      else {
        waiting.push(asked);
        ask({ kind: 'make', epoch, step });
      }
      return asked.promise;
    },
    async close() {
      if (ended) return;
      const exited = once(worker, 'exit');
      ask({ kind: 'close' });
      await exited;
    },
  };
}
