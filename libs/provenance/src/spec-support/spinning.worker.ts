/** Reads nothing, for ever. */
import { parentPort } from 'node:worker_threads';

parentPort!.on('message', () => {
  for (;;);
});
