import type { ModelManifest } from '@assay/schema';
import { nameOf } from './compare-packages.ts';
import { isLoss, type Verdict } from './compare-scores.ts';

/** Width of a 95 % interval in standard errors. */
const width = 2 * 1.96;

/**
 * Compares two packages by what their manifests say, where their inputs are not at hand: the second is better or worse only if
 * the figures differ by more than their intervals explain, as if they came from different inputs. Without
 * intervals the plain figures decide.
 */
export function compareStored(
  first: ModelManifest,
  second: ModelManifest,
  metric: string,
): { verdict: Verdict; sentence: string } {
  const [a, b] = [first, second].map(
    ({ evaluation, metrics }) => evaluation?.metrics[metric] ?? { value: metrics[metric] },
  ) as [StoredFigure, StoredFigure];
  const names = `${nameOf(second)} and ${nameOf(first)}`;
  if (a.value === undefined || b.value === undefined)
    return { verdict: 'undecided', sentence: `${names} have no ${metric} in common.` };
  const error = Math.hypot(errorOf(a), errorOf(b));
  const gain = isLoss(metric) ? a.value - b.value : b.value - a.value;
  const verdict = Math.abs(gain) <= 1.96 * error || gain === 0 ? 'undecided' : gain > 0 ? 'better' : 'worse';
  const figures = `${metric} ${b.value.toFixed(3)} against ${a.value.toFixed(3)}, as their manifests say`;
  return {
    verdict,
    sentence:
      verdict === 'undecided'
        ? `No difference between ${names} can be told: ${figures}.`
        : `${nameOf(second)} is ${verdict} than ${nameOf(first)}: ${figures}.`,
  };
}

interface StoredFigure {
  value: number | undefined;
  interval?: readonly [number, number] | undefined;
}

function errorOf({ interval }: StoredFigure): number {
  return interval === undefined ? 0 : (interval[1] - interval[0]) / width;
}
