import { AssayError, problems, type ProblemCode } from '@assay/schema';

/** What the HTTP libraries' errors carry, as far as it is read here. */
interface LibraryError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly status?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
}

/** body-parser's `type`. */
const bodyParserCodes: Readonly<Record<string, ProblemCode>> = {
  'entity.too.large': 'upload-too-large',
  'entity.parse.failed': 'malformed-json',
  'encoding.unsupported': 'unsupported-media-type',
  'charset.unsupported': 'unsupported-media-type',
  'request.aborted': 'request-aborted',
};

/** multer's `code`; its others are all about the form. */
const multerCodes: Readonly<Record<string, ProblemCode>> = {
  LIMIT_FILE_SIZE: 'upload-too-large',
  LIMIT_FILE_COUNT: 'too-many-files',
  LIMIT_UNEXPECTED_FILE: 'too-many-files',
};

const statusCodes: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'upload-too-large',
  415: 'unsupported-media-type',
};

/**
 * Finds the row of the error table for whatever was thrown: errors of Express, body-parser and multer get theirs,
 * a `URIError` is a `bad-request`, everything unknown is `internal` with a fixed text.
 *
 * @returns `error` itself if it is an {@link AssayError}, else one whose `cause` it is
 */
export function toAssayError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = codeOf(error);
  const { message } = (error ?? {}) as LibraryError;
  const detail =
    code === 'internal' || typeof message !== 'string' || message === ''
      ? fixedDetail(code)
      : `The request could not be read: ${message}.`;
  return new AssayError(code, detail, { cause: error });
}

/** What is told of an error whose own words are not for the outside. */
export function fixedDetail(code: ProblemCode): string {
  return problems[code].status >= 500
    ? 'The fault is on this side and was logged under the request id; trying again later may help.'
    : `${problems[code].title}.`;
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof URIError) return 'bad-request';
  if (typeof error !== 'object' || error === null) return 'internal';
  const { name, status, type, code } = error as LibraryError;
  if (name === 'MulterError') return multerCodes[String(code)] ?? 'malformed-multipart';
  const byType = bodyParserCodes[String(type)];
  if (byType !== undefined) return byType;
  if (typeof status !== 'number' || status < 400 || status > 499) return 'internal';
  return statusCodes[status] ?? 'bad-request';
}
