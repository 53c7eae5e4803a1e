import { AssayError, type DriftProfile } from '@assay/schema';
import type { FrozenReference } from '../profiles/frozen-reference.ts';
import { judgeFamily, type FamilyVerdict, type JudgeOptions } from './judge-family.ts';
import { missingEvidence, valueEvidence, type Evidence } from './judge-feature.ts';

export interface WindowVerdict extends FamilyVerdict {
  records: number;
}

/**
 * Evidence about every feature of a window, and about values that are missing: the family of {@link judgeWindow}. Features that the
 * window did not count are left out.
 *
 * @throws `invalid-profile` where the window was counted by another reference's bins.
 */
export function windowEvidence(reference: FrozenReference, window: DriftProfile): Evidence[] {
  if (window.reference !== reference.digest)
    throw new AssayError(
      'invalid-profile',
      `Expected a window that was counted in the bins of reference ${reference.digest.slice(0, 12)}; got ${window.reference.slice(0, 12)}. Count it again.`,
    );
  return Object.entries(reference.features).flatMap(([name, feature]) => {
    const counts = window.features[name];
    if (counts === undefined) return [];
    const about = { feature, counts, digest: reference.digest };
    return [valueEvidence(name, about), missingEvidence(name, about)].filter((one) => one !== undefined);
  });
}

/**
 * Whether a window's records come from the reference's world: {@link judgeFamily} over {@link windowEvidence}.
 *
 * @throws `invalid-profile` where the window was counted by another reference's bins.
 */
export function judgeWindow(
  reference: FrozenReference,
  window: DriftProfile,
  options: JudgeOptions = {},
): WindowVerdict {
  return {
    ...judgeFamily(windowEvidence(reference, window), options),
    records: window.records,
  };
}
