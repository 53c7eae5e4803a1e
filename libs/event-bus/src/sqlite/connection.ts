import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID, LAYOUT, LAYOUT_VERSION } from './layout.ts';
import { BusFault } from './bus-fault.ts';

/** A transaction takes milliseconds; who waits so long for another process waits for one that hangs. Milliseconds. */
const PATIENCE = 5000;

/** A page holds several events of 2 KB; with SQLite's 4096 they fill it badly: 1.7 times the bytes, and the time, a commit. Bytes. */
const PAGE_SIZE = 8192;

/** The log is cut to this size when it was larger. Bytes. */
const LOG_LIMIT = 64 * 1024 * 1024;

const BUSY = 5;

/** What a connection has to survive: `machine`: a loss of power; `process`: the end of the process. */
export type Durability = 'machine' | 'process';

/**
 * Opens the database of a bus, or makes it. Blocks its thread while another process makes it at the same time.
 *
 * @throws BusFault, or what SQLite throws
 */
export function openConnection(path: string, durability: Durability): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      return open(path, durability);
    } catch (error) {
      // Switching to a write-ahead log does not wait for others.
      if (!isBusy(error) || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function open(path: string, durability: Durability): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: PATIENCE });
  try {
    database.exec(`PRAGMA page_size = ${PAGE_SIZE}; PRAGMA auto_vacuum = INCREMENTAL`); // of a new file
    refuseForeign(database, path); // before anything is changed
    const journal = database.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
    if (journal.journal_mode !== 'wal')
      throw new BusFault(
        'invalid-configuration',
        `The event bus ${path} lies where processes cannot share memory, as on a network drive: choose a local folder.`,
      );
    // In a write-ahead log FULL syncs every commit, NORMAL only when the log is copied back: a process that
    // is killed loses nothing either way, a machine that loses power loses the last commits with NORMAL.
    database.exec(`PRAGMA synchronous = ${durability === 'machine' ? 'FULL' : 'NORMAL'}`);
    database.exec(`PRAGMA journal_size_limit = ${LOG_LIMIT}`);
    transaction(database, () => layOut(database, path));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseForeign(database: DatabaseSync, path: string): void {
  // One reading of both, while others may be making it.
  database.exec('BEGIN');
  const id = number(database, 'application_id');
  const tables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  database.exec('COMMIT');
  if (id === APPLICATION_ID || (id === 0 && !tables)) return;
  throw new BusFault(
    'invalid-configuration',
    `${path} is a database of another program, not an event bus: choose another file.`,
  );
}

function layOut(database: DatabaseSync, path: string): void {
  const version = number(database, 'user_version');
  if (version === 0) database.exec(LAYOUT);
  else if (version !== LAYOUT_VERSION)
    throw new BusFault(
      'invalid-configuration',
      `The event bus ${path} has the layout ${version}, this release writes ${LAYOUT_VERSION}: use the release that made it, or another file.`,
    );
}

/** Whether another connection holds the lock; the low byte of an extended code is the primary one. */
export function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY;
}

/** Runs a section as one; nothing of it remains if it throws. The section must not wait. */
export function transaction<T>(database: DatabaseSync, section: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = section();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK'); // SQLite has rolled back itself when the disk is full
    throw error;
  }
}

/** The value of a numeric PRAGMA. */
export function number(database: DatabaseSync, pragma: string): number {
  return numberReader(database, pragma)();
}

/** Reads a numeric PRAGMA again and again: preparing the statement is most of the work. */
export function numberReader(database: DatabaseSync, pragma: string): () => number {
  const statement = database.prepare(`PRAGMA ${pragma}`);
  return () => Number(Object.values(statement.get() ?? {})[0]);
}
