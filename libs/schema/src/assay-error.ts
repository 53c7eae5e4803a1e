import { problems, type ProblemCode } from './problems.ts';

/** Extra members of a problem document, beside the five that RFC 9457 defines. */
export type ProblemExtensions = Readonly<Record<string, unknown>>;

/**
 * An error meant for people: `message` says what was expected, what came and what to do.
 *
 * @example throw new AssayError('unknown-model', 'No model is named "brids"; this service has: birds, wine.')
 */
export class AssayError extends Error {
  override readonly name = 'AssayError';
  /** The row of the error table. */
  readonly code: ProblemCode;
  /** Further facts for programs, for example `{ limitBytes: 1000, receivedBytes: 2000 }`. */
  readonly extensions: ProblemExtensions;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { cause?: unknown; extensions?: ProblemExtensions } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.extensions = options.extensions ?? {};
  }

  /** The HTTP status of this error's row. */
  get status(): number {
    return problems[this.code].status;
  }
}
