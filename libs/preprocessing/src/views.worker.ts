/** Body of the thread that prepares large images. Started by `viewsThread` only. */
import { parentPort } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { pixelsToViews } from './pixels-to-views.ts';
import type { FromViewsThread, ToViewsThread } from './views-thread.ts';

const port = parentPort!;
const post = (message: FromViewsThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', (message: ToViewsThread) => void prepare(message));

async function prepare({ pixels, spec }: ToViewsThread): Promise<void> {
  try {
    const result = await pixelsToViews(pixels, spec);
    const buffers = [result.pixels.data.buffer, result.views.data.buffer] as ArrayBuffer[];
    post({ kind: 'done', result }, buffers);
  } catch (error) {
    // Anything else is a fault that nobody foresaw: unhandled, it ends the thread, and a fresh one takes over.
    if (!(error instanceof AssayError)) throw error;
    const { code, message, extensions } = error;
    post({ kind: 'refused', code, message, extensions });
  }
}
