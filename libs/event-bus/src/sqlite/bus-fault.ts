import type { ProblemCode } from '@assay/schema';

/**
 * An AssayError in waiting, for code that runs in the worker: zod, which `@assay/schema` brings, would cost that thread
 * 20 MB and most of the time it takes to start.
 */
export class BusFault extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** An error as plain data, to cross a thread. */
export interface Failure {
  detail: string;
  /** Of a {@link BusFault}. */
  code?: ProblemCode;
  /** Result code of SQLite: https://www.sqlite.org/rescode.html */
  errcode?: number;
  /** Of the file system, such as `EACCES`. */
  errno?: string;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof BusFault) return { code: error.code, detail: error.message };
  const { message, errcode, code } = error as Error & { errcode?: number; code?: string };
  return {
    detail: message,
    ...(errcode === undefined ? {} : { errcode }),
    ...(code === undefined || errcode !== undefined ? {} : { errno: code }),
  };
}
