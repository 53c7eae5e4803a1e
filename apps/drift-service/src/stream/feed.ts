import type { PredictionRecord } from '@assay/schema';

/** Predictions as they come, with the latest of them. */
export interface Feed {
  /** Tells of a prediction, unless it is among the latest already. */
  push(record: PredictionRecord): void;
  /**
   * The latest that came after one, in the order in which they came; `undefined` where that one is not among them.
   */
  after(id: string): PredictionRecord[] | undefined;
  /** All of the latest, in the order in which they came. */
  latest(): PredictionRecord[];
  /** @returns what ends it */
  listen(listener: (record: PredictionRecord) => void): () => void;
}

/** Two megabytes of records. */
const KEPT = 1000;

/** @param kept how many of the latest are remembered */
export function createFeed(kept = KEPT): Feed {
  // A map keeps the order in which its entries came.
  const records = new Map<string, PredictionRecord>();
  const listeners = new Set<(record: PredictionRecord) => void>();
  return {
    push(record) {
      if (records.has(record.id)) return;
      records.set(record.id, record);
      for (const id of records.keys()) {
        if (records.size <= kept) break;
        records.delete(id);
      }
      for (const listener of listeners) listener(record);
    },
    after(id) {
      if (!records.has(id)) return undefined;
      const all = [...records.values()];
      return all.slice(all.findIndex((record) => record.id === id) + 1);
    },
    latest: () => [...records.values()],
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
