import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { openObjectStore, type ObjectStore } from '@assay/object-store';
import { openPredictionLog, type PredictionLog } from '../prediction-log.ts';

/** A log in a folder that goes with the test. */
export interface TemporaryLog {
  folder: string;
  store: ObjectStore;
  log: PredictionLog;
  close(): Promise<void>;
}

export async function temporaryLog(): Promise<TemporaryLog> {
  const folder = await mkdtemp(join(tmpdir(), 'prediction-log-'));
  const store = await openObjectStore(`file:${folder}/bucket`);
  const log = await openPredictionLog(store, { memoryBytes: 200e6, threads: 1 });
  return {
    folder: join(folder, 'bucket'),
    store,
    log,
    close: async () => {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A {@link temporaryLog} for each test of a file. */
export function freshLogs(): Omit<TemporaryLog, 'close'> {
  let place: TemporaryLog;
  beforeEach(async () => {
    place = await temporaryLog();
  });
  afterEach(() => place.close());
  return {
    get folder() {
      return place.folder;
    },
    get store() {
      return place.store;
    },
    get log() {
      return place.log;
    },
  };
}

/** All that an iterator gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
