/** A process that takes deliveries, prints their events and attempts, and acknowledges every second one: `URL LEASE`. */
import { writeSync } from 'node:fs';
import { openEventBus } from '../index.ts';

const [url = '', lease = '1000'] = process.argv.slice(2);
const bus = await openEventBus(url, { policy: { ackDeadlineMs: Number(lease) } });
let count = 0;
bus.subscribe('models', 'reader', (delivery) => {
  writeSync(1, `${delivery.event.id} ${delivery.attempt}\n`);
  if (count++ % 2 === 0) delivery.ack();
});
