import { z } from 'zod';
import { nameCounts } from './name-counts.ts';

const count = z.int().min(0);

/** Numbers, as a histogram whose edges never change. */
export const numericProfile = z
  .strictObject({
    kind: z.literal('numeric'),
    /** Inputs with a finite value, and those without. */
    count: z.int().min(1),
    missing: count,
    mean: z.number(),
    /** Population standard deviation. */
    deviation: z.number().min(0),
    minimum: z.number(),
    maximum: z.number(),
    /** Ascending. Bin 0 is below the first, bin i from edge i − 1 (inclusive) to edge i, the last bin from the last edge on. */
    edges: z.array(z.number()),
    /** Inputs by bin: one bin more than edges. */
    counts: z.array(count).min(1),
  })
  .superRefine(({ edges, counts, count: total }, context) => {
    const fail = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (edges.some((edge, at) => at > 0 && !(edge > edges[at - 1]!))) fail('edges', 'edges do not ascend');
    if (counts.length !== edges.length + 1) fail('counts', `expected ${edges.length + 1} bins`);
    if (counts.reduce((sum, one) => sum + one, 0) !== total)
      fail('counts', `counts do not add up to ${total}`);
  });
export type NumericProfile = z.infer<typeof numericProfile>;

/** Names, counted. */
export const categoricalProfile = z
  .strictObject({
    kind: z.literal('categorical'),
    count: z.int().min(1),
    missing: count,
    counts: nameCounts,
  })
  .superRefine(({ counts, count: total }, context) => {
    if (Object.values(counts).reduce((sum, one) => sum + one, 0) !== total)
      context.addIssue({ code: 'custom', path: ['counts'], message: `counts do not add up to ${total}` });
  });
export type CategoricalProfile = z.infer<typeof categoricalProfile>;

export const referenceProfile = z.strictObject({
  schemaVersion: z.literal(1),
  /** Inputs that it was made of. */
  inputs: z.int().min(1),
  /**
   * By name: `image.brightness` and the other image properties, or `feature.<name>` for each feature of a row; of the answer
   * `confidence`, `margin`, `entropy` (bits), `prediction`, `score.<label>` (the calibrated probability; left out where there are
   * many labels), `scopeDistance`, and `embedding.<i>`, projected as the manifest says. Numbers are rounded to six significant
   * digits, those of the embedding to four, as in the record of a prediction.
   */
  features: z.record(z.string(), z.discriminatedUnion('kind', [numericProfile, categoricalProfile])),
});
/** `reference-profile.json` of a model package: what its inputs and its answers were like when it was packed. */
export type ReferenceProfile = z.infer<typeof referenceProfile>;
