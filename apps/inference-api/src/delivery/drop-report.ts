import type { Logger } from '@assay/service-kit';

const MINUTE_MS = 60_000;

/** Tells the log of events that are lost: of the first at once, then once a minute how many there were. */
export interface DropReport {
  dropped(reason: unknown): void;
  /** Tells of those that were not told of yet. */
  close(): void;
}

/** @param now milliseconds */
export function createDropReport(logger: Logger, now: () => number = Date.now): DropReport {
  let untold = 0;
  let lastTold = -Infinity;
  const tell = (reason?: unknown) => {
    logger.error(
      { dropped: untold, ...(reason === undefined ? {} : { err: reason }) },
      `${untold} events of the prediction log were lost: neither the bus nor the outbox took them`,
    );
    untold = 0;
    lastTold = now();
  };
  return {
    dropped(reason) {
      untold++;
      if (now() - lastTold >= MINUTE_MS) tell(reason);
    },
    close() {
      if (untold > 0) tell();
    },
  };
}
