import {
  binnedDeviation,
  describeShare,
  detectableShares,
  fisherExact,
  STEPS,
  valueEvidence,
  type Evidence,
} from '@assay/drift-statistics';
import type { HourOutcomes, LatencyCounts, WindowCounts } from '../window/drift-window.ts';

/** How requests ended, summed over hours. */
export function sumOutcomes(outcomes: readonly HourOutcomes[]): Omit<HourOutcomes, 'hour'> {
  const sum = { answered: 0, refused: 0, failed: 0, cancelled: 0 };
  for (const one of outcomes) {
    sum.answered += one.answered;
    sum.refused += one.refused;
    sum.failed += one.failed;
    sum.cancelled += one.cancelled;
  }
  return sum;
}

/** Two points of failures are worth an alarm; refusals are the callers' own and take five. */
const FAILED = { floor: 0.02, worthSeeing: 0.1 };
/** Latency follows the load of the day: what lies within half a deviation of its logarithm is no change. */
const LATENCY = { floor: 0.5, worthSeeing: 1 };

/**
 * Evidence about operation against the days before: shares of refused and failed requests by Fisher's exact test, latency by its
 * histogram. Requests that the caller gave up count in neither.
 *
 * @param before Left out where the log has nothing of it; then there is no evidence.
 */
export function operationEvidence(window: WindowCounts, before: WindowCounts | undefined): Evidence[] {
  if (before === undefined) return [];
  const [was, is] = [sumOutcomes(before.outcomes), sumOutcomes(window.outcomes)];
  const latency = latencyEvidence(window.latency, before.latency);
  const m = was.answered + was.refused + was.failed;
  const n = is.answered + is.refused + is.failed;
  if (m === 0) return latency ? [latency] : [];
  return [
    shareEvidence('operation.refused', [was.refused, m], [is.refused, n]),
    { ...shareEvidence('operation.failed', [was.failed, m], [is.failed, n]), limits: FAILED },
    ...(latency ? [latency] : []),
  ];
}

function shareEvidence(
  feature: string,
  [a, m]: readonly [hits: number, of: number],
  [b, n]: readonly [hits: number, of: number],
): Evidence {
  const effect = Math.abs(a / m - b / n);
  return {
    ...{ feature, aspect: 'values' as const, reference: m, current: n },
    pValue: n === 0 ? 1 : fisherExact([a, m - a], [b, n - b]).pValue,
    ...{ measure: 'share', effect },
    direction: n === 0 ? 'no requests' : describeShare(a / m, b / n),
    // Fisher's test is exact: no distance has to be calibrated.
    chance: () => 0,
    sensitivity: (options) => detectableShares(2, { ...options, reference: m, current: n }),
  };
}

/** Latencies by their logarithm, because that is what is about normal; `undefined` where they cannot be compared. */
function latencyEvidence(window: LatencyCounts, before: LatencyCounts): Evidence | undefined {
  const edges = before.edges.map((edge) => Math.log1p(Math.max(0, edge)));
  const same =
    edges.length === window.edges.length && before.edges.every((edge, i) => edge === window.edges[i]);
  const count = before.counts.reduce((sum, one) => sum + one, 0);
  const current = window.counts.reduce((sum, one) => sum + one, 0);
  const deviation = same && count > 0 && edges.length > 1 ? binnedDeviation(edges, before.counts) : 0;
  if (!(deviation > 0)) return undefined;
  const mean = binnedMean(edges, before.counts);
  const shift = current === 0 ? 0 : (binnedMean(edges, window.counts) - mean) / deviation;
  const evidence = valueEvidence('operation.latency', {
    digest: 'latency',
    feature: {
      ...{ kind: 'numeric', edges, counts: before.counts },
      profile: {
        ...{ kind: 'numeric', count, missing: 0, mean, deviation, edges, counts: [...before.counts] },
        ...{ minimum: edges[0]!, maximum: edges.at(-1)! },
      },
    },
    counts: {
      ...{ kind: 'numeric', missing: 0, infinite: 0, counts: [...window.counts] },
      sum: Math.round(shift * current * STEPS),
    },
  });
  if (evidence === undefined) return undefined;
  // What was before differs from report to report: its threshold is not worth keeping.
  return {
    ...evidence,
    limits: LATENCY,
    chance: (options) => evidence.chance({ ...options, cache: undefined }),
  };
}

function binnedMean(edges: readonly number[], counts: readonly number[]): number {
  const last = edges.length - 1;
  let sum = 0;
  let all = 0;
  counts.forEach((count, bin) => {
    const middle = bin === 0 ? edges[0]! : bin > last ? edges[last]! : (edges[bin - 1]! + edges[bin]!) / 2;
    sum += count * middle;
    all += count;
  });
  return sum / all;
}
