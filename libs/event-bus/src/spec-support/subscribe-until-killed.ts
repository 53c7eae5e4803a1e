/** A process that takes deliveries, prints their events and attempts, and acknowledges those of even number: `URL LEASE`. */
import { writeSync } from 'node:fs';
import { openEventBus } from '../index.ts';

const [url = '', lease = '1000'] = process.argv.slice(2);
const bus = await openEventBus(url, { policy: { ackDeadlineMs: Number(lease) } });
bus.subscribe('models', 'reader', ({ event, attempt, ack }) => {
  writeSync(1, `${event.id} ${attempt}\n`);
  if (Number(event.id.slice('promotion-'.length)) % 2 === 0) ack();
});
