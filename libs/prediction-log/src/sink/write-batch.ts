import { setTimeout as wait } from 'node:timers/promises';
import type { ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { sinkKey, type LogTopic } from '../layout/log-object.ts';
import type { Batch } from './batch.ts';

/** Pauses between attempts: doubled from the first to the last. Milliseconds. */
const PAUSE = { first: 500, last: 30_000 };

/** Deliveries stay in hand for an attempt and the pause before it. Milliseconds. */
const HOLD_MS = 10 * 60_000;

/** Where batches go. */
export interface Target {
  store: ObjectStore;
  topic: LogTopic;
  /** A name that no other object of this sink has, for each call another. */
  nextName: () => string;
  /** Aborted when the process has no more time: the attempt that is under way is the last. */
  closing: AbortSignal;
  onError: (error: AssayError) => void;
  /** 0 to 1; scatters the attempts of many sinks. */
  random: () => number;
}

/**
 * Writes a batch as one object, again and again until the store has it, and only then acknowledges its deliveries. When the
 * sink closes first they stay unsettled, to be given back as the subscription drains: a store that is down is no fault of
 * theirs, and `nack` would use up their attempts.
 *
 * @returns Whether the batch is in the store.
 */
export async function writeBatch(batch: Batch, target: Target): Promise<boolean> {
  const { store, topic, nextName, closing, onError, random } = target;
  const content = batch.content();
  for (let attempt = 0; ; attempt++) {
    const key = sinkKey(topic, batch.hour, nextName());
    try {
      await store.put(key, content, { ifAbsent: true });
      batch.ack();
      return true;
    } catch (error) {
      // Another writer has the name, or this one has it already and never heard so: the next name is free.
      const taken = error instanceof AssayError && error.code === 'precondition-failed';
      if (taken) continue;
      onError(failure(key, batch, error));
      if (closing.aborted) return false;
      batch.extend(HOLD_MS);
      const pause = Math.min(PAUSE.last, PAUSE.first * 2 ** attempt);
      await wait(pause * (0.5 + random() / 2), undefined, { signal: closing }).catch(() => undefined);
    }
  }
}

function failure(key: string, batch: Batch, cause: unknown): AssayError {
  const { code, message } =
    cause instanceof AssayError ? cause : { code: 'storage-unavailable' as const, message: String(cause) };
  return new AssayError(
    code,
    `${batch.count} events could not be written to the log. They are kept and tried again. ${message}`,
    { cause, extensions: { key, events: batch.count } },
  );
}
