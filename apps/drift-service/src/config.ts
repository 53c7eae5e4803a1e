import { reportSpan } from '@assay/schema';
import { logLevels, oneOf, parseConfig, urlOf, wholeNumber } from '@assay/service-kit';
import { z } from 'zod';
import { isCron } from './reports/schedule.ts';

const webAddress = z.url({
  protocol: /^https?$/,
  error: 'expected an address that begins with https:// or http://',
});

const variables = z
  .object({
    /** 0 takes any free port. */
    PORT: wholeNumber({ min: 0, max: 65_535, default: 8082 }),
    HOST: z.string().default('0.0.0.0'),
    /** Where the log is. */
    OBJECT_STORE_URL: urlOf(['file:', 'gs://'], 'file:.assay/bucket'),
    /** Where predictions and feedback come from. */
    EVENT_BUS_URL: urlOf(['sqlite:', 'pubsub://'], 'sqlite:.assay/events.db'),
    /**
     * Whether this service writes the log. By default where the bus does not do so itself: Pub/Sub has subscriptions that write
     * to Cloud Storage.
     */
    LOG_SINK: z.enum(['on', 'off'], { error: 'expected on or off' }).optional(),
    /** After how many seconds what came in is written to the log, if it is little; much is written at once. */
    LOG_SINK_SECONDS: wholeNumber({ min: 1, max: 300, default: 60 }),
    /** Memory that looking into the log may take, MiB. What needs more is refused, or done in parts on the disk. */
    LOG_QUERY_MEMORY_MB: wholeNumber({ min: 64, max: 2 ** 20, default: 400 }),
    /** What is kept on the disk of what was fetched from a bucket in the cloud, MiB. */
    LOG_CACHE_MB: wholeNumber({ min: 64, max: 2 ** 20, default: 4096 }),
    /** Looks into the log at a time; others wait for them. */
    LOG_QUERIES: wholeNumber({ min: 1, max: 64, default: 2 }),
    /** What the push subscription of Pub/Sub names as audience of its tokens; without it nothing is pushed here. */
    PUSH_AUDIENCE: z.string().optional(),
    /** E-mail of the service account in whose name it pushes. */
    PUSH_SERVICE_ACCOUNT: z.string().optional(),
    /** Listeners of `/predictions/stream` at a time. */
    MAX_STREAMS: wholeNumber({ min: 1, max: 10_000, default: 100 }),
    /** Folder of model packages, as inference-api has it: their reference profiles are what the log is held against. */
    MODEL_REGISTRY: z.string().default('models'),
    /** When every champion is judged: a cron expression of five fields, UTC; `off` where something else calls `POST /reports`. */
    DRIFT_SCHEDULE: z
      .string()
      // Five past: by then the last minute of the hour is in the log, also where Pub/Sub writes it.
      .default('5 * * * *')
      .refine((text) => text === 'off' || isCron(text), {
        error: 'expected off, or a cron expression of five fields such as "5 * * * *"',
      }),
    /** What is judged where nobody says: so many hours or days that are over. */
    DRIFT_WINDOW: reportSpan.default('24h'),
    /** Days after which reports are deleted, but the latest of each model; 0 keeps them for ever. */
    DRIFT_KEEP_DAYS: wholeNumber({ min: 0, max: 36_500, default: 90 }),
    /** Who is told when a drift begins, spreads and ends: an incoming webhook of Slack, or of what understands its messages. */
    DRIFT_WEBHOOK_URL: webAddress.optional(),
    /** Where people reach this service; makes links in what they are told. */
    PUBLIC_URL: webAddress.optional(),
    LOG_LEVEL: oneOf(logLevels, 'info'),
    /** Makes traces in the logs links of Cloud Logging. */
    GOOGLE_CLOUD_PROJECT: z.string().optional(),
  })
  .superRefine((set, context) => {
    const [given, missing] =
      set.PUSH_AUDIENCE === undefined
        ? [set.PUSH_SERVICE_ACCOUNT, 'PUSH_AUDIENCE']
        : [set.PUSH_AUDIENCE, set.PUSH_SERVICE_ACCOUNT === undefined ? 'PUSH_SERVICE_ACCOUNT' : undefined];
    if (given !== undefined && missing !== undefined)
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: 'is required where the other of PUSH_AUDIENCE and PUSH_SERVICE_ACCOUNT is set',
      });
  })
  .transform((set) => ({
    port: set.PORT,
    host: set.HOST,
    objectStore: set.OBJECT_STORE_URL,
    eventBus: set.EVENT_BUS_URL,
    sink: {
      isOn: (set.LOG_SINK ?? (set.EVENT_BUS_URL.startsWith('sqlite:') ? 'on' : 'off')) === 'on',
      ageMs: set.LOG_SINK_SECONDS * 1000,
    },
    queries: {
      memoryBytes: set.LOG_QUERY_MEMORY_MB * 2 ** 20,
      cacheBytes: set.LOG_CACHE_MB * 2 ** 20,
      atATime: set.LOG_QUERIES,
    },
    push:
      set.PUSH_AUDIENCE === undefined || set.PUSH_SERVICE_ACCOUNT === undefined
        ? undefined
        : { audience: set.PUSH_AUDIENCE, serviceAccount: set.PUSH_SERVICE_ACCOUNT },
    maxStreams: set.MAX_STREAMS,
    registry: set.MODEL_REGISTRY,
    reports: {
      schedule: set.DRIFT_SCHEDULE === 'off' ? undefined : set.DRIFT_SCHEDULE,
      span: set.DRIFT_WINDOW,
      keepDays: set.DRIFT_KEEP_DAYS === 0 ? undefined : set.DRIFT_KEEP_DAYS,
      webhook: set.DRIFT_WEBHOOK_URL,
      publicUrl: set.PUBLIC_URL?.replace(/\/+$/, ''),
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
