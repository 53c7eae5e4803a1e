import { AssayError } from '@assay/schema';

/** So many faults are written out; the rest are counted. Programs find all of them in `extensions.faults`. */
const shown = 100;

/** Throws one error that lists every fault, if there are any. */
export function refuseFaults(source: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > shown ? [`… and ${faults.length - shown} more`] : [];
  const lines = [...faults.slice(0, shown), ...more].map((fault) => `\n  - ${fault}`).join('');
  throw new AssayError('invalid-dataset', `${source} has ${faults.length} fault(s):${lines}`, {
    extensions: { faults },
  });
}
