/** Relative difference up to which two tables count as equally likely. */
const relativeError = 1e-7;

/**
 * Fisher's exact test of a table of counts `[[a, b], [c, d]]`, two-sided: the chance, with the sums of rows and columns
 * fixed and no association, of a table that is as unlikely or more so (Fisher 1922).
 *
 * @returns p, 0 to 1.
 */
export function fisherExact(a: number, b: number, [c, d]: readonly [number, number]): number {
  const row = a + b;
  const column = a + c;
  const total = row + c + d;
  const logs = logFactorials(total);
  const logChoose = (n: number, k: number) => logs[n]! - logs[k]! - logs[n - k]!;
  const chance = (k: number) =>
    Math.exp(logChoose(row, k) + logChoose(total - row, column - k) - logChoose(total, column));
  const limit = chance(a) * (1 + relativeError);
  let p = 0;
  for (let k = Math.max(0, row + column - total); k <= Math.min(row, column); k++) {
    const own = chance(k);
    if (own <= limit) p += own;
  }
  return Math.min(1, p);
}

/** `ln 0!` to `ln n!`. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) logs[k] = logs[k - 1]! + Math.log(k);
  return logs;
}
