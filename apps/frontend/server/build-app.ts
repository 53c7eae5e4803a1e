import { createServiceApp, type Health, type Logger, type Metrics } from '@assay/service-kit';
import { Router, type Express } from 'express';
import manifest from '../package.json' with { type: 'json' };
import { compress } from './compress.ts';
import type { Config } from './config.ts';
import { forward } from './forward.ts';
import { identityTokens } from './identity-tokens.ts';
import { pageFiles } from './page-files.ts';
import { runRoutes } from './runs/run-routes.ts';
import { sweepRoutes } from './runs/sweep-routes.ts';

export interface AppDependencies {
  readonly config: Config;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
}

/**
 * The page's server as an Express app; does not listen.
 *
 * @throws AssayError `invalid-configuration` where the page is not built
 */
export function buildApp({ config, logger, health, metrics }: AppDependencies): Express {
  const { services, serviceAuth, serviceTimeoutMs: timeoutMs, metadataHost: host } = config;
  const service = (name: string, url: string) => {
    const tokens =
      serviceAuth === 'google' ? identityTokens({ audience: new URL(url).origin, host }) : undefined;
    return forward({ name, url, tokens, timeoutMs, logger });
  };
  const api = Router()
    .use(compress())
    .use('/api/inference', service('inference-api', services.inference))
    .use('/api/drift', service('drift-service', services.drift));
  const page = pageFiles(config.pageFolder);
  return createServiceApp({
    info: {
      title: 'Assay frontend',
      version: manifest.version,
      description:
        'The page, what the trainer left on this machine, and below /api/inference and /api/drift what the two services answer, whose own documents describe it.',
    },
    logger,
    health,
    metrics,
    routes: [...runRoutes(config.stateFolder), ...sweepRoutes(config.stateFolder)],
    // An address below /api that nobody took is not the page's.
    others: [
      api,
      (request, response, next) =>
        request.path.startsWith('/api/') ? next() : page(request, response, next),
    ],
  });
}
