import { AssayError } from '@assay/schema';

/** Status codes of gRPC: https://grpc.io/docs/guides/status-codes */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/** What an error of the client means in the words of the bus; errors of Assay's own pass through. */
export function pubsubError(error: unknown, place: { url: string; what: string }): AssayError {
  if (error instanceof AssayError) return error;
  const { url, what } = place;
  const { code, message } = error as { code?: unknown; message: string };
  switch (code) {
    case NOT_FOUND:
      return new AssayError(
        'invalid-configuration',
        `${url} has no ${what} (${message}): make it as infra/ does, or check the project's id.`,
        { cause: error },
      );
    case PERMISSION_DENIED:
    case UNAUTHENTICATED:
      return new AssayError(
        'bus-forbidden',
        `${url} refuses access to the ${what} (${message}): check the credentials (gcloud auth application-default login, ` +
          'or the service account) and their roles, roles/pubsub.publisher and roles/pubsub.subscriber.',
        { cause: error },
      );
    case INVALID_ARGUMENT:
      return new AssayError(
        'bad-request',
        `${url} does not understand the call for the ${what}: ${message}.`,
        {
          cause: error,
        },
      );
    default:
      return new AssayError(
        'bus-unavailable',
        `${url} cannot be reached or failed at the ${what} (${message}), also when it was asked again.`,
        { cause: error },
      );
  }
}
