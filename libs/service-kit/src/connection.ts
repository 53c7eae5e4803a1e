import { AssayError } from '@assay/schema';
import { backoff } from './backoff.ts';
import type { Logger } from './logger.ts';

/** Something that a service needs and starts without: it may not be there yet. */
export interface Connection<T> {
  /** What was opened; `undefined` until then. */
  readonly current: T | undefined;
  /** Why it could not be opened so far, for people; `undefined` when it is open, and before the first attempt ended. */
  readonly fault: string | undefined;
  /** Fulfilled when the first attempt has ended, well or badly. */
  readonly attempted: Promise<void>;
  /** Does something with it, now or as soon as it is open. */
  whenOpen(use: (opened: T) => void): void;
  /** Gives up opening; what is open is closed. */
  close(): Promise<void>;
}

export interface ConnectOptions<T> {
  /** In the log, the beginning of a sentence: `the event bus (EVENT_BUS_URL)`. */
  readonly what: string;
  readonly logger: Logger;
  open(): Promise<T>;
  /** Between 0 and 1; scatters the attempts of several processes. Default `Math.random`. */
  random?(): number;
}

/** Waits before another attempt. */
const WAITS = { firstMs: 1000, longestMs: 30_000 };

/**
 * Begins to open something and goes on until it is open. An error `invalid-configuration` ends it: no attempt would succeed.
 */
export function connect<T extends { close(): Promise<void> }>(options: ConnectOptions<T>): Connection<T> {
  const { what, logger, open, random } = options;
  const pause = backoff({ ...WAITS, ...(random === undefined ? {} : { random }) });
  const waiting: ((opened: T) => void)[] = [];
  const closing = new AbortController();
  let opened: T | undefined;
  let fault: string | undefined;

  /** @returns whether this was the last attempt */
  const attempt = async (): Promise<boolean> => {
    try {
      const made = await open();
      if (closing.signal.aborted) {
        await made.close();
        return true;
      }
      opened = made;
      fault = undefined;
      for (const use of waiting.splice(0)) use(made);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isHopeless = error instanceof AssayError && error.code === 'invalid-configuration';
      fault = `${what} cannot be opened: ${reason}`;
      logger.error({ err: error }, isHopeless ? fault : `${fault} Trying again.`);
      return isHopeless;
    }
  };
  const first = attempt();
  const connecting = (async () => {
    let isOver = await first;
    while (!isOver) {
      await pause.wait(closing.signal);
      isOver = closing.signal.aborted || (await attempt());
    }
  })();

  return {
    get current() {
      return opened;
    },
    get fault() {
      return fault;
    },
    attempted: first.then(() => undefined),
    whenOpen(use) {
      if (opened === undefined) waiting.push(use);
      else use(opened);
    },
    async close() {
      closing.abort();
      await connecting;
      await opened?.close();
    },
  };
}
