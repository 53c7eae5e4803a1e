import { binOf, type FrozenReference } from '@assay/drift-statistics';
import type { DriftProfile } from '@assay/schema';

type Feature = FrozenReference['features'][string];
type Counts = DriftProfile['features'][string];
export type Cell = number | string | null;

/** Jeffreys' pseudo-count: bins that one side never filled are unlikely there, not impossible. */
const PSEUDO = 0.5;

/**
 * How much likelier a value of one feature is in the window than in the reference: the natural logarithm of the ratio of the two smoothed
 * shares of its bin; a missing value counts as a bin.
 *
 * @returns 0 for every value where the two are of different kinds or one is empty.
 */
export function logLikelihoodRatio(feature: Feature, counts: Counts): (value: Cell) => number {
  const missing = [
    feature.profile.missing,
    counts.missing + (counts.kind === 'numeric' ? counts.infinite : 0),
  ];
  if (feature.kind === 'numeric' && counts.kind === 'numeric') {
    const { edges } = feature;
    const ratio = ratioOf(feature.counts, counts.counts, missing);
    return (value) =>
      ratio(typeof value === 'number' && Number.isFinite(value) ? binOf(value, edges) : undefined);
  }
  if (feature.kind === 'categorical' && counts.kind === 'categorical') {
    const [before, now] = [feature.profile.counts, counts.counts];
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    const [a, b] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
    const ratio = ratioOf(
      names.map((name) => a.get(name) ?? 0),
      names.map((name) => b.get(name) ?? 0),
      missing,
    );
    const at = new Map(names.map((name, bin) => [name, bin]));
    return (value) => ratio(value === null ? undefined : at.get(String(value)));
  }
  return () => 0;
}

/** The logarithm by bin; of a missing value for `undefined`. */
function ratioOf(
  reference: readonly number[],
  current: readonly number[],
  [before = 0, now = 0]: readonly number[],
): (bin: number | undefined) => number {
  const sum = (counts: readonly number[], missing: number) =>
    counts.reduce((total, count) => total + count, missing) + PSEUDO * (counts.length + 1);
  const [m, n] = [sum(reference, before), sum(current, now)];
  const log = (a: number, b: number) => Math.log(((b + PSEUDO) / n) * (m / (a + PSEUDO)));
  const bins = reference.map((count, bin) => log(count, current[bin]!));
  const absent = log(before, now);
  return (bin) => (bin === undefined ? absent : (bins[bin] ?? 0));
}
