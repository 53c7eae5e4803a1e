import type { Delivery } from '../event-bus.ts';

/** A handler that keeps what it is given until somebody asks. */
export interface Collector {
  handler: (delivery: Delivery) => void;
  /** All deliveries so far, in order. */
  readonly deliveries: Delivery[];
  /** Resolves with the deliveries when there are so many. */
  until(count: number): Promise<Delivery[]>;
}

/** @param settle What to do with each delivery at once; by default it stays unsettled. */
export function collect(settle: (delivery: Delivery) => void = () => {}): Collector {
  const deliveries: Delivery[] = [];
  const waiting: { count: number; resolve: (deliveries: Delivery[]) => void }[] = [];
  return {
    deliveries,
    handler(delivery) {
      deliveries.push(delivery);
      settle(delivery);
      for (const { count, resolve } of waiting) if (deliveries.length >= count) resolve([...deliveries]);
    },
    until: (count) =>
      new Promise((resolve) => {
        if (deliveries.length >= count) resolve([...deliveries]);
        else waiting.push({ count, resolve });
      }),
  };
}

/** The ids of the events, in order. */
export const idsOf = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ event }) => event.id);
