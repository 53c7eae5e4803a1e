import type { EventBus } from '@assay/event-bus';
import { AssayError, topicOf, type CloudEvent } from '@assay/schema';
import { connect, type Logger } from '@assay/service-kit';

/** A bus that may not be there yet. */
export interface BusConnection {
  /** @throws AssayError `bus-unavailable` while the bus is not open, and what the bus throws */
  publish(event: CloudEvent): Promise<void>;
  /** Does something with the bus, now or as soon as it is open. */
  whenOpen(use: (bus: EventBus) => void): void;
  /** Gives up opening; an open bus is closed. */
  close(): Promise<void>;
}

export interface ConnectBusOptions {
  /** For the log. */
  readonly url: string;
  readonly logger: Logger;
  open(): Promise<EventBus>;
  /** Hears that the URL names no bus: no attempt will succeed, and none is made. */
  onMisconfigured(error: AssayError): void;
}

/** Begins to open a bus and goes on until it is open: a service starts without it. */
export function connectBus({ url, logger, open, onMisconfigured }: ConnectBusOptions): BusConnection {
  const connection = connect({
    what: `the event bus ${url}`,
    logger,
    async open() {
      try {
        return await open();
      } catch (error) {
        if (error instanceof AssayError && error.code === 'invalid-configuration') onMisconfigured(error);
        throw error;
      }
    },
  });
  return {
    async publish(event) {
      const { current: bus, fault } = connection;
      if (bus === undefined)
        throw new AssayError('bus-unavailable', fault ?? `The event bus ${url} is being opened.`);
      await bus.publish(topicOf(event.type), event);
    },
    whenOpen: connection.whenOpen,
    close: connection.close,
  };
}
