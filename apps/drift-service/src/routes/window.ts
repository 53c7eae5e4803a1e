import { AssayError } from '@assay/schema';

/** @throws AssayError `invalid-query` where both ends are given and the window does not begin before it ends */
export function checkWindow({ from, to }: { from?: Date | undefined; to?: Date | undefined }): void {
  if (from === undefined || to === undefined || from < to) return;
  throw new AssayError(
    'invalid-query',
    `Expected a window that begins before it ends; received from=${from.toISOString()} and to=${to.toISOString()}.`,
  );
}
