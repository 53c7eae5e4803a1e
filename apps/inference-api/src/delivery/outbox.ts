import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AssayError, type CloudEvent } from '@assay/schema';

/** Events that the bus does not have yet, on this machine's disk, where they outlive the process. */
export interface Outbox {
  /** How many there are. */
  readonly size: number;
  /**
   * Keeps an event; it is safe from the end of this process when this returns.
   *
   * @throws AssayError `storage-full` where there is no room, `storage-unavailable` where the disk fails
   */
  put(event: CloudEvent): void;
  /** The events that have waited longest. */
  oldest(limit: number): CloudEvent[];
  /** @returns whether it was there */
  remove(event: Pick<CloudEvent, 'id'>): boolean;
  close(): void;
}

export interface OutboxOptions {
  /** Where it is; the folder is made if need be. Several processes may share it. */
  readonly file: string;
  /** How large it may become, bytes. */
  readonly maxBytes: number;
  /** Hears that a file that was no outbox, or damaged, was put aside. */
  readonly onDamage: (aside: string) => void;
}

/** SQLite's result codes (https://www.sqlite.org/rescode.html), without their extension. */
const SQLITE = { corrupt: 11, full: 13, notADatabase: 26 };
const PAGE_BYTES = 4096;

/**
 * Opens an outbox: one SQLite table. A damaged file is put aside, since answering goes before keeping; it can be looked
 * at with `sqlite3 FILE .recover`.
 *
 * A row survives the end of the process at once and a loss of power within a moment (`synchronous=NORMAL`): waiting for the
 * disk would hold up the event loop just when requests pile up, and an event in here is announced as pending.
 *
 * @throws AssayError `storage-unavailable` where the file cannot be had
 */
export function openOutbox(options: OutboxOptions): Outbox {
  const { file, onDamage } = options;
  try {
    mkdirSync(dirname(file), { recursive: true });
    try {
      return openTable(options);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const aside = `${file}.damaged-${Date.now()}`;
    renameSync(file, aside);
    for (const companion of ['-wal', '-shm']) rmSync(file + companion, { force: true });
    onDamage(aside);
    return openTable(options);
  } catch (cause) {
    throw new AssayError(
      'storage-unavailable',
      `The outbox "${file}" cannot be opened: ${reasonOf(cause)}.`,
      {
        cause,
      },
    );
  }
}

function openTable({ file, maxBytes }: OutboxOptions): Outbox {
  const database = new DatabaseSync(file, { timeout: 100 });
  try {
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA max_page_count = ${Math.max(8, Math.floor(maxBytes / PAGE_BYTES))};
      CREATE TABLE IF NOT EXISTS outbox (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL) STRICT;
    `);
    const insert = database.prepare('INSERT OR IGNORE INTO outbox (id, event) VALUES (?, ?)');
    const select = database.prepare('SELECT event FROM outbox ORDER BY position LIMIT ?');
    const remove = database.prepare('DELETE FROM outbox WHERE id = ?');
    const count = database.prepare('SELECT count(*) AS size FROM outbox');
    return {
      get size() {
        return count.get()!.size as number;
      },
      put(event) {
        try {
          insert.run(event.id, JSON.stringify(event));
        } catch (cause) {
          throw refusal(cause, { file, maxBytes });
        }
      },
      oldest: (limit) => select.all(limit).map(({ event }) => JSON.parse(event as string) as CloudEvent),
      remove: ({ id }) => remove.run(id).changes > 0,
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function refusal(cause: unknown, { file, maxBytes }: Pick<OutboxOptions, 'file' | 'maxBytes'>): AssayError {
  return codeOf(cause) === SQLITE.full
    ? new AssayError(
        'storage-full',
        `The outbox "${file}" is full: it may take ${maxBytes} bytes, if the disk has them.`,
        { cause },
      )
    : new AssayError('storage-unavailable', `The outbox "${file}" cannot be written: ${reasonOf(cause)}.`, {
        cause,
      });
}

function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === SQLITE.corrupt || code === SQLITE.notADatabase;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
