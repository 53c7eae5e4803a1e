import { setTimeout as delay } from 'node:timers/promises';
import type { ObjectStore } from '@assay/object-store';
import type { Logger } from '@assay/service-kit';

/** Whether the bucket can be reached. */
export interface StoreWatch {
  /** Why not, for people; `undefined` when it can, and before the first look. */
  readonly fault: string | undefined;
  /** Fulfilled after the first look. */
  readonly looked: Promise<void>;
  close(): void;
}

export interface WatchStoreOptions {
  readonly store: Pick<ObjectStore, 'list' | 'url'>;
  readonly logger: Logger;
  /** Time between two looks, a tenth of it while there is a fault, and how long one may take. Milliseconds, default 10 000. */
  readonly everyMs?: number;
}

/** Looks into the bucket now and then; each change for the worse or better is logged once. */
export function watchStore({ store, logger, everyMs = 10_000 }: WatchStoreOptions): StoreWatch {
  const closing = new AbortController();
  let fault: string | undefined;
  const look = async () => {
    const before = fault;
    const late = delay(everyMs, undefined, { signal: closing.signal, ref: false }).then(() => {
      throw new Error(`no answer within ${everyMs / 1000} s`);
    });
    late.catch(() => undefined);
    try {
      await Promise.race([store.list('predictions/', { limit: 1 }), late]);
      fault = undefined;
      if (before !== undefined) logger.info(`the bucket ${store.url} can be read again`);
    } catch (error) {
      if (closing.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      fault = `the bucket (OBJECT_STORE_URL) cannot be read: ${reason}`;
      if (before === undefined) logger.error({ err: error }, fault);
    }
  };
  const looked = look();
  const isOpen = () => !closing.signal.aborted;
  void (async () => {
    await looked;
    while (isOpen()) {
      const pause = fault === undefined ? everyMs : everyMs / 10;
      await delay(pause, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      if (isOpen()) await look();
    }
  })();
  return {
    get fault() {
      return fault;
    },
    looked,
    close: () => closing.abort(),
  };
}
