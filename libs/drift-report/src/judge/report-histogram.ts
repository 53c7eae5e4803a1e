import type { FrozenReference } from '@assay/drift-statistics';
import type { DriftProfile, ReportHistogram } from '@assay/schema';
import { clip } from '../wording/clean-text.ts';

/** Names that a histogram shows; the others are summed up. */
const MOST_NAMES = 30;
/** What the others are called. */
export const OTHERS = '…';

type Feature = FrozenReference['features'][string];
type Counts = DriftProfile['features'][string];

/** Empty bins at both ends say nothing: one of them stays. */
function trimNumeric(edges: readonly number[], reference: readonly number[], current: readonly number[]) {
  const filled = (bin: number) => reference[bin]! + (current[bin] ?? 0) > 0;
  let first = 0;
  let last = edges.length;
  while (first < last && !filled(first) && !filled(first + 1)) first++;
  while (last > first && !filled(last) && !filled(last - 1)) last--;
  return {
    edges: edges.slice(first, last),
    reference: reference.slice(first, last + 1),
    current: Array.from({ length: last + 1 - first }, (_, i) => current[first + i] ?? 0),
  };
}

/** Reference and current counts in the same bins, of bounded size; `undefined` where the two are of different kinds. */
export function reportHistogram(feature: Feature, counts: Counts): ReportHistogram | undefined {
  if (feature.kind === 'numeric' && counts.kind === 'numeric')
    return { kind: 'numeric', ...trimNumeric(feature.edges, feature.counts, counts.counts) };
  if (feature.kind !== 'categorical' || counts.kind !== 'categorical') return undefined;
  const [before, now] = [
    new Map(Object.entries(feature.profile.counts)),
    new Map(Object.entries(counts.counts)),
  ];
  const sum = (values: Iterable<number>) => [...values].reduce((total, one) => total + one, 0);
  const [m, n] = [sum(before.values()), sum(now.values())];
  const share = (name: string) => (before.get(name) ?? 0) / (m || 1) + (now.get(name) ?? 0) / (n || 1);
  const names = [...new Set([...before.keys(), ...now.keys()])].sort(
    (a, b) => share(b) - share(a) || (a < b ? -1 : 1),
  );
  const shown = names.slice(0, MOST_NAMES);
  const rest = names.slice(MOST_NAMES);
  const column = (of: ReadonlyMap<string, number>) => [
    ...shown.map((name) => of.get(name) ?? 0),
    ...(rest.length > 0 ? [sum(rest.map((name) => of.get(name) ?? 0))] : []),
  ];
  return {
    kind: 'categorical',
    names: [...shown.map((name) => clip(name)), ...(rest.length > 0 ? [OTHERS] : [])],
    reference: column(before),
    current: column(now),
  };
}
