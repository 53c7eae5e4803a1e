import { toAssayError, type Route } from '@assay/service-kit';
import type { AssayError } from '@assay/schema';
import type { Outcome, PredictionMetrics } from './prediction-metrics.ts';

/**
 * Counts every call of a prediction route: how it ended and how long it took, refused parameters included. The route
 * leaves the name of the model in `response.locals.model`; before that is known, calls count under `unknown`. A route that
 * answered several inputs, and counted each, says so in `response.locals.counted`.
 */
export function observed(route: Route, metrics: PredictionMetrics): Route {
  return {
    ...route,
    async handle(request, response) {
      const start = performance.now();
      const finish = (outcome: Outcome) => {
        const model = (response.locals.model as string | undefined) ?? 'unknown';
        metrics.finished(model, outcome, (performance.now() - start) / 1000);
      };
      try {
        await route.handle(request, response);
        if (response.locals.counted !== true) finish('answered');
      } catch (thrown) {
        const error = toAssayError(thrown);
        metrics.error(error.code);
        finish(outcomeOf(error));
        throw error;
      }
    },
  };
}

/** How a prediction that failed is counted. */
export function outcomeOf(error: AssayError): Outcome {
  if (error.code === 'request-aborted') return 'cancelled';
  return error.status >= 500 ? 'failed' : 'refused';
}
