/** A number for each cell of an even grid, row-major from the top left. */
export interface CellMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/** A map of zeros. */
export function emptyMap(columns: number, rows: number): CellMap {
  return { columns, rows, values: new Float64Array(columns * rows) };
}

export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The map as rows of numbers. */
export function rowsOf({ columns, rows, values }: CellMap): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns)),
  );
}
