import { IdempotencyStrategy, Storage, type Bucket } from '@google-cloud/storage';

/** One bucket, asked in two ways. */
export interface GcsBuckets {
  /** For calls that may be repeated: reads, and writes with a precondition. */
  retrying: Bucket;
  /** For calls that might undo somebody's work when repeated: writes without a precondition. */
  once: Bucket;
  patience: Patience;
}

/** How long a call is tried. */
export interface Patience {
  /** How often it is repeated. */
  retries: number;
  /** The longest wait between two of them. Seconds, at least 1. */
  longestWait: number;
}

/**
 * Two clients and not one, because the client decides about repeating in a field that calls which run at the
 * same time share: a write that must not be repeated would switch it off, or on again, for the others.
 */
export function openBuckets(place: { bucket: string; endpoint?: string; patience: Patience }): GcsBuckets {
  const { bucket, endpoint, patience } = place;
  const { retries, longestWait } = patience;
  const open = (autoRetry: boolean) =>
    new Storage({
      ...(endpoint === undefined ? {} : { apiEndpoint: endpoint, projectId: 'emulator' }),
      retryOptions: {
        autoRetry,
        maxRetries: autoRetry ? retries : 0,
        maxRetryDelay: longestWait,
        idempotencyStrategy: autoRetry ? IdempotencyStrategy.RetryAlways : IdempotencyStrategy.RetryNever,
      },
    }).bucket(bucket);
  return { retrying: open(true), once: open(false), patience };
}
