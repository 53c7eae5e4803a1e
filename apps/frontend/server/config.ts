import { logLevels, oneOf, parseConfig, urlOf, wholeNumber } from '@assay/service-kit';
import { z } from 'zod';

const variables = z
  .object({
    /** 0 takes any free port. */
    PORT: wholeNumber({ min: 0, max: 65_535, default: 8080 }),
    HOST: z.string().default('0.0.0.0'),
    /** Folder of the built page; relative to the working directory. */
    PAGE_FOLDER: z.string().default('apps/frontend/dist'),
    /** Folder in which the trainer left `runs` and `sweeps`, its `--state`; need not be there. */
    STATE_FOLDER: z.string().default('.assay'),
    /** Where `inference-api` is. */
    INFERENCE_URL: urlOf(['http://', 'https://'], 'http://localhost:8081'),
    /** Where `drift-service` is. */
    DRIFT_URL: urlOf(['http://', 'https://'], 'http://localhost:8082'),
    /** How this server proves to the services who it is: not at all, or by identity tokens of Google Cloud. */
    SERVICE_AUTH: oneOf(['none', 'google'], 'none'),
    /** Seconds that a service may say nothing: before its answer begins, and between two parts of it. */
    SERVICE_TIMEOUT_SECONDS: wholeNumber({ min: 1, max: 3600, default: 60 }),
    /** Host that gives identity tokens; Google's client libraries read the same variable. */
    GCE_METADATA_HOST: z.string().default('metadata.google.internal'),
    LOG_LEVEL: oneOf(logLevels, 'info'),
    /** Makes traces in the logs links of Cloud Logging. */
    GOOGLE_CLOUD_PROJECT: z.string().optional(),
  })
  .transform((set) => ({
    port: set.PORT,
    host: set.HOST,
    pageFolder: set.PAGE_FOLDER,
    stateFolder: set.STATE_FOLDER,
    services: { inference: set.INFERENCE_URL, drift: set.DRIFT_URL },
    serviceAuth: set.SERVICE_AUTH,
    serviceTimeoutMs: set.SERVICE_TIMEOUT_SECONDS * 1000,
    metadataHost: set.GCE_METADATA_HOST,
    logLevel: set.LOG_LEVEL,
    project: set.GOOGLE_CLOUD_PROJECT,
  }));

/** Settings of the page's server. */
export type Config = Readonly<z.output<typeof variables>>;

/**
 * Reads the settings from environment variables.
 *
 * @throws AssayError `invalid-configuration` that names every variable at fault
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  return parseConfig(variables, environment);
}
