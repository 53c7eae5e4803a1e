import { z } from 'zod';
import { LOGGED_EMBEDDING } from './embedding-projection.ts';
import { imageProperties } from './image-properties.ts';
import { modelName, modelVersion, sha256 } from './model-manifest.ts';
import { problems, type ProblemCode } from './problems.ts';

/** A record with the event around it takes at most this much as JSON, UTF-8 bytes. */
export const MAX_RECORD_BYTES = 2048;

/** Key in the bucket of an input that is kept: the same input is kept once, and found by its digest. */
export const inputKey = (digest: string) => `inputs/${digest.slice(0, 2)}/${digest}`;

const probability = z.number().min(0).max(1);
const milliseconds = z.number().min(0);
const bytes = z.int().min(0);

/** Who asked, in the caller's own words: printable ASCII without quotes and backslashes, so that it stays as long as JSON. */
export const clientTag = z
  .string()
  .regex(
    /^(?!.*["\\])[\x20-\x7e]{1,64}$/,
    'expected 1 to 64 printable ASCII characters, no quotes or backslashes',
  );

/** An image that came to be classified. */
export const loggedImage = z.object({
  kind: z.literal('image'),
  /** Of the encoded file. */
  sha256,
  /** Size of the encoded file. */
  bytes,
  /** By its first bytes: `jpeg`, `png`, …; left out where they are of no known format. */
  format: z.string().max(16).optional(),
  /** Pixels, upright; left out where it was not decoded. */
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
  /**
   * The {@link imageProperties} that are not said above; left out where it was not decoded. Those of large images are taken from a
   * share of their lines: see `measureImage` of `@assay/preprocessing`.
   */
  properties: imageProperties
    .omit({ bytes: true, format: true, width: true, height: true, area: true })
    .optional(),
  /** There where the input is kept in the bucket, under {@link inputKey}. */
  stored: z.literal(true).optional(),
});
export type LoggedImage = z.infer<typeof loggedImage>;

/** A row of features that came to be classified. */
export const loggedFeatures = z.object({
  kind: z.literal('tabular'),
  /** Of the row as JSON with sorted keys. */
  sha256,
  /** Size of that JSON. */
  bytes,
  /** The numbers by name; features that the model does not know are left out. */
  features: z.record(z.string(), z.number()).optional(),
  /** How many features found no room in the record, the last ones. */
  featuresLeftOut: z.int().min(1).optional(),
});
export type LoggedFeatures = z.infer<typeof loggedFeatures>;

/** The answer, numbers rounded to six significant digits. */
export const loggedAnswer = z.object({
  /** The most probable label. */
  prediction: z.string(),
  /** Calibrated probability of the positive label where the model names one, else of the prediction. */
  probability,
  /** The highest calibrated probability. */
  confidence: probability,
  /** By how much the highest probability exceeds the second. */
  margin: probability,
  /** Shannon entropy of the calibrated probabilities, bits. */
  entropy: z.number().min(0),
  /** What to act on: a label, `uncertain` or `out-of-scope`. */
  decision: z.string(),
  /** Calibrated probabilities by label: all, or the highest for which there is room. */
  scores: z.record(z.string(), probability),
  /** How many labels found no room. */
  scoresLeftOut: z.int().min(1).optional(),
  /** Squared Mahalanobis distance from the training data, where the model has a scope gate. */
  scopeDistance: z.number().optional(),
  /** The embedding, projected to at most {@link LOGGED_EMBEDDING} dimensions, four significant digits; where the model gives one. */
  embedding: z.array(z.number()).max(LOGGED_EMBEDDING).optional(),
});
export type LoggedAnswer = z.infer<typeof loggedAnswer>;

/** The model that was asked. */
export const loggedModel = z.object({
  name: modelName,
  version: modelVersion,
  /** `modelDigest` of the manifest. */
  digest: sha256,
  /** The file that answers. */
  variant: z.enum(['fp32', 'int8']),
  /** sha256 of the preprocessing spec as JSON with sorted keys. */
  preprocessingDigest: sha256,
});
export type LoggedModel = z.infer<typeof loggedModel>;

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** `answered`; `refused`: a fault of the request, or too many; `failed`: a fault of the service; `cancelled`: the caller went away. */
export const loggedOutcome = z.enum(['answered', 'refused', 'failed', 'cancelled']);
export type LoggedOutcome = z.infer<typeof loggedOutcome>;

export const predictionRecordSchema = z
  .object({
    /** UUIDv7; the id of the answer and of the event. */
    id: z.uuid(),
    /** When the answer was ready, UTC. */
    time: z.iso.datetime(),
    requestId: z.string().min(1).max(128),
    /** 32 hex digits, where the caller sent a trace. */
    traceId: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    client: clientTag.optional(),
    /** Left out where the request names none that is served. */
    model: loggedModel.optional(),
    /** Left out where the request was refused before there was one. */
    input: z.discriminatedUnion('kind', [loggedImage, loggedFeatures]).optional(),
    outcome: loggedOutcome,
    /** Why there is no answer. */
    code: z.enum(codes).optional(),
    /** There if and only if the outcome is `answered`. */
    answer: loggedAnswer.optional(),
    /** Milliseconds by stage (`receive`, `decode`, `preprocess`, `queue`, `inference`, `postprocess`, …), and their `total`. */
    stages: z.record(z.string().max(32), milliseconds),
  })
  .superRefine(({ outcome, answer, code }, context) => {
    const fail = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((outcome === 'answered') !== (answer !== undefined))
      fail('answer', `expected an answer exactly where the outcome is answered; it is ${outcome}`);
    if ((outcome === 'answered') === (code !== undefined))
      fail('code', `expected a code exactly where there is no answer; the outcome is ${outcome}`);
  });
/**
 * What is remembered of one prediction, answered or not: data of the event `assay.prediction.made.v1`. Members may be added within a
 * version: whoever reads lets unknown ones pass.
 */
export type PredictionRecord = z.infer<typeof predictionRecordSchema>;
