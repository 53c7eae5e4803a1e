import { basename, join } from 'node:path';
import { AssayError, runId } from '@assay/schema';

/**
 * Path of a run or a sweep in its folder.
 *
 * @throws AssayError `not-found` for what is no name of a folder: no id leads anywhere else
 */
export function folderOf(folder: string, id: string): string {
  if (!isNamed(id) || id !== basename(id))
    throw new AssayError('not-found', `Nothing here is named "${id.slice(0, 100)}".`);
  return join(folder, id);
}

/** Whether a folder is named as the trainer names them. */
export function isNamed(path: string): boolean {
  return runId.safeParse(basename(path)).success;
}
