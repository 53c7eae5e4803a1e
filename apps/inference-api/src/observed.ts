import { toAssayError, type Route } from '@assay/service-kit';
import type { Response } from 'express';
import { clientOf } from './client-tag.ts';
import { announce } from './log/announce.ts';
import { newDraft, type PredictionDraft } from './log/prediction-draft.ts';
import type { PredictionLog } from './log/prediction-log.ts';
import { outcomeOf, type Outcome, type PredictionMetrics } from './prediction-metrics.ts';

/** Who looks on while predictions are made. */
export interface Observers {
  readonly metrics: PredictionMetrics;
  /** Absent where nothing is remembered. */
  readonly log: PredictionLog | undefined;
}

/**
 * Counts every call of a prediction route: how it ended and how long it took; and remembers those that get no answer, refused
 * parameters included. The route fills the draft that {@link draftOf} gives, and remembers what it answers; without a model
 * in it, calls count under `unknown`. A route that answered several inputs, and counted and remembered each, says so in
 * `response.locals.counted`.
 */
export function observed(route: Route, { metrics, log }: Observers): Route {
  return {
    ...route,
    async handle(request, response) {
      const draft = newDraft();
      response.locals.draft = draft;
      const finish = (outcome: Outcome) =>
        metrics.finished(
          draft.model?.package.name ?? 'unknown',
          outcome,
          (performance.now() - draft.start) / 1000,
        );
      try {
        const client = clientOf(request);
        if (client !== undefined) draft.client = client;
        await route.handle(request, response);
        if (response.locals.counted !== true) finish('answered');
      } catch (thrown) {
        const error = toAssayError(thrown);
        metrics.error(error.code);
        finish(outcomeOf(error));
        announce(response, await log?.remember(draft, error));
        throw error;
      }
    },
  };
}

/** What is known so far of the prediction that a request asks for. */
export function draftOf(response: Response): PredictionDraft {
  return response.locals.draft as PredictionDraft;
}
