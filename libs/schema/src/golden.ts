import { z } from 'zod';

/** One input and the raw logits (before calibration, averaged over views) that it must give. */
export const goldenCase = z.strictObject({
  name: z.string(),
  input: z.union([
    /** Encoded image. */
    z.strictObject({ mediaType: z.string(), base64: z.base64() }),
    /** Feature row. */
    z.strictObject({ features: z.record(z.string(), z.number()) }),
  ]),
  /** By variant. */
  logits: z.strictObject({ fp32: z.array(z.number()), int8: z.array(z.number()).optional() }),
});
export type GoldenCase = z.infer<typeof goldenCase>;

export const golden = z.strictObject({
  /** Largest difference allowed in any logit; absolute. */
  tolerance: z.strictObject({ fp32: z.number().positive(), int8: z.number().positive() }),
  cases: z.array(goldenCase).min(1),
});
/** `golden.json`: readiness fails if the package does not give these numbers, from bytes to logits. */
export type Golden = z.infer<typeof golden>;
