/** A process that publishes, 20 at a time, and prints the number of each event once it is acknowledged: `URL FIRST`. */
import { writeSync } from 'node:fs';
import { openEventBus } from '../index.ts';
import { promotion } from './events.ts';

const [url = '', first = '0'] = process.argv.slice(2);
const bus = await openEventBus(url);

async function publish(start: number): Promise<never> {
  for (let n = start; ; n += 20) {
    await bus.publish('models', promotion(n));
    writeSync(1, `${n}\n`);
  }
}
await Promise.all(Array.from({ length: 20 }, (_, caller) => publish(Number(first) + caller)));
