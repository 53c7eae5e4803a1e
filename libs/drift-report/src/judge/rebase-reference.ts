import { scaleOf, STEPS, type FrozenReference } from '@assay/drift-statistics';
import type { DriftProfile } from '@assay/schema';

type Feature = FrozenReference['features'][string];
type Counts = DriftProfile['features'][string];

const sumOf = (counts: Iterable<number>) => {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
};

/**
 * The same bins, filled by other records: the reference that `counts` make, and what `current` counted as seen from it. Effects stay in
 * units of the old reference's standard deviation. `undefined` where either has no values or another kind.
 */
function rebaseFeature(feature: Feature, counts: Counts, current: Counts): [Feature, Counts] | undefined {
  const filled = sumOf(Object.values<number>(counts.counts));
  if (filled === 0) return undefined;
  if (feature.kind === 'numeric' && counts.kind === 'numeric' && current.kind === 'numeric') {
    const { profile } = feature;
    // Sums are distances from the old mean in steps of the old scale.
    const shift = counts.sum / filled;
    const based: Feature = {
      ...feature,
      counts: counts.counts,
      profile: {
        ...profile,
        ...{ count: filled, missing: counts.missing + counts.infinite },
        mean: profile.mean + (shift / STEPS) * scaleOf(profile),
      },
    };
    const sum = Math.round(current.sum - shift * sumOf(current.counts));
    return [based, { ...current, sum }];
  }
  if (feature.kind === 'categorical' && counts.kind === 'categorical' && current.kind === 'categorical')
    return [
      {
        kind: 'categorical',
        profile: { kind: 'categorical', count: filled, missing: counts.missing, counts: counts.counts },
      },
      current,
    ];
  return undefined;
}

/**
 * Other records as the reference of a profile: earlier weeks, the rest of a window, a part of the reference. Features that they have no
 * values of are left out.
 *
 * @param base Counted in the bins of `reference`.
 * @param profile Counted in the same bins.
 */
export function rebaseReference(
  reference: FrozenReference,
  base: DriftProfile,
  profile: DriftProfile,
): { reference: FrozenReference; profile: DriftProfile } {
  const features: Record<string, Feature> = {};
  const counted: DriftProfile['features'] = {};
  for (const [name, feature] of Object.entries(reference.features)) {
    const [counts, current] = [base.features[name], profile.features[name]];
    const pair = counts && current ? rebaseFeature(feature, counts, current) : undefined;
    if (pair) [features[name], counted[name]] = pair;
  }
  return {
    reference: { digest: reference.digest, inputs: base.records, features },
    profile: { ...profile, features: counted },
  };
}

/** What a profile counted beside a part of itself. */
export function restOf(whole: DriftProfile, part: DriftProfile): DriftProfile {
  // A part that was counted a moment later may hold more than the whole.
  const left = (all: number, some = 0) => Math.max(0, all - some);
  const features: DriftProfile['features'] = {};
  for (const [name, all] of Object.entries(whole.features)) {
    const some = part.features[name];
    if (all.kind === 'numeric' && some?.kind === 'numeric')
      features[name] = {
        kind: 'numeric',
        missing: left(all.missing, some.missing),
        infinite: left(all.infinite, some.infinite),
        counts: all.counts.map((count, bin) => left(count, some.counts[bin])),
        sum: all.sum - some.sum,
      };
    else if (all.kind === 'categorical' && some?.kind === 'categorical') {
      const taken = new Map(Object.entries(some.counts));
      const counts = Object.entries(all.counts).map(
        ([key, count]) => [key, left(count, taken.get(key))] as const,
      );
      features[name] = {
        kind: 'categorical',
        missing: left(all.missing, some.missing),
        counts: Object.fromEntries(counts.filter(([, count]) => count > 0)),
      };
    }
  }
  return { ...whole, records: left(whole.records, part.records), features };
}
