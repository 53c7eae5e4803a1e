import type { Size, Window } from '@assay/preprocessing';
import type { CellMap } from './cell-map.ts';

/**
 * The share of a map's positive evidence that lies in a window of the photo, cells at its border counted by area
 * ("energy-based pointing game", Wang et al. 2020).
 *
 * @param window in pixels of the photo
 * @returns 0 to 1; NaN where nothing is positive
 */
export function energyInside(map: CellMap, window: Window, photo: Size): number {
  const across = overlaps(window.left, window.width, { length: photo.width, cells: map.columns });
  const down = overlaps(window.top, window.height, { length: photo.height, cells: map.rows });
  let inside = 0;
  let all = 0;
  map.values.forEach((value, cell) => {
    const energy = Math.max(0, value);
    all += energy;
    inside += energy * across[cell % map.columns]! * down[Math.floor(cell / map.columns)]!;
  });
  return inside / all;
}

/** Share of each cell along one axis that lies in an interval. */
function overlaps(start: number, length: number, axis: { length: number; cells: number }): number[] {
  const size = axis.length / axis.cells;
  return Array.from({ length: axis.cells }, (_, cell) => {
    const from = Math.max(start, cell * size);
    const to = Math.min(start + length, (cell + 1) * size);
    return Math.max(0, to - from) / size;
  });
}
