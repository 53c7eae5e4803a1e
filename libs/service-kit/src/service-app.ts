import express, { type Express, type RequestHandler } from 'express';
import { docsRoutes } from './docs-page.ts';
import type { Health } from './health.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { ApiInformation } from './openapi.ts';
import { operationsRoutes } from './operations-routes.ts';
import { problemMiddleware } from './problem-middleware.ts';
import { notFound, registerRoutes } from './register-routes.ts';
import { requestContext } from './request-context.ts';
import { requestLog } from './request-log.ts';
import type { Route } from './route.ts';
import { apiSecurityHeaders } from './security-headers.ts';

export interface ServiceOptions {
  readonly info: ApiInformation;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  /** What the service is there for. */
  readonly routes: readonly Route[];
  /** What takes requests that no route takes: files, a forwarder. It has no place in the OpenAPI document. */
  readonly others?: readonly RequestHandler[];
}

/**
 * The Express app that every service is: context and log of each request, security headers, the service's routes,
 * the operations routes and their documentation, and one place where errors become answers. Does not listen.
 */
export function createServiceApp(options: ServiceOptions): Express {
  const { info, logger, health, metrics, routes, others = [] } = options;
  const all: Route[] = [
    ...routes,
    ...operationsRoutes({
      health,
      metrics,
      // Not needed to serve: loaded when first asked for, which keeps start-up short.
      document: async () => (await import('./openapi.ts')).openApiDocument(all, info),
    }),
    ...docsRoutes(info.title),
  ];
  const app = express();
  // Answers are computed, not stored: hashing each for an ETag would buy nothing.
  app.disable('etag').disable('x-powered-by');
  app.use(requestContext(), requestLog(logger), apiSecurityHeaders());
  registerRoutes(app, all);
  app.use(...others, notFound(all), problemMiddleware(logger));
  return app;
}
