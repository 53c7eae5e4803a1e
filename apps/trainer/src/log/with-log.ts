import type { ObjectStore } from '@assay/object-store';
import type { PredictionLog } from '@assay/prediction-log';
import { interrupted, type CommandContext } from '../command-context.ts';

/** Opens the log of a store for as long as the work takes; DuckDB is loaded when it is needed. */
export async function withLog<T>(
  url: string,
  work: (log: PredictionLog, store: ObjectStore) => Promise<T>,
): Promise<T> {
  const { openObjectStore } = await import('@assay/object-store');
  const { openPredictionLog } = await import('@assay/prediction-log');
  const store = await openObjectStore(url);
  const log = await openPredictionLog(store);
  try {
    return await work(log, store);
  } finally {
    await log.close();
  }
}

/** {@link withLog} for work that may be interrupted at any step, and done again. */
export async function changeLog(
  url: string,
  { output, signal, exit }: CommandContext,
  work: (log: PredictionLog, store: ObjectStore) => Promise<void>,
): Promise<void> {
  try {
    await withLog(url, work);
  } catch (error) {
    if (!signal.aborted) throw error;
    output.note('Stopped. The log is as whole as before; the same command goes on.');
    exit(interrupted);
  }
}
