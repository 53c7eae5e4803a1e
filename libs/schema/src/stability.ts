import { z } from 'zod';
import { corruption } from './model-evaluation.ts';

const probability = z.number().min(0).max(1);

export const stabilityRow = z.strictObject({
  corruption,
  name: z.string().describe('The change in words, such as `JPEG quality 70`'),
  prediction: z.string().describe('The most probable label of the changed image'),
  probability: probability.describe('Calibrated probability of the label of `of`'),
  decision: z.string().describe('As in the answer'),
  flips: z.boolean().describe('Whether label or decision differ from those of the image as it is'),
});
export type StabilityRow = z.infer<typeof stabilityRow>;

export const stability = z.strictObject({
  summary: z.string().describe('In one sentence'),
  of: z
    .string()
    .describe("The label whose probability is followed: the model's positive label, or else the prediction"),
  probability: probability.describe('Its probability for the image as it is'),
  stable: z.boolean().describe('Whether label and decision stayed the same under every change'),
  lowest: probability.describe('Of all probabilities, that of the image as it is included'),
  highest: probability,
  rows: z.array(stabilityRow).describe('Each kind of change from mild to strong'),
});
/** What the answer would have been, had the image been compressed, shrunk, blurred or made noisy on its way. */
export type Stability = z.infer<typeof stability>;
