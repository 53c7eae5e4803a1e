import type { ScopeGateStatistics } from '@assay/schema';

/** Name of the file in a package. */
export const gateFile = 'scope-gate.json';

/** Far below what the float32 embeddings can tell. */
const significantDigits = 9;

/** The file of a scope gate: the upper triangle of the precision, which is symmetric, in as many digits as matter. */
export function packGate({ mean, precision }: ScopeGateStatistics): string {
  const size = mean.length;
  const triangle = precision.filter((_, index) => index % size >= Math.floor(index / size));
  const short = (value: number) => Number(value.toPrecision(significantDigits));
  return JSON.stringify({
    mean: mean.map(short),
    precision: triangle.map(short),
  } satisfies ScopeGateStatistics);
}
