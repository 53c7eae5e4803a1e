import { permutationTail } from '../hypothesis-tests/permutation-tail.ts';
import { maximumMeanDiscrepancy, type Rows } from '../hypothesis-tests/maximum-mean-discrepancy.ts';
import { quantile } from '../sorted-sample.ts';
import { normalCritical } from '../special-functions/normal.ts';
import { describeMean } from './direction.ts';
import type { Evidence } from './judge-feature.ts';

/** Relabellings: their moments say how far the tail goes, see {@link permutationTail}. */
const PERMUTATIONS = 299;
/** The least points of each sample. */
const LEAST_POINTS = 10;

/** Mean and standard deviation of each coordinate. */
function moments(rows: Rows): { mean: number; deviation: number }[] {
  return Array.from({ length: rows[0]!.length }, (_, k) => {
    const mean = rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / rows.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
}

/**
 * Evidence about points, for example embeddings, as a whole: the maximum mean discrepancy, whose root is the effect, and its permutation test. It
 * sees what no coordinate shows alone. O((m + n)²): give some hundreds of points.
 *
 * @param reference Rows `[m, d]`, finite.
 * @param current Rows `[n, d]`, finite.
 * @returns `undefined` for fewer than ten rows in a sample.
 */
export function pointsEvidence(
  feature: string,
  { reference, current }: { reference: Rows; current: Rows },
): Evidence | undefined {
  const [m, n] = [reference.length, current.length];
  if (Math.min(m, n) < LEAST_POINTS) return undefined;
  const { statistic, permuted } = maximumMeanDiscrepancy(reference, current, {
    permutations: PERMUTATIONS,
    seed: feature,
  });
  const sorted = permuted.toSorted();
  const spread = Math.sqrt(permuted.reduce((sum, value) => sum + value ** 2, 0) / permuted.length);
  const root = (square: number) => Math.sqrt(Math.max(0, square));
  const [before, now] = [moments(reference), moments(current)];
  const shifts = before.map(({ mean, deviation }, k) =>
    deviation > 0 ? (now[k]!.mean - mean) / deviation : 0,
  );
  return {
    ...{ feature, aspect: 'values' as const, reference: m, current: n },
    pValue: permutationTail(statistic, permuted),
    measure: 'maximum-mean-discrepancy',
    effect: root(statistic),
    direction: describeMean(Math.sqrt(shifts.reduce((sum, shift) => sum + shift ** 2, 0) / shifts.length)),
    chance: ({ level }) => root(quantile(sorted, level)),
    sensitivity: ({ level, power, worthSeeing }) => {
      // MMD² has a standard error of about the permuted spread, which falls with 1/m + 1/n.
      const square = (normalCritical(level) + normalCritical(1 - power)) * spread;
      const left = worthSeeing ** 2 / (square / (1 / m + 1 / n)) - 1 / m;
      return { effect: root(square), valuesNeeded: left > 0 ? Math.ceil(1 / left) : undefined };
    },
  };
}
