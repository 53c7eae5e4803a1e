/** A true label that was taken for another. */
export interface Confusion {
  readonly truth: number;
  readonly answer: number;
  readonly count: number;
  /** Of the inputs with this truth, 0 to 1. */
  readonly share: number;
}

/** Sums of the rows: how many inputs have each truth. @param matrix counts `[truth][answer]` */
export function rowSums(matrix: readonly (readonly number[])[]): number[] {
  return matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
}

/** Everything that was taken for something else, the most frequent first. @param matrix counts `[truth][answer]` */
export function confusions(matrix: readonly (readonly number[])[]): Confusion[] {
  const sums = rowSums(matrix);
  return matrix
    .flatMap((row, truth) =>
      row.flatMap((count, answer) =>
        count > 0 && answer !== truth ? [{ truth, answer, count, share: count / sums[truth]! }] : [],
      ),
    )
    .toSorted((a, b) => b.count - a.count || b.share - a.share);
}
