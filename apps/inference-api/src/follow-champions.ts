import type { Subscription } from '@assay/event-bus';
import type { BusConnection } from './delivery/bus-connection.ts';
import type { Champions } from './champions.ts';

export interface FollowOptions {
  readonly champions: Champions;
  /** Brings word of promotions. */
  readonly bus: BusConnection | undefined;
  /** Between two looks at the registry, milliseconds: an event reaches one of several instances, a look finds all. */
  readonly everyMs: number;
  /** Called when the service was brought up to date. */
  onRefreshed(): void;
}

/** The service's name as a subscriber. */
const SUBSCRIPTION = 'inference-api';

/** Keeps a service up with its registry: at once where the bus tells of a promotion, and by looking again and again. */
export function followChampions({ champions, bus, everyMs, onRefreshed }: FollowOptions) {
  let subscription: Subscription | undefined;
  let isClosed = false;
  let last: Promise<void> = Promise.resolve();
  const refresh = (name?: string) => {
    if (!isClosed) last = champions.refresh(name).then(onRefreshed);
  };
  bus?.whenOpen((opened) => {
    if (isClosed) return;
    subscription = opened.subscribe('models', SUBSCRIPTION, (delivery) => {
      // Whatever becomes of it: the registry is what counts, and is looked at anyway.
      delivery.ack();
      const { event } = delivery;
      if (event.type === 'assay.model.promoted.v1' && event.data.alias === 'champion')
        refresh(event.data.model);
    });
  });
  const timer = setInterval(refresh, everyMs).unref();
  return {
    /** Ends it once a model that is being loaded is served. */
    async close(): Promise<void> {
      isClosed = true;
      clearInterval(timer);
      await Promise.all([subscription?.drain(), last]);
    },
  };
}
