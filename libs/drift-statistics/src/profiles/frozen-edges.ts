import type { NumericProfile } from '@assay/schema';

/** Distances of the outer edges from the reference's smallest and largest value, in its standard deviations. */
const OUTER = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64];

/** Edges of a window's bins, and how many of them lie before the reference's own. */
export interface FrozenEdges {
  edges: number[];
  below: number;
}

/** The scale of a feature: its standard deviation, or a tenth of its size (1 for 0) where the reference is constant. */
export function scaleOf({ deviation, mean }: Pick<NumericProfile, 'deviation' | 'mean'>): number {
  return deviation > 0 ? deviation : Math.abs(mean) / 10 || 1;
}

/**
 * The edges of the reference with outer ones added on both sides, so that a window that left the reference's range shows by how much. They
 * follow from the reference alone and never from the window.
 */
export function frozenEdges(profile: NumericProfile): FrozenEdges {
  const { edges, minimum, maximum } = profile;
  const scale = scaleOf(profile);
  const lowest = Math.min(minimum, edges[0] ?? minimum);
  const highest = Math.max(maximum, edges.at(-1) ?? maximum);
  const before = OUTER.toReversed().map((distance) => lowest - distance * scale);
  const after = OUTER.map((distance) => highest + distance * scale);
  const first = before.filter((edge, i) => edge < lowest && edge !== before[i + 1]);
  const last = after.filter((edge, i) => edge > highest && edge !== after[i - 1]);
  return { edges: [...first, ...edges, ...last], below: first.length };
}
