import type { Delivery, EventBus, SubscribeOptions } from '@assay/event-bus';
import type { CloudEvent, Topic } from '@assay/schema';

/** A bus whose deliveries a test hands out, and whose settlements it sees. */
export interface HandBus {
  bus: EventBus;
  /** Hands out an event; says how it was settled so far. */
  deliver(topic: Topic, event: CloudEvent): Handed;
}

export interface Handed {
  settled?: 'ack' | 'nack' | 'given back';
  extended: number[];
}

/** @param drainMs How long a drain waits before it takes back what is not settled. */
export function handBus(drainMs = 20_000): HandBus {
  const subscribers = new Map<Topic, SubscribeOptions>();
  const held = new Map<Topic, Set<Handed>>();
  const unused = () => Promise.reject(new Error('not of this bus'));
  return {
    deliver: (topic, event) => {
      const handed: Handed = { extended: [] };
      const mine = held.get(topic)!;
      mine.add(handed);
      const settle = (how: 'ack' | 'nack') => () => {
        handed.settled ??= how;
        mine.delete(handed);
      };
      const delivery: Delivery = {
        event,
        attempt: 1,
        ack: settle('ack'),
        nack: settle('nack'),
        extend: (milliseconds) => handed.extended.push(milliseconds),
      };
      void subscribers.get(topic)!.handler(delivery);
      return handed;
    },
    bus: {
      url: 'hand:',
      publish: unused,
      deadLetters: unused,
      redrive: unused,
      close: unused,
      subscribe: (topic, name, options) => {
        subscribers.set(topic, typeof options === 'function' ? { handler: options } : options);
        const mine = new Set<Handed>();
        held.set(topic, mine);
        return {
          topic,
          name,
          // What is not settled soon is given back.
          drain: async () => {
            const end = performance.now() + drainMs;
            while (mine.size > 0 && performance.now() < end)
              await new Promise((resolve) => setTimeout(resolve, 1));
            for (const handed of mine) handed.settled ??= 'given back';
          },
        };
      },
    },
  };
}
