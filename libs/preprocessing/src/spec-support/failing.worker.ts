/** The thread of large images, but that it is lost over images 1 and 2 pixels wide. */
import { parentPort } from 'node:worker_threads';
import type { ToViewsThread } from '../views-thread.ts';

parentPort!.on('message', ({ pixels }: ToViewsThread) => {
  if (pixels.width === 1) process.exit(7);
  if (pixels.width === 2) throw new RangeError('out of memory');
});
await import('../views.worker.ts');
