import { seededRandom } from '@assay/random';
import type { EmbeddingProjection } from '@assay/schema';

/** Reduces embeddings `[D]`, always of the same D, to at most the dimensions of the projection. */
export type Project = (embedding: ArrayLike<number>) => Float64Array;

/**
 * A random projection `y = G x / sqrt(k)`, with G of independent standard normal numbers, `[k, D]`: lengths and distances are kept in
 * expectation, with a relative standard deviation of `sqrt(2 / k)` for their squares (Johnson & Lindenstrauss 1984; Dasgupta & Gupta 2003). The
 * numbers follow from the seed, k and D alone. An embedding of at most k numbers is left as it is.
 */
export function createProjection({ seed, dimensions }: EmbeddingProjection): Project {
  let matrix: Float32Array | undefined;
  return (embedding) => {
    const size = embedding.length;
    if (size <= dimensions) return Float64Array.from(embedding);
    matrix ??= gaussian({ seed, dimensions, size });
    const result = new Float64Array(dimensions);
    for (let row = 0, at = 0; row < dimensions; row++) {
      let sum = 0;
      for (let i = 0; i < size; i++, at++) sum += matrix[at]! * embedding[i]!;
      result[row] = sum;
    }
    return result;
  };
}

function gaussian({ seed, dimensions, size }: { seed: string; dimensions: number; size: number }) {
  const random = seededRandom(seed, dimensions, size);
  const scale = 1 / Math.sqrt(dimensions);
  return Float32Array.from({ length: dimensions * size }, () => random.normal() * scale);
}
