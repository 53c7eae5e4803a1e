import { AssayError } from '@assay/schema';

/**
 * Does work for a caller who may go away.
 *
 * @throws AssayError `request-aborted` in place of whatever cut the work short once nobody waits for it any more
 */
export async function abandonable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (signal.aborted)
      throw new AssayError('request-aborted', 'The caller went away before the answer.', { cause });
    throw cause;
  }
}
