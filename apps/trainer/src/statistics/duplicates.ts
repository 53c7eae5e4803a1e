import type { SplitName } from '../data/sample.ts';

/** Something of the data set, by where it is. */
export interface Placed {
  path: string;
  label: string;
  split: SplitName;
}

/** Samples that are the same. */
export interface DuplicateGroup {
  samples: Placed[];
  /** In more than one part: what is measured on one was learnt from the other. */
  acrossSplits: boolean;
  /** Of more than one class: at least one label is wrong. */
  acrossLabels: boolean;
}

/** Groups of equal content, by digest. */
export function exactDuplicates(samples: readonly (Placed & { digest: string })[]): DuplicateGroup[] {
  const groups = new Map<string, Placed[]>();
  for (const { digest, path, label, split } of samples)
    groups.set(digest, [...(groups.get(digest) ?? []), { path, label, split }]);
  return [...groups.values()].filter((group) => group.length > 1).map(duplicateGroup);
}

export function duplicateGroup(samples: Placed[]): DuplicateGroup {
  return {
    samples,
    acrossSplits: new Set(samples.map(({ split }) => split)).size > 1,
    acrossLabels: new Set(samples.map(({ label }) => label)).size > 1,
  };
}
