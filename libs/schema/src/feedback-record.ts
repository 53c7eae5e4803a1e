import { z } from 'zod';
import { modelName } from './model-manifest.ts';
import { clientTag } from './prediction-record.ts';

/** Body of `POST /feedback`. */
export const feedbackRequest = z.strictObject({
  predictionId: z.uuid().describe('The `id` of the answer that the truth is known of'),
  label: z.string().min(1).max(256).describe("The truth: one of the model's labels"),
  model: modelName
    .optional()
    .describe('The model that answered; the default model of the service where absent'),
});
export type FeedbackRequest = z.infer<typeof feedbackRequest>;

export const feedbackReceipt = z.strictObject({
  id: z.uuid().describe('Of this piece of feedback'),
  time: z.iso.datetime().describe('When it was said; the latest holds'),
  predictionId: z.uuid(),
  label: z.string(),
  model: modelName,
});
/** Answer of `POST /feedback`. */
export type FeedbackReceipt = z.infer<typeof feedbackReceipt>;

export const feedbackRecordSchema = z.object({
  /** UUIDv7; the id of the event. */
  id: z.uuid(),
  /** When it was said, UTC. Of several records for one prediction the latest holds; equal times go by the greater id. */
  time: z.iso.datetime(),
  requestId: z.string().min(1).max(128),
  /** 32 hex digits, where the caller sent a trace. */
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  client: clientTag.optional(),
  /** Id of the prediction; the prediction need not be known yet. */
  predictionId: z.uuid(),
  /** The truth, one of the model's labels. */
  label: z.string().min(1).max(256),
  /** Name of the model whose label it is. */
  model: modelName,
});
/** What is remembered of one piece of feedback: data of the event `assay.feedback.given.v1`. */
export type FeedbackRecord = z.infer<typeof feedbackRecordSchema>;
