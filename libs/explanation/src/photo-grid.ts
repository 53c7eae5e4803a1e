import type { Size, ViewGeometry } from '@assay/preprocessing';
import { emptyMap, type CellMap } from './cell-map.ts';
import type { ViewActivation } from './class-activation.ts';

/** Most cells along a side of the grid: a window that is small in its photo would ask for thousands. */
const largestSide = 64;

/**
 * A grid over the photo whose cells are as large as the smallest cells of the maps, seen in the photo; where one view
 * shows the whole photo, it is the grid of the finest map.
 */
export function photoGrid(photo: Size, geometry: ViewGeometry, maps: ViewActivation): CellMap {
  const frame = geometry.frames[0]!;
  const side = (length: number, seen: number, cells: readonly number[]) =>
    Math.min(largestSide, Math.max(1, Math.round((length / seen) * Math.max(...cells))));
  return emptyMap(
    side(
      photo.width,
      frame.width,
      maps.map(({ columns }) => columns),
    ),
    side(
      photo.height,
      frame.height,
      maps.map(({ rows }) => rows),
    ),
  );
}

/**
 * Brings the maps of all views to one grid over the photo: mirrored views are turned back, what a view sees reflected
 * beyond the border goes to where it comes from, a cell that covers several cells of the grid is shared out by area.
 * Nothing is gained or lost: the grid sums to the mean over the views of the sums of their maps, but for what fell on the
 * padding around the photo.
 *
 * @param views maps of each view, in the order of the frames
 */
export function toPhotoGrid(views: readonly ViewActivation[], photo: Size, geometry: ViewGeometry): CellMap {
  const grid = photoGrid(photo, geometry, views[0] ?? []);
  const { canvas } = geometry;
  views.forEach((maps, view) => {
    const frame = geometry.frames[view]!;
    for (const map of maps) {
      const across = shares(
        { start: frame.left, length: frame.width, cells: map.columns, reversed: frame.mirrored },
        { start: canvas.left, length: canvas.width },
        { length: photo.width, cells: grid.columns },
      );
      const down = shares(
        { start: frame.top, length: frame.height, cells: map.rows, reversed: false },
        { start: canvas.top, length: canvas.height },
        { length: photo.height, cells: grid.rows },
      );
      deposit(map, grid, { across, down, scale: 1 / views.length });
    }
  });
  return grid;
}

/** `[target, share]` of each source cell along one axis; the shares of a cell sum to at most 1. */
type Shares = readonly (readonly (readonly [target: number, share: number])[])[];

function shares(
  source: { start: number; length: number; cells: number; reversed: boolean },
  canvas: { start: number; length: number },
  target: { length: number; cells: number },
): Shares {
  const size = source.length / source.cells;
  const shared = Array.from({ length: source.cells }, (_, cell) => {
    const from = source.start + cell * size;
    return pieces(from, from + size, canvas).flatMap(([start, end]) => overlaps(start, end, target, size));
  });
  return source.reversed ? shared.reverse() : shared;
}

/** An interval, folded back at the ends of the canvas as often as needed. */
function pieces(
  start: number,
  end: number,
  canvas: { start: number; length: number },
): (readonly [number, number])[] {
  const result: (readonly [number, number])[] = [];
  const first = Math.floor((start - canvas.start) / canvas.length);
  const last = Math.ceil((end - canvas.start) / canvas.length);
  for (let tile = first; tile < last; tile++) {
    const left = canvas.start + tile * canvas.length;
    const from = Math.max(start, left) - left;
    const to = Math.min(end, left + canvas.length) - left;
    if (to <= from) continue;
    const turned = tile % 2 !== 0;
    result.push([
      canvas.start + (turned ? canvas.length - to : from),
      canvas.start + (turned ? canvas.length - from : to),
    ]);
  }
  return result;
}

// eslint-disable-next-line @typescript-eslint/max-params -- two ends of an interval are one thing
function overlaps(
  start: number,
  end: number,
  target: { length: number; cells: number },
  whole: number,
): (readonly [number, number])[] {
  const size = target.length / target.cells;
  const result: (readonly [number, number])[] = [];
  const last = Math.min(target.cells, Math.ceil(end / size));
  for (let cell = Math.max(0, Math.floor(start / size)); cell < last; cell++) {
    const share = (Math.min(end, (cell + 1) * size) - Math.max(start, cell * size)) / whole;
    if (share > 0) result.push([cell, share]);
  }
  return result;
}

function deposit(map: CellMap, grid: CellMap, how: { across: Shares; down: Shares; scale: number }): void {
  const { values, columns } = grid;
  how.down.forEach((vertical, row) =>
    how.across.forEach((horizontal, column) => {
      const value = map.values[row * map.columns + column]! * how.scale;
      for (const [y, part] of vertical)
        for (const [x, share] of horizontal)
          values[y * columns + x] = values[y * columns + x]! + value * part * share;
    }),
  );
}
