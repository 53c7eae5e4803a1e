import { emptyMap, type CellMap } from './cell-map.ts';
import { evenGrid } from './even-grid.ts';
import { maskedScores, type Mask, type MaskedSubject } from './masked-scores.ts';

/** What a perturbation method found. */
export interface PerturbationMap {
  readonly map: CellMap;
  /** The measure of the untouched image. */
  readonly score: number;
}

/** Cells along the longer side of the photo. */
const cells = 8;
/** Cells along a side of what is hidden at once. */
const patch = 2;

/**
 * Occlusion (Zeiler & Fergus 2014, "Visualizing and Understanding Convolutional Networks"): a square of mean colour, two
 * cells wide, is moved over the photo in steps of one cell. Each cell is told how much the measure falls on average while
 * it is hidden. At most 49 squares; each costs one run of every view that shows it.
 */
export async function occlusion(subject: MaskedSubject): Promise<PerturbationMap> {
  const { photo } = subject;
  const { columns, rows } = evenGrid(photo, cells);
  const size = { width: photo.width / columns, height: photo.height / rows };
  const places = positions(columns).flatMap((column) => positions(rows).map((row) => ({ column, row })));
  const masks = places.map(({ column, row }): Mask => {
    const [left, top] = [column * size.width, row * size.height];
    const [right, bottom] = [left + patch * size.width, top + patch * size.height];
    return (x, y) => (x >= left && x < right && y >= top && y < bottom ? 0 : 1);
  });
  const { whole, masked } = await maskedScores(subject, masks);
  const map = emptyMap(columns, rows);
  const counts = new Float64Array(columns * rows);
  places.forEach(({ column, row }, index) => {
    for (let y = row; y < Math.min(rows, row + patch); y++)
      for (let x = column; x < Math.min(columns, column + patch); x++) {
        const cell = y * columns + x;
        counts[cell] = counts[cell]! + 1;
        map.values[cell] = map.values[cell]! + (whole - masked[index]!);
      }
  });
  map.values.forEach((sum, cell) => (map.values[cell] = sum / counts[cell]!));
  return { map, score: whole };
}

function positions(length: number): number[] {
  return Array.from({ length: Math.max(1, length - patch + 1) }, (_, at) => at);
}
