import { AssayError } from '@assay/schema';

/** Bounds how many predictions are under way, and so how much memory and waiting there can be. */
export interface Admission {
  /** Accepted and not yet answered. */
  readonly inFlight: number;
  /** Refuses before a body is read. @throws AssayError `overloaded` when full */
  assertRoom(): void;
  /** Counts `work` in. @throws AssayError `overloaded` when full */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** A caller that was refused may come back after this many seconds: the queue drains faster than that. */
const RETRY_AFTER_SECONDS = 1;

/** @param limit at most this many predictions at a time */
export function createAdmission(limit: number): Admission {
  let inFlight = 0;
  const assertRoom = () => {
    if (inFlight < limit) return;
    throw new AssayError(
      'overloaded',
      `${limit} predictions are under way, the limit; try again in a second.`,
      {
        extensions: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      },
    );
  };
  return {
    get inFlight() {
      return inFlight;
    },
    assertRoom,
    async run(work) {
      assertRoom();
      inFlight += 1;
      try {
        return await work();
      } finally {
        inFlight -= 1;
      }
    },
  };
}
