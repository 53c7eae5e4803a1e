import { pino, type DestinationStream, type Logger } from 'pino';
import { currentRequest } from './request-context.ts';

export type { Logger } from 'pino';

/** From the most talkative to none. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Cloud Logging's names of pino's levels. */
const severities: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

export interface LoggerOptions {
  /** Name of the service, in each line. */
  readonly service: string;
  readonly level: LogLevel;
  /** Cloud project; makes the trace of a line a link in Cloud Logging. */
  readonly project?: string | undefined;
  /** Where lines go; standard output where absent. */
  readonly destination?: DestinationStream;
}

/**
 * A logger of one JSON line an entry, with the members that Cloud Logging reads: `severity`, `message`, `time`, and
 * inside a request its id and trace.
 */
export function createLogger(options: LoggerOptions): Logger {
  const tracePrefix = options.project === undefined ? '' : `projects/${options.project}/traces/`;
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ severity: severities[label] ?? 'DEFAULT' }) },
      mixin() {
        const request = currentRequest();
        if (request === undefined) return {};
        const { requestId, traceId } = request;
        if (traceId === undefined) return { requestId };
        return { requestId, 'logging.googleapis.com/trace': tracePrefix + traceId };
      },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
