import { z } from 'zod';
import { evidence } from './evidence.ts';
import { explanation } from './explanation.ts';
import { stability } from './stability.ts';

const probability = z.number().min(0).max(1);

export const rankedLabel = z.strictObject({
  label: z.string(),
  /** Position in the manifest's labels. */
  index: z.int().min(0),
  probability,
});

/** Answer of `POST /predict`. */
export const prediction = z.strictObject({
  id: z.uuid().describe('UUIDv7 of this prediction'),
  model: z.strictObject({
    name: z.string(),
    version: z.string(),
    variant: z.enum(['fp32', 'int8']).describe('The file that answered'),
  }),
  prediction: z.string().describe('The most probable label'),
  probability: probability.describe(
    "Calibrated probability of the model's positive label where it names one, else of the prediction",
  ),
  probabilities: z.record(z.string(), probability).describe('Calibrated, by label; they sum to 1'),
  top: z.array(rankedLabel).describe('The k best labels, most probable first'),
  decision: z
    .string()
    .describe(
      'What to act on: the label, "uncertain" (too close to call) or "out-of-scope" (unlike the training data)',
    ),
  confidence: probability.describe('The highest of the probabilities'),
  scope: z
    .strictObject({ distance: z.number(), threshold: z.number(), inside: z.boolean() })
    .optional()
    .describe(
      "How unlike the training data the input is, by the method of the model's scope gate, and the limit, where it has a gate",
    ),
  views: z.int().min(1).describe('How many windows of the image the answer is averaged over'),
  explanation: explanation.optional().describe('Why, where it was asked for'),
  evidence: evidence
    .optional()
    .describe('What the file says of its own origin, where it was asked for; never part of the score'),
  stability: stability
    .optional()
    .describe('The answer under changes that images meet on their way, where it was asked for'),
});
export type Prediction = z.infer<typeof prediction>;

/** What the model said, before it is given an id and sent: the answer without identity. */
export type Classification = Omit<Prediction, 'id'>;
