import { z } from 'zod';
import { feedbackRecordSchema } from './feedback-record.ts';
import { predictionRecordSchema } from './prediction-record.ts';

/** A prediction as the log remembers it, with the truth as far as it is known. Answer of `GET /predictions/{id}`. */
export const rememberedPrediction = predictionRecordSchema.safeExtend({
  feedback: z
    .array(feedbackRecordSchema)
    .describe('All that was said of it, the earliest first: the last holds'),
});
export type RememberedPrediction = z.infer<typeof rememberedPrediction>;

export const predictionPage = z.strictObject({
  predictions: z.array(rememberedPrediction).describe('The latest first'),
  nextPageToken: z
    .string()
    .optional()
    .describe('Give it as `pageToken`, with the same filters, to get the next page; left out on the last'),
});
/** Answer of `GET /predictions`. */
export type PredictionPage = z.infer<typeof predictionPage>;
