import { open } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { toFailure } from './bus-fault.ts';
import type { BusWorker } from './bus-worker.ts';
import { isBusy, openConnection } from './connection.ts';
import { publications } from './publications.ts';
import type { Calls } from './requests.ts';
import { sqliteError } from './sqlite-error.ts';

/** Commits between two requests to copy the write-ahead log back: with events of 2 KB it has about 8 MB then. */
const COMMITS_PER_CHECKPOINT = 1000;

/** Writes events so that they survive a loss of power. */
export interface Publisher {
  /** All or none, one call at a time. @throws AssayError `bus-…`, in the words of {@link sqliteError} */
  publish(batch: Calls['publish']['arguments']): Promise<void>;
  close(): Promise<void>;
}

/**
 * Commits in the calling thread, which takes a tenth of a millisecond while nobody else writes, and lets the system sync the write-ahead log
 * in another: what blocks for milliseconds is the sync, and what costs most is passing each event to a thread and its answer back.
 * Where another process writes at this moment, the bus's own thread waits for it.
 *
 * @throws AssayError as {@link openBusWorker}
 */
export async function openPublisher(path: string, worker: BusWorker): Promise<Publisher> {
  let database: DatabaseSync | undefined;
  try {
    database = openConnection(path, 'process');
    const opened = database;
    // Neither waits for others nor copies the log back: both would hold up the event loop.
    database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_autocheckpoint = 0');
    // There as long as a connection is; the worker's are.
    const log = await open(`${path}-wal`, 'r+');
    const { publish } = publications(database);
    let commits = 0;
    return {
      async publish(batch) {
        try {
          publish(batch);
        } catch (error) {
          if (isBusy(error)) return worker.call('publish', batch);
          throw sqliteError(toFailure(error), path);
        }
        commits += 1;
        if (commits % COMMITS_PER_CHECKPOINT === 0) void worker.call('checkpoint', undefined).catch(() => {});
        try {
          await log.datasync();
        } catch (error) {
          throw sqliteError(toFailure(error), path);
        }
      },
      async close() {
        opened.close();
        await log.close();
      },
    };
  } catch (error) {
    database?.close();
    throw sqliteError(toFailure(error), path);
  }
}
