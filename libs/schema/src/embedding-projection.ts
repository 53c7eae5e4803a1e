import { z } from 'zod';

/** Dimensions of a logged embedding at most. */
export const LOGGED_EMBEDDING = 32;

export const embeddingProjection = z.strictObject({
  /** A matrix of independent normal numbers, which keeps distances (Johnson & Lindenstrauss 1984). */
  method: z.literal('gaussian'),
  /** Names the matrix: the same seed gives the same numbers everywhere. */
  seed: z.string().min(1),
  /** Of what comes out; an embedding that has no more is left as it is. */
  dimensions: z.int().min(1).max(LOGGED_EMBEDDING),
});
/** How a model's embedding is reduced for the prediction log. */
export type EmbeddingProjection = z.infer<typeof embeddingProjection>;

/** What new packages are given, and what holds for those that name none. */
export const defaultProjection: EmbeddingProjection = {
  method: 'gaussian',
  seed: 'assay-embedding-projection-1',
  dimensions: LOGGED_EMBEDDING,
};
