/** Body of the thread that prepares large images. Started by `viewsThread` only. */
import { parentPort } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { seededRandom } from '@assay/random';
import { pixelsToViews, type PixelsAndViews } from './pixels-to-views.ts';
import { standBack } from './stand-back.ts';
import type { FromViewsThread, ToViewsThread } from './views-thread.ts';

const port = parentPort!;
const post = (message: FromViewsThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', (message: ToViewsThread) => void prepare(message));

async function prepare(message: ToViewsThread): Promise<void> {
  try {
    const result = await resultOf(message);
    const buffers = [result.pixels.data.buffer, result.views.data.buffer] as ArrayBuffer[];
    post({ kind: 'done', result }, buffers);
  } catch (error) {
    // Anything else is a fault that nobody foresaw: unhandled, it ends the thread, and a fresh one takes over.
    if (!(error instanceof AssayError)) throw error;
    const { code, message, extensions } = error;
    post({ kind: 'refused', code, message, extensions });
  }
}

async function resultOf({ pixels, spec, change }: ToViewsThread): Promise<PixelsAndViews> {
  if (change === undefined) return pixelsToViews(pixels, spec);
  // Changing an image a dozen times takes seconds, and nobody waits for it as for an answer.
  standBack();
  // Most of these threads never change an image.
  const { corruptImage } = await import('./corrupt-image.ts');
  const changed = await corruptImage(pixels, change.corruption, seededRandom(change.seed, 'corruption'));
  return { pixels, views: (await pixelsToViews(changed, spec)).views };
}
