/** Body of a thread that makes batches. Started by `openBatchThread` only. */
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { openCache } from '../data/image-cache.ts';
import type { BatchThreadStart, FromBatchThread, ToBatchThread } from './batch-messages.ts';
import { imageBatches } from './image-batches.ts';

const port = parentPort!;
const post = (message: FromBatchThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
const { images, classes, options } = workerData as BatchThreadStart;
const source = imageBatches(openCache(images), classes, options);

async function answer(epoch: number, step: number): Promise<void> {
  try {
    const batch = await source.batch(epoch, step);
    post({ kind: 'made', batch }, [batch.examples.buffer, batch.targets.buffer]);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    post({ kind: 'refused', code: error.code, message: error.message });
  }
}

// One after another: what is needed first is ready first.
for await (const [message] of on(port, 'message') as AsyncIterable<[ToBatchThread]>) {
  if (message.kind === 'close') break;
  await answer(message.epoch, message.step);
}
port.close();
