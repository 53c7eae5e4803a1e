/**
 * Matrices of Winograd's minimal filtering F(2×2, 3×3) (Lavin & Gray 2016): 2×2 outputs of a 3×3 filter from a 4×4 tile by
 * 16 multiplications where the sum over taps takes 36.
 */
const tileTransform = [
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
];
const filterTransform = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];
const outputTransform = [
  [1, 1, 1, 0],
  [0, 1, -1, -1],
];

type Matrix = readonly (readonly number[])[];

/** Matrices in two dimensions: `M ⊗ M` acts on tiles, filters and outputs that are read row by row. */
export const winograd = {
  /** `[16, 16]`: pixels of a tile to its transform. */
  tile: inBothDimensions(tileTransform),
  /** `[16, 9]`: taps of a filter to its transform. */
  filter: inBothDimensions(filterTransform),
  /** `[17, 16]`: gradient of a tile's transform to that of its pixels, and a row of zeros. */
  tileGradient: [...transpose(inBothDimensions(tileTransform)), new Array<number>(16).fill(0)],
  /** `[9, 16]`: gradient of a filter's transform to that of its taps. */
  filterGradient: transpose(inBothDimensions(filterTransform)),
  /** `[4, 16]`: products to the 2×2 outputs. */
  output: inBothDimensions(outputTransform),
  /** `[16, 4]`: gradient of the outputs to that of the products. */
  outputGradient: transpose(inBothDimensions(outputTransform)),
} as const satisfies Record<string, Matrix>;

function inBothDimensions(matrix: Matrix): number[][] {
  return matrix.flatMap((down) =>
    matrix.map((across) => down.flatMap((first) => across.map((second) => first * second))),
  );
}

function transpose(matrix: Matrix): number[][] {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0));
}
