import type { ProblemCode } from '@assay/schema';

/** An error as plain data, to cross a thread. */
export interface Failure {
  readonly code: ProblemCode;
  readonly detail: string;
}

/**
 * What a session throws inside its thread: an AssayError in waiting. Session workers do without `@assay/schema` at
 * run time: its zod schemas would cost each of them 20 MB and most of the time they take to start.
 */
export class SessionFault extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** The code and message of an error; what is no {@link SessionFault} is `internal`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof SessionFault) return { code: error.code, detail: error.message };
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
