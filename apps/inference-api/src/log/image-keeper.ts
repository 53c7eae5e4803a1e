import { AssayError, inputKey } from '@assay/schema';
import { listAll, type ObjectStore } from '@assay/object-store';
import type { Logger, Metrics } from '@assay/service-kit';
import { keepsImage, type KeepQuestion, type LogImages } from './log-images.ts';

/** Keeps images in the bucket, beside the answers and never before them. */
export interface ImageKeeper {
  /** Takes an image if it is one that is to be kept, and if not too much waits already. @returns whether it did */
  keep(bytes: Uint8Array, question: KeepQuestion): boolean;
  /** Waits for what was taken. */
  close(): Promise<void>;
}

export interface KeeperOptions {
  readonly policy: LogImages;
  readonly store: ObjectStore;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** After how many days an image goes. */
  readonly ttlDays: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Images that wait to be written, bytes in all: they stay in memory until then. */
const MOST_WAITING_BYTES = 16 * 2 ** 20;
const DAY_MS = 86_400_000;
/** Between two looks for images whose time is over. */
const SWEEP_MS = 6 * 3_600_000;

/** Begins to remove what is too old at once, and does so again every few hours until it is closed. */
export function createImageKeeper(options: KeeperOptions): ImageKeeper {
  const { policy, store, metrics, logger } = options;
  const inputs = metrics.counter({
    name: 'prediction_inputs_total',
    help: 'Images that were to be kept: stored, skipped because too many waited, or failed to be written',
    labelNames: ['outcome'],
  });
  const closing = new AbortController();
  const waiting = new Map<string, Promise<void>>();
  let waitingBytes = 0;

  const write = async (key: string, bytes: Uint8Array) => {
    try {
      // Over what is there already: the same bytes, whose time begins anew.
      await store.put(key, bytes);
      inputs.inc({ outcome: 'stored' });
    } catch (error) {
      inputs.inc({ outcome: 'failed' });
      logger.error({ err: error }, 'an image could not be kept');
    } finally {
      waiting.delete(key);
      waitingBytes -= bytes.length;
    }
  };

  const sweep = async () => {
    try {
      const removed = await removeOld(options, closing.signal);
      if (removed > 0) logger.info({ removed }, `${removed} kept images were removed: their time is over`);
    } catch (error) {
      logger.error({ err: error }, 'kept images could not be looked through');
    }
  };
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, SWEEP_MS).unref();

  return {
    keep(bytes, question) {
      if (!keepsImage(policy, question)) return false;
      const key = inputKey(question.sha256);
      if (waiting.has(key)) return true;
      if (waitingBytes + bytes.length > MOST_WAITING_BYTES) {
        inputs.inc({ outcome: 'skipped' });
        return false;
      }
      waitingBytes += bytes.length;
      waiting.set(key, write(key, bytes));
      return true;
    },
    async close() {
      clearInterval(timer);
      closing.abort();
      await Promise.all([...waiting.values(), sweeping]);
    },
  };
}

async function removeOld(
  { store, ttlDays, now = Date.now }: KeeperOptions,
  signal: AbortSignal,
): Promise<number> {
  const oldest = now() - ttlDays * DAY_MS;
  let removed = 0;
  for await (const { key, updated, generation } of listAll(store, 'inputs/')) {
    if (signal.aborted) break;
    if (updated.getTime() >= oldest) continue;
    try {
      if (await store.delete(key, { ifGeneration: generation })) removed++;
    } catch (error) {
      // Written again meanwhile: its time has begun anew.
      if (!(error instanceof AssayError) || error.code !== 'precondition-failed') throw error;
    }
  }
  return removed;
}
