import type { CellMap } from './cell-map.ts';
import { maskedScores, type Mask, type MaskedSubject } from './masked-scores.ts';

/** Areas under two curves of the measure against the share of the photo, 0 to 1 where the measure is a probability. */
export interface MapAreas {
  /** Cells are hidden, the strongest first: small where the map is faithful. */
  readonly deletion: number;
  /** Cells are shown on an empty photo, the strongest first: large where the map is faithful. */
  readonly insertion: number;
}

/** Points of each curve after the first. */
const steps = 10;

/**
 * Deletion and insertion (Petsiuk et al. 2018, "RISE", section 4.2) of cells of a map. What is hidden has the mean colour.
 */
export async function deletionInsertion(subject: MaskedSubject, map: CellMap): Promise<MapAreas> {
  const { photo } = subject;
  const count = map.values.length;
  const strongestFirst = Array.from(map.values.keys()).sort((a, b) => map.values[b]! - map.values[a]!);
  const rank = new Float64Array(count);
  strongestFirst.forEach((cell, place) => (rank[cell] = place));
  const rankAt = (x: number, y: number) => {
    const column = Math.min(map.columns - 1, Math.floor((x / photo.width) * map.columns));
    const row = Math.min(map.rows - 1, Math.floor((y / photo.height) * map.rows));
    // Padding around the photo goes with the cell beside it.
    return rank[Math.max(0, row) * map.columns + Math.max(0, column)]!;
  };
  const taken = Array.from({ length: steps + 1 }, (_, step) => (step * count) / steps);
  const hide = taken.slice(1).map(
    (cells): Mask =>
      (x, y) =>
        rankAt(x, y) < cells ? 0 : 1,
  );
  const show = taken.slice(1, -1).map(
    (cells): Mask =>
      (x, y) =>
        rankAt(x, y) < cells ? 1 : 0,
  );
  const { whole, masked } = await maskedScores(subject, [...hide, ...show]);
  const empty = masked[steps - 1]!;
  return {
    deletion: area([whole, ...masked.subarray(0, steps)]),
    insertion: area([empty, ...masked.subarray(steps), whole]),
  };
}

/** By trapezoids, over 0 to 1. */
function area(curve: readonly number[]): number {
  const ends = (curve[0]! + curve.at(-1)!) / 2;
  return (curve.slice(1, -1).reduce((sum, value) => sum + value, 0) + ends) / (curve.length - 1);
}
