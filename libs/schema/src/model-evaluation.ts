import { z } from 'zod';

const share = z.number().min(0).max(1);
const count = z.int().min(0);

export const measured = z.strictObject({
  value: z.number(),
  /** 95 % interval. */
  interval: z.tuple([z.number(), z.number()]).optional(),
});
/** A figure and how sure it is. */
export type Measured = z.infer<typeof measured>;

export const corruption = z.discriminatedUnion('type', [
  /** Encoded as JPEG of this quality (4:2:0) and decoded again. */
  z.strictObject({ type: z.literal('jpeg'), quality: z.int().min(1).max(100) }),
  /** Gaussian; standard deviation in pixels. */
  z.strictObject({ type: z.literal('blur'), sigma: z.number().positive() }),
  /** Gaussian, independent for each byte; standard deviation in levels of 255. */
  z.strictObject({ type: z.literal('noise'), sigma: z.number().positive() }),
  /** Brought to `scale` times the size and back, bilinear. */
  z.strictObject({ type: z.literal('resize'), scale: z.number().positive() }),
  /** Every level times `factor`. */
  z.strictObject({ type: z.literal('brightness'), factor: z.number().min(0) }),
  /** Every level brought away from the mean luma by `factor`. */
  z.strictObject({ type: z.literal('contrast'), factor: z.number().min(0) }),
]);
/** What can happen to an image on its way, at its own size, before it is prepared. */
export type Corruption = z.infer<typeof corruption>;

const robustnessFigures = {
  accuracy: measured,
  /** Where there is a positive label. */
  auroc: measured.optional(),
};

export const robustness = z.strictObject({
  /** Images of the test part that were looked at, each under every corruption. */
  images: count,
  /** As they are. */
  clean: z.strictObject(robustnessFigures),
  rows: z.array(
    z.strictObject({
      corruption,
      ...robustnessFigures,
      /** Against the same images as they are; the intervals are paired. */
      accuracyChange: measured,
      aurocChange: measured.optional(),
    }),
  ),
});
export type Robustness = z.infer<typeof robustness>;

export const slice = z.strictObject({
  /** Property of an image, or column of a table. */
  property: z.string(),
  /** `1024 × 768`, `jpeg`, `0.12 – 0.34`, … */
  bucket: z.string(),
  rows: count,
  /** With Wilson's interval. */
  accuracy: measured,
  /** Accuracy of all other rows. */
  elsewhere: share,
  /** Fisher's exact test of slice against the rest, two-sided. */
  p: share,
  /** `p` adjusted for the number of slices (Benjamini and Hochberg 1995): the false discovery rate. */
  q: share,
});
export type Slice = z.infer<typeof slice>;

export const modelEvaluation = z.strictObject({
  /** Inputs of the test part. */
  rows: count,
  /** By name; fractions lie in 0 to 1. */
  metrics: z.record(z.string(), measured),
  classes: z.array(
    z.strictObject({
      label: z.string(),
      support: count,
      precision: measured,
      recall: measured,
      f1: measured,
    }),
  ),
  /** Counts `[true label][answered label]`, in the order of the labels. */
  confusion: z.array(z.array(count)),
  /** Inputs whose highest probability lies in `(from, to]`, how high it was on average, and how many were right. */
  reliability: z.array(z.strictObject({ from: share, to: share, count, confidence: share, accuracy: share })),
  /** Answering only from `threshold` on: the share answered, and the share of those that is wrong. */
  riskCoverage: z.array(z.strictObject({ threshold: share, coverage: share, risk: share })),
  /** What the decision band and the scope gate do: shares of the inputs, and the accuracy of the answers. */
  decisions: z.strictObject({ answered: share, insideScope: share, accuracy: share }),
  robustness: robustness.optional(),
  slices: z.array(slice).default([]),
});
/** All that was measured on the test part, with the variant that answers requests. */
export type ModelEvaluation = z.infer<typeof modelEvaluation>;
