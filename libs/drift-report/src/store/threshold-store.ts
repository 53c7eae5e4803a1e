import type { ThresholdCache } from '@assay/drift-statistics';
import { getIfThere, updateObject, type ObjectStore } from '@assay/object-store';
import { z } from 'zod';

/** Thresholds by simulation that others computed already. */
export interface StoredThresholds {
  readonly cache: ThresholdCache;
  /** Adds what was computed since to the bucket. */
  save(): Promise<void>;
}

/** Thresholds beyond which a bucket's object is begun anew; one takes 100 bytes. */
const MOST = 20_000;

const thresholds = z.record(z.string(), z.number());

/**
 * The calibrated thresholds of a reference, kept in the bucket: they depend on its bins and on the sizes that are compared, and take
 * most of the time of a report where they have to be simulated.
 *
 * @param digest of the reference
 */
export async function openThresholds(
  store: Pick<ObjectStore, 'get' | 'put'>,
  digest: string,
): Promise<StoredThresholds> {
  const key = `drift/thresholds/${digest}.json`;
  const known = readThresholds((await getIfThere(store, key))?.content);
  const added = new Map<string, number>();
  return {
    cache: {
      get: (name) => known.get(name) ?? added.get(name),
      set: (name, value) => added.set(name, value),
    },
    async save() {
      if (added.size === 0) return;
      await updateObject(store, key, {
        change(content) {
          const all = readThresholds(content);
          if (all.size + added.size > MOST) all.clear();
          return JSON.stringify(Object.fromEntries([...all, ...added]));
        },
      });
    },
  };
}

function readThresholds(content: Buffer | undefined): Map<string, number> {
  if (content === undefined) return new Map();
  try {
    return new Map(Object.entries(thresholds.parse(JSON.parse(content.toString()))));
  } catch {
    return new Map();
  }
}
