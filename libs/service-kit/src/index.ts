export { parseConfig, wholeNumber, oneOf, urlOf, type WholeNumberOptions } from './parse-config.ts';
export { createLogger, logLevels, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export { currentRequest, type RequestContext } from './request-context.ts';
export { toAssayError } from './error-mapping.ts';
export { problemDocumentOf } from './problem-middleware.ts';
export { createHealth, type Health, type HealthState } from './health.ts';
export {
  createMetrics,
  type Counter,
  type Gauge,
  type Histogram,
  type Metrics,
  type MetricsOptions,
} from './metrics.ts';
export { serverTiming } from './server-timing.ts';
export { defineRoute, type Call, type Content, type Route, type RouteDefinition } from './route.ts';
export type { ApiInformation } from './openapi.ts';
export { createServiceApp, type ServiceOptions } from './service-app.ts';
export { listen, type ListenOptions, type RunningServer } from './http-server.ts';
export { shutDown, shutDownOnSignals, type ShutdownOptions } from './graceful-shutdown.ts';
export { connect, type ConnectOptions, type Connection } from './connection.ts';
export { backoff, type Backoff, type BackoffOptions } from './backoff.ts';
