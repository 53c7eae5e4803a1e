import type { Registry } from '@assay/model-registry';
import { createServiceApp, type Health, type Logger, type Metrics } from '@assay/service-kit';
import type { Express } from 'express';
import type { Checks } from './checks.ts';
import manifest from '../package.json' with { type: 'json' };
import { createPredictionMetrics } from './prediction-metrics.ts';
import type { PredictionLog } from './log/prediction-log.ts';
import { batchRoute } from './routes/batch-route.ts';
import { explainRoute } from './routes/explain-route.ts';
import { feedbackRoute } from './routes/feedback-route.ts';
import { modelRoutes } from './routes/model-routes.ts';
import { predictRoute } from './routes/predict-route.ts';
import type { ServedModels } from './served-models.ts';
import type { UploadLimits } from './upload/read-upload.ts';

export interface AppDependencies {
  readonly models: ServedModels;
  /** Where versions of the models are found. */
  readonly registry: Pick<Registry, 'versions' | 'alias'>;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly limits: UploadLimits;
  readonly checks: Checks;
  /** Absent where nothing is remembered; there is no feedback then. */
  readonly log?: PredictionLog | undefined;
}

/** The inference API as an Express app; does not listen. */
export function buildApp(dependencies: AppDependencies): Express {
  const { models, registry, logger, health, metrics, limits, checks, log } = dependencies;
  const observers = { metrics: createPredictionMetrics(metrics, () => models.depth), log };
  const predicting = { models, observers, checks, logger, limits };
  return createServiceApp({
    info: {
      title: 'Assay inference API',
      version: manifest.version,
      description:
        'Tells AI-generated images from authentic photographs, and serves any classifier packaged for it.',
    },
    logger,
    health,
    metrics,
    routes: [
      predictRoute(predicting),
      batchRoute(predicting),
      explainRoute(predicting),
      ...(log === undefined ? [] : [feedbackRoute({ models, log })]),
      ...modelRoutes({ models, registry }),
    ],
  });
}
