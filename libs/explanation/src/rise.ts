import { seededRandom } from '@assay/random';
import { emptyMap } from './cell-map.ts';
import { evenGrid } from './even-grid.ts';
import { maskedScores, type Mask, type MaskedSubject } from './masked-scores.ts';
import type { PerturbationMap } from './occlusion.ts';

export interface RiseOptions {
  /** Default 200. */
  readonly masks?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Cells of a mask along each side, before it is smoothed. */
const coarse = 7;
/** Cells of the result along the longer side. */
const cells = 14;

/**
 * RISE (Petsiuk, Das & Saenko 2018, "Randomized Input Sampling for Explanation of Black-box Models"): random smooth masks
 * hide about half of the photo each. Each cell is told the mean of the measure weighted by how much of the cell was left,
 * less the mean over all masks, so that 0 says that the cell makes no difference.
 */
export async function rise(
  subject: MaskedSubject,
  { masks: count = 200, seed = 1 }: RiseOptions = {},
): Promise<PerturbationMap> {
  const { photo } = subject;
  const masks = Array.from({ length: count }, (_, index) => smoothMask(subject, [seed, index]));
  const { whole, masked } = await maskedScores(subject, masks);
  const mean = masked.reduce((sum, score) => sum + score, 0) / count;
  const { columns, rows } = evenGrid(photo, cells);
  const map = emptyMap(columns, rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const x = ((column + 0.5) / columns) * photo.width;
      const y = ((row + 0.5) / rows) * photo.height;
      let weight = 0;
      let sum = 0;
      masks.forEach((mask, index) => {
        const left = mask(x, y);
        weight += left;
        sum += left * (masked[index]! - mean);
      });
      map.values[cell] = weight === 0 ? 0 : sum / weight;
    }
  }
  return { map, score: whole };
}

/** Cells that are there or not with equal chance, interpolated linearly, moved by a random part of a cell. */
function smoothMask({ photo }: MaskedSubject, seed: readonly number[]): Mask {
  const random = seededRandom('rise', ...seed);
  const side = coarse + 2;
  const lattice = Float64Array.from({ length: side * side }, () => (random.chance(0.5) ? 1 : 0));
  const [dx, dy] = [random.uniform(), random.uniform()];
  return (x, y) => {
    const u = Math.min(coarse, (x / photo.width) * coarse) + dx;
    const v = Math.min(coarse, (y / photo.height) * coarse) + dy;
    const [column, row] = [Math.floor(u), Math.floor(v)];
    const [right, down] = [u - column, v - row];
    const at = row * side + column;
    const upper = lattice[at]! * (1 - right) + lattice[at + 1]! * right;
    const lower = lattice[at + side]! * (1 - right) + lattice[at + side + 1]! * right;
    return upper * (1 - down) + lower * down;
  };
}
