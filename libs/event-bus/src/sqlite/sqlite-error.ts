import { AssayError } from '@assay/schema';
import type { Failure } from './bus-fault.ts';

/** Primary result codes of SQLite: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const FULL = 13;
const REFUSED = new Set([3 /* PERM */, 8 /* READONLY */, 14 /* CANTOPEN */, 23 /* AUTH */]);
const DAMAGED = new Set([11 /* CORRUPT */, 26 /* NOTADB */]);
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** What went wrong with the database of a bus, in the words of the bus. */
export function sqliteError(failure: Failure, path: string): AssayError {
  const { code, detail, errcode, errno } = failure;
  if (code !== undefined) return new AssayError(code, detail);
  const primary = (errcode ?? 0) & 0xff; // the rest of an extended code says in which call
  if (primary === FULL || errno === 'ENOSPC' || errno === 'EDQUOT')
    return new AssayError(
      'bus-full',
      `The event bus ${path} cannot grow (${detail}): the disk or the quota is full. What was acknowledged is safe; free some space.`,
    );
  if (DAMAGED.has(primary))
    return new AssayError(
      'bus-damaged',
      `The event bus ${path} is damaged (${detail}). Move the file away, with its -wal and -shm: a new one is made. ` +
        `"sqlite3 ${path} .recover" writes out what can still be read of the old one.`,
    );
  if (REFUSED.has(primary) || (errno !== undefined && FORBIDDEN.has(errno)))
    return new AssayError(
      'bus-forbidden',
      `The event bus ${path} cannot be opened or written (${detail}): its folder is read-only, belongs to another user, or is none.`,
    );
  if (primary === BUSY)
    return new AssayError(
      'bus-unavailable',
      `The event bus ${path} has been locked for seconds (${detail}): a process that writes to it hangs. End it; nothing is lost.`,
    );
  return new AssayError('bus-unavailable', `The event bus ${path} failed (${detail}).`);
}
