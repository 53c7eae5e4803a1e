import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { AssayError } from '@assay/schema';

/** A section holds the lock for about a millisecond; who waits so long waits for something that hangs. Milliseconds. */
const PATIENCE = 15_000;
/** Result codes of SQLite: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const REFUSED = [3 /* PERM */, 8 /* READONLY */, 14 /* CANTOPEN */];

/** Runs short synchronous sections one after another, whichever thread or process they are in. */
export interface FolderLock {
  run<T>(section: () => T): Promise<T>;
}

/**
 * A lock between processes that dies with its holder. Node has no `flock`; an exclusive transaction on an empty
 * SQLite database takes the same lock of the operating system. The sections are synchronous, so within one
 * thread they cannot meet at all.
 *
 * @param path The database; it and its folder are made when first needed.
 * @throws AssayError `storage-unavailable` if somebody holds the lock for {@link PATIENCE} ms.
 */
export function folderLock(path: string): FolderLock {
  return {
    run: async (section) => {
      mkdirSync(dirname(path), { recursive: true });
      const deadline = performance.now() + PATIENCE;
      for (;;) {
        const result = attempt(path, section);
        if (result.entered) return result.value;
        if (performance.now() > deadline)
          throw new AssayError(
            'storage-unavailable',
            `${path} has been locked for ${PATIENCE / 1000} s: a process that writes to this folder hangs. End it and try again.`,
          );
        await wait(1 + Math.random() * 5);
      }
    },
  };
}

function attempt<T>(path: string, section: () => T): { entered: true; value: T } | { entered: false } {
  const database = open(path);
  try {
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      if ((error as { errcode?: number }).errcode === BUSY) return { entered: false };
      throw lockError(path, error);
    }
    try {
      return { entered: true, value: section() };
    } finally {
      database.exec('ROLLBACK');
    }
  } finally {
    database.close();
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw lockError(path, error);
  }
}

function lockError(path: string, cause: unknown): AssayError {
  const { errcode, message } = cause as { errcode?: number; message: string };
  return REFUSED.includes(errcode ?? 0)
    ? new AssayError(
        'storage-forbidden',
        `The lock ${path} cannot be taken (${message}): the folder is read-only or belongs to another user.`,
        { cause },
      )
    : new AssayError(
        'storage-unavailable',
        `The lock ${path} cannot be used (${message}). It holds nothing: delete the file while no process writes here.`,
        { cause },
      );
}
