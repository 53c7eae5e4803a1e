import { setTimeout as delay } from 'node:timers/promises';
import { openEventBus, type EventBus } from '@assay/event-bus';
import type { CloudEvent, EventType, Topic } from '@assay/schema';

/** Reads what is on a bus, as the log sink would. */
export async function eventsOn(url: string, topic: Topic = 'predictions') {
  const bus = await openEventBus(url);
  const events: CloudEvent[] = [];
  bus.subscribe(topic, 'a-test', (delivery) => {
    // An event may come twice; the log counts it once.
    if (events.every(({ id }) => id !== delivery.event.id)) events.push(delivery.event);
    delivery.ack();
  });
  return {
    /** All that came, once there are so many. */
    async atLeast<Type extends EventType>(count: number): Promise<CloudEvent<Type>[]> {
      while (events.length < count) await delay(5);
      return events as CloudEvent<Type>[];
    },
    [Symbol.asyncDispose]: () => bus.close(),
  };
}

/** A bus that lets nobody publish until it is told to; all else is as it was. */
export function stalling(bus: EventBus) {
  const opened = Promise.withResolvers<undefined>();
  let isOpen = false;
  const publish: EventBus['publish'] = async (...given) => {
    if (!isOpen) await opened.promise;
    return bus.publish(...given);
  };
  return {
    bus: { ...bus, publish } satisfies EventBus,
    open() {
      isOpen = true;
      opened.resolve(undefined);
    },
  };
}
