import type { EventBus } from '@assay/event-bus';
import type { CloudEvent } from '@assay/schema';

/** The same bus, which tells besides of each event that it hands out, before the subscriber has it. */
export function tapBus(bus: EventBus, hear: (event: CloudEvent) => void): EventBus {
  return {
    ...bus,
    subscribe(topic, name, given) {
      const options = typeof given === 'function' ? { handler: given } : given;
      return bus.subscribe(topic, name, {
        ...options,
        handler(delivery) {
          hear(delivery.event);
          return options.handler(delivery);
        },
      });
    },
  };
}
