import type { EventBus } from '@assay/event-bus';
import { AssayError, topicOf, type CloudEvent } from '@assay/schema';
import type { Logger } from '@assay/service-kit';
import { backoff } from './backoff.ts';

/** A bus that may not be there yet. */
export interface BusConnection {
  /** @throws AssayError `bus-unavailable` while the bus is not open, and what the bus throws */
  publish(event: CloudEvent): Promise<void>;
  /** Does something with the bus, now or as soon as it is open. */
  whenOpen(use: (bus: EventBus) => void): void;
  /** Gives up opening; an open bus is closed. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** For the log. */
  readonly url: string;
  readonly logger: Logger;
  open(): Promise<EventBus>;
  /** Hears that the URL names no bus: no attempt will succeed, and none is made. */
  onMisconfigured(error: AssayError): void;
}

/** How long to wait before the bus is opened again, milliseconds. */
const OPENING = { firstMs: 1000, longestMs: 30_000 };

/** Begins to open a bus and goes on until it is open: a service starts without it. */
export function connectBus({ url, logger, open, onMisconfigured }: ConnectOptions): BusConnection {
  const waiting: ((bus: EventBus) => void)[] = [];
  const pause = backoff(OPENING);
  const closing = new AbortController();
  let bus: EventBus | undefined;
  let reason = 'it is being opened';

  const connect = async () => {
    while (!closing.signal.aborted) {
      try {
        const opened = await open();
        // Aborted while it opened.
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
        if (closing.signal.aborted) {
          await opened.close();
          return;
        }
        bus = opened;
        for (const use of waiting.splice(0)) use(bus);
        return;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        if (error instanceof AssayError && error.code === 'invalid-configuration') {
          onMisconfigured(error);
          return;
        }
        logger.error({ err: error }, `the event bus ${url} cannot be opened; trying again`);
        await pause.wait(closing.signal);
      }
    }
  };
  const connecting = connect();

  return {
    async publish(event) {
      if (bus === undefined)
        throw new AssayError('bus-unavailable', `The event bus ${url} is not open: ${reason}.`);
      await bus.publish(topicOf(event.type), event);
    },
    whenOpen(use) {
      if (bus === undefined) waiting.push(use);
      else use(bus);
    },
    async close() {
      closing.abort();
      await connecting;
      await bus?.close();
    },
  };
}
