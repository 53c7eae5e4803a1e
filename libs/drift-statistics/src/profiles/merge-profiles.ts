import { AssayError, type DriftProfile } from '@assay/schema';

type Counts = DriftProfile['features'][string];

/** Adds what `from` counted to `into`, which this call owns. */
function addCounts(into: Counts, from: Counts, name: string): void {
  if (into.kind === 'numeric' && from.kind === 'numeric' && into.counts.length === from.counts.length) {
    into.missing += from.missing;
    into.infinite += from.infinite;
    into.sum += from.sum;
    from.counts.forEach((count, bin) => (into.counts[bin]! += count));
  } else if (into.kind === 'categorical' && from.kind === 'categorical') {
    into.missing += from.missing;
    // A map, because a category may be named like a property of every object.
    const sum = new Map(Object.entries(into.counts));
    for (const [key, count] of Object.entries(from.counts)) sum.set(key, (sum.get(key) ?? 0) + count);
    into.counts = Object.fromEntries(sum);
  } else {
    throw new AssayError(
      'invalid-profile',
      `Expected the same bins of "${name}" in all profiles of one reference; got ${into.kind} and ${from.kind}. Count the window again.`,
    );
  }
}

const keyOf = ({ model, version, slice, reference }: DriftProfile) =>
  `${model}@${version}, slice ${slice}, reference ${reference.slice(0, 12)}`;

/**
 * The profile of all records that the given ones counted. Whole numbers are added: exact, associative, commutative. A profile whose
 * sources are all counted already adds nothing (idempotent by the names of its sources).
 *
 * @throws `invalid-profile` for none at all, for different models, versions, slices or references, and where sources overlap in part:
 *   what is counted twice cannot be taken out again.
 */
export function mergeProfiles(profiles: Iterable<DriftProfile>): DriftProfile {
  // The widest first, so that a part of it is recognised whatever the order.
  const ordered = [...profiles].sort((a, b) => b.sources.length - a.sources.length);
  const [first] = ordered;
  if (first === undefined)
    throw new AssayError('invalid-profile', 'Expected a profile or more to merge; got none.');
  const sources = new Set<string>();
  const merged: DriftProfile = { ...first, records: 0, features: {} };
  for (const profile of ordered) {
    if (keyOf(profile) !== keyOf(first))
      throw new AssayError(
        'invalid-profile',
        `Expected profiles of ${keyOf(first)}; got one of ${keyOf(profile)}. Merge each by itself.`,
      );
    const known = profile.sources.filter((source) => sources.has(source));
    if (known.length === profile.sources.length) continue;
    if (known.length > 0)
      throw new AssayError(
        'invalid-profile',
        `Expected profiles of different sources; "${known[0]!}" is in two that each hold others besides. Merge the parts instead.`,
      );
    for (const source of profile.sources) sources.add(source);
    merged.records += profile.records;
    if (profile.from < merged.from) merged.from = profile.from;
    if (profile.to > merged.to) merged.to = profile.to;
    for (const [name, counts] of Object.entries(profile.features)) {
      const into = merged.features[name];
      if (into === undefined) merged.features[name] = structuredClone(counts);
      else addCounts(into, counts, name);
    }
  }
  merged.sources = [...sources].sort();
  return merged;
}
