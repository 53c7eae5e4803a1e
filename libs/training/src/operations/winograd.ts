/** One-dimensional matrices of a minimal filtering F(m, 3). */
interface MinimalFiltering {
  /** `[m + 2, m + 2]`. */
  readonly tile: Matrix;
  /** `[m + 2, 3]`. */
  readonly filter: Matrix;
  /** `[m, m + 2]`. */
  readonly output: Matrix;
}

type Matrix = readonly (readonly number[])[];

/** Outputs along each side of a tile. */
export type TileSide = 2 | 4;

/** Lavin & Gray 2016, Fast Algorithms for Convolutional Neural Networks, sections 4.1 and 4.3. */
const filterings: Readonly<Record<TileSide, MinimalFiltering>> = {
  2: {
    tile: [
      [1, 0, -1, 0],
      [0, 1, 1, 0],
      [0, -1, 1, 0],
      [0, 1, 0, -1],
    ],
    filter: [
      [1, 0, 0],
      [1 / 2, 1 / 2, 1 / 2],
      [1 / 2, -1 / 2, 1 / 2],
      [0, 0, 1],
    ],
    output: [
      [1, 1, 1, 0],
      [0, 1, -1, -1],
    ],
  },
  4: {
    tile: [
      [4, 0, -5, 0, 1, 0],
      [0, -4, -4, 1, 1, 0],
      [0, 4, -4, -1, 1, 0],
      [0, -2, -1, 2, 1, 0],
      [0, 2, -1, -2, 1, 0],
      [0, 4, 0, -5, 0, 1],
    ],
    filter: [
      [1 / 4, 0, 0],
      [-1 / 6, -1 / 6, -1 / 6],
      [-1 / 6, 1 / 6, -1 / 6],
      [1 / 24, 1 / 12, 1 / 6],
      [1 / 24, -1 / 12, 1 / 6],
      [0, 0, 1],
    ],
    output: [
      [1, 1, 1, 1, 1, 0],
      [0, 1, -1, 2, -2, 0],
      [0, 1, 1, 4, 4, 0],
      [0, 1, -1, 8, -8, 1],
    ],
  },
};

/** Matrices in two dimensions: `M ⊗ M` acts on tiles, filters and outputs that are read row by row. */
export interface Winograd {
  /** `[t², t²]` with `t = m + 2`: pixels of a tile to its transform. */
  readonly tile: Matrix;
  /** `[t², 9]`: taps of a filter to its transform. */
  readonly filter: Matrix;
  /** `[t² + 1, t²]`: gradient of a tile's transform to that of its pixels, and a row of zeros. */
  readonly tileGradient: Matrix;
  /** `[9, t²]`: gradient of a filter's transform to that of its taps. */
  readonly filterGradient: Matrix;
  /** `[m², t²]`: products to outputs. */
  readonly output: Matrix;
  /** `[t², m²]`: gradient of the outputs to that of the products. */
  readonly outputGradient: Matrix;
}

/**
 * Winograd's minimal filtering F(m×m, 3×3): m×m outputs of a 3×3 filter from a tile of (m + 2)×(m + 2) pixels by
 * (m + 2)² multiplications where the sum over taps takes 9 m².
 */
export function winograd(side: TileSide): Winograd {
  const { tile, filter, output } = filterings[side];
  const inTwo = { tile: squared(tile), filter: squared(filter), output: squared(output) };
  return {
    ...inTwo,
    tileGradient: [...transpose(inTwo.tile), inTwo.tile.map(() => 0)],
    filterGradient: transpose(inTwo.filter),
    outputGradient: transpose(inTwo.output),
  };
}

/** `M ⊗ M`. */
function squared(matrix: Matrix): number[][] {
  return matrix.flatMap((down) =>
    matrix.map((across) => down.flatMap((first) => across.map((second) => first * second))),
  );
}

function transpose(matrix: Matrix): number[][] {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0));
}
