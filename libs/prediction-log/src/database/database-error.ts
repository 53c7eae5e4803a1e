import { AssayError } from '@assay/schema';

/** A file was listed, and is gone: a compaction put another in its place. */
export class VanishedFile extends Error {}

/** A file may be damaged; whoever has the names of the files can tell. */
export class UnreadableFile extends Error {}

/** What went wrong in DuckDB, in the words of the log; other errors pass through. */
export function databaseError(error: unknown): Error {
  // Not `instanceof Error`: native code makes its errors in the main realm, whoever calls it.
  if (!hasMessage(error) || error instanceof AssayError) return error as Error;
  const [summary = ''] = error.message.split('\n');
  if (/^IO Error: (No files found|Cannot open file)/.test(summary))
    return new VanishedFile(summary, { cause: error });
  if (/No space left|ENOSPC|max_temp_directory_size/i.test(error.message))
    return new AssayError(
      'storage-full',
      `The query wrote more aside than there is space for: ${summary}. Free some space, or ask for a shorter window.`,
      { cause: error },
    );
  if (summary.startsWith('Out of Memory Error'))
    return new AssayError(
      'query-too-large',
      `The query needs more memory than it may take: ${summary} Ask for fewer columns or a shorter window.`,
      { cause: error },
    );
  if (/^(Parser|Binder|Catalog|Conversion) Error/.test(summary)) return invalidQuery(error);
  return new UnreadableFile(error.message, { cause: error });
}

/** A statement that cannot be run as it is written. */
export function invalidQuery(error: Error): AssayError {
  return new AssayError('invalid-query', `The SQL cannot be run. ${error.message.trim()}`, { cause: error });
}

const hasMessage = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
