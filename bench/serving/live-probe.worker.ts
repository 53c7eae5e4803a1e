import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Asks `/live` every few milliseconds until it is told to stop, then reports how long each answer took. In a thread
 * of its own: the load generator's event loop must not be what is measured.
 */
const { port, everyMs } = workerData as { port: number; everyMs: number };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const latencies: number[] = [];
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());

while (!stop.signal.aborted) {
  const begin = performance.now();
  await new Promise<void>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/live', agent }, (answer) =>
      answer.resume().once('end', resolve),
    ).on('error', reject);
  });
  latencies.push(performance.now() - begin);
  await delay(everyMs);
}
agent.destroy();
parentPort?.postMessage(latencies);
