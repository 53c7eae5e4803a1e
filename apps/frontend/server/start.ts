import { createHealth, createLogger, createMetrics, listen, type ShutdownOptions } from '@assay/service-kit';
import { buildApp } from './build-app.ts';
import type { Config } from './config.ts';

/** A server that listens, and what shutting it down needs. */
export type StartedServer = ShutdownOptions;

/**
 * Serves the page. The services behind it need not be there: the page says where they are not.
 *
 * @throws AssayError `invalid-configuration` where the page is not built or the port cannot be had
 */
export async function start(config: Config): Promise<StartedServer> {
  const logger = createLogger({ service: 'frontend', level: config.logLevel, project: config.project });
  const health = createHealth();
  const server = await listen(buildApp({ config, logger, health, metrics: createMetrics() }), config);
  logger.info({ port: server.port }, `listening on ${server.url}`);
  health.ready();
  return { server, health, logger, release: async () => {} };
}
