import { availableParallelism } from 'node:os';
import { logLevels, oneOf, parseConfig, urlOf, wholeNumber } from '@assay/service-kit';
import { z } from 'zod';
import { parseLogImages } from './log/log-images.ts';

const logImages = z
  .string()
  .default('none')
  .transform((text, context) => {
    const parsed = parseLogImages(text.trim());
    if (parsed !== undefined) return parsed;
    context.addIssue({
      code: 'custom',
      message: 'expected none, uncertain, or sample: and a share such as sample:0.01',
    });
    return z.NEVER;
  });

const variables = z
  .object({
    /** 0 takes any free port. */
    PORT: wholeNumber({ min: 0, max: 65_535, default: 8081 }),
    HOST: z.string().default('0.0.0.0'),
    /** Folder of model packages; relative to the working directory. */
    MODEL_REGISTRY: z.string().default('models'),
    /** Answers requests that name no model. */
    DEFAULT_MODEL: z.string().default('ai-vs-real'),
    /** ONNX sessions of the default model, one thread each; one for each processor by default. */
    WORKERS: wholeNumber({ min: 1, max: 256, default: availableParallelism() }),
    /** Threads that all other models share; each costs some 15 MB, and each model has a session in each of them. */
    OTHER_WORKERS: wholeNumber({ min: 1, max: 256, default: 1 }),
    /** Folder that keeps graphs as they were fitted to this machine, for the next start; none if left out. */
    OPTIMISED_MODELS: z.string().min(1).optional(),
    /** Predictions that may wait for a worker; beyond, requests are refused with 429. */
    QUEUE_LIMIT: wholeNumber({ min: 1, max: 100_000, default: 64 }),
    /** Largest image file, bytes; 20 MiB holds what phones and most cameras write. */
    MAX_UPLOAD_BYTES: wholeNumber({ min: 1, max: 2 ** 30, default: 20 * 2 ** 20 }),
    /** All files of a batch, bytes: they lie in memory until the last is answered. */
    MAX_BATCH_BYTES: wholeNumber({ min: 1, max: 2 ** 30, default: 64 * 2 ** 20 }),
    /** Files or rows of a batch. */
    MAX_BATCH_INPUTS: wholeNumber({ min: 1, max: 100_000, default: 1000 }),
    /** Width times height; 50 megapixels take 150 MB while they are decoded. */
    MAX_INPUT_PIXELS: wholeNumber({ min: 1, max: 2 ** 30, default: 50_000_000 }),
    /** File with certificates in PEM: who is vouched for when C2PA manifests are checked; nobody if left out. */
    C2PA_TRUST_ANCHORS: z.string().min(1).optional(),
    /** Seconds between two looks for new champions in the registry. */
    MODEL_POLL_SECONDS: wholeNumber({ min: 1, max: 86_400, default: 30 }),
    /** Where predictions and feedback go, and promotions come from. */
    EVENT_BUS_URL: urlOf(['sqlite:', 'pubsub://'], 'sqlite:.assay/events.db'),
    /** Where images are kept. */
    OBJECT_STORE_URL: urlOf(['file:', 'gs://'], 'file:.assay/bucket'),
    /** Whether an answer waits until the bus has its record; `none` remembers nothing. */
    PREDICTION_LOG_DELIVERY: oneOf(['acknowledged', 'background', 'none'], 'acknowledged'),
    /** How long the bus is waited for, milliseconds; then the record goes to the outbox and the answer out. */
    PREDICTION_LOG_TIMEOUT_MS: wholeNumber({ min: 1, max: 60_000, default: 250 }),
    /** File with the records that the bus does not have yet. */
    PREDICTION_LOG_OUTBOX: z.string().default('.assay/outbox/inference-api.db'),
    /** Largest outbox, bytes; 64 MiB hold 30,000 records or more. */
    PREDICTION_LOG_OUTBOX_BYTES: wholeNumber({ min: 65_536, max: 2 ** 40, default: 64 * 2 ** 20 }),
    /** Which images are kept in the bucket. */
    LOG_IMAGES: logImages,
    /** After how many days a kept image is removed. */
    LOG_IMAGES_TTL_DAYS: wholeNumber({ min: 1, max: 36_500, default: 30 }),
    LOG_LEVEL: oneOf(logLevels, 'info'),
    /** Makes traces in the logs links of Cloud Logging. */
    GOOGLE_CLOUD_PROJECT: z.string().optional(),
  })
  .transform((set) => ({
    port: set.PORT,
    host: set.HOST,
    registry: set.MODEL_REGISTRY,
    defaultModel: set.DEFAULT_MODEL,
    workers: set.WORKERS,
    otherWorkers: set.OTHER_WORKERS,
    optimisedModels: set.OPTIMISED_MODELS,
    queueLimit: set.QUEUE_LIMIT,
    limits: {
      fileBytes: set.MAX_UPLOAD_BYTES,
      batchBytes: set.MAX_BATCH_BYTES,
      batchInputs: set.MAX_BATCH_INPUTS,
    },
    maxInputPixels: set.MAX_INPUT_PIXELS,
    trustAnchors: set.C2PA_TRUST_ANCHORS,
    modelPollMs: set.MODEL_POLL_SECONDS * 1000,
    eventBus: set.EVENT_BUS_URL,
    objectStore: set.OBJECT_STORE_URL,
    predictionLog: {
      delivery: set.PREDICTION_LOG_DELIVERY,
      timeoutMs: set.PREDICTION_LOG_TIMEOUT_MS,
      outbox: set.PREDICTION_LOG_OUTBOX,
      outboxBytes: set.PREDICTION_LOG_OUTBOX_BYTES,
      images: set.LOG_IMAGES,
      imagesTtlDays: set.LOG_IMAGES_TTL_DAYS,
    },
    logLevel: set.LOG_LEVEL,
    project: set.GOOGLE_CLOUD_PROJECT,
  }));

/** Settings of the service. */
export type Config = Readonly<z.output<typeof variables>>;

/**
 * Reads the settings from environment variables.
 *
 * @throws AssayError `invalid-configuration` that names every variable at fault
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  return parseConfig(variables, environment);
}
