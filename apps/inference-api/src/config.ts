import { availableParallelism } from 'node:os';
import { logLevels, oneOf, parseConfig, wholeNumber } from '@assay/service-kit';
import { z } from 'zod';

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
    /** ONNX sessions of every other model; each session costs 15 to 25 MB whether it is used or not. */
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
