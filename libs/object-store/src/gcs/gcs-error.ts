import { AssayError } from '@assay/schema';
import type { Precondition } from '../object-store.ts';
import { refuse } from '../store-error.ts';

/** What an answer of Cloud Storage means in the words of the store; errors of Assay's own pass through. */
export function gcsError(
  error: unknown,
  call: { key: string; url: string; condition?: Precondition; start?: number | undefined },
): AssayError {
  if (error instanceof AssayError) return error;
  const { key, url, condition = {}, start = 0 } = call;
  const { message } = error as Error;
  switch (statusOf(error)) {
    case 404:
      // A read that asks for a generation that was replaced finds nothing, too.
      return condition.ifGeneration === undefined
        ? refuse.missing(key, url, error)
        : refuse.precondition(key, condition);
    case 304:
    case 412:
      return refuse.precondition(key, condition);
    case 416:
      return refuse.range(key, start);
    case 401:
    case 403:
      return new AssayError(
        'storage-forbidden',
        `${url} refuses access to "${key}" (${message}): check the credentials (gcloud auth application-default login, ` +
          'or the service account) and their role on the bucket.',
        { cause: error },
      );
    case 400:
      return new AssayError('bad-request', `${url} does not understand the call for "${key}": ${message}.`, {
        cause: error,
      });
    default:
      return new AssayError(
        'storage-unavailable',
        `${url} cannot be reached or failed at "${key}" (${message}), also when it was asked again.`,
        { cause: error },
      );
  }
}

/** The HTTP status behind an error of the client; `undefined` for one of the network. */
export function statusOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  const status = Number(code);
  return Number.isInteger(status) ? status : undefined;
}
