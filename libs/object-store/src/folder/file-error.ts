import { AssayError } from '@assay/schema';

const forbidden = new Set(['EACCES', 'EPERM', 'EROFS']);
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const clash = new Set(['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY']);

/** What went wrong with a file, in the words of the store; errors of Assay's own pass through. */
export function fileError(error: unknown, place: { key: string; root: string }): AssayError {
  if (error instanceof AssayError) return error;
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  const { key, root } = place;
  if (forbidden.has(code))
    return new AssayError(
      'storage-forbidden',
      `"${key}" cannot be read or written in ${root} (${code}): the folder is read-only or belongs to another user.`,
      { cause: error },
    );
  if (full.has(code))
    return new AssayError(
      'storage-full',
      `"${key}" cannot be written to ${root} (${code}): the disk or the quota is full. Nothing was changed; free some space.`,
      { cause: error },
    );
  if (clash.has(code))
    return new AssayError(
      'invalid-object-key',
      `"${key}" cannot be written to ${root} (${code}): in a folder a name is either an object or the beginning of others, not both.`,
      { cause: error },
    );
  return new AssayError('storage-unavailable', `"${key}" cannot be read or written in ${root}: ${message}.`, {
    cause: error,
  });
}

/** Whether there is nothing at the path; a file where a folder should be means the same. */
export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
