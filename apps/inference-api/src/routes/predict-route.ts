import { explanationMethod, prediction } from '@assay/schema';
import { defineRoute, serverTiming, type Route } from '@assay/service-kit';
import { z } from 'zod';
import { observed } from '../observed.ts';
import { predict } from '../predict.ts';
import type { PredictionMetrics } from '../prediction-metrics.ts';
import type { ServedModels } from '../served-models.ts';
import { readUpload } from '../upload/read-upload.ts';
import { imageBody, modelQuery, signalOf, uploadProblems } from './upload-request.ts';

export interface PredictRouteOptions {
  readonly models: ServedModels;
  readonly metrics: PredictionMetrics;
  readonly maxUploadBytes: number;
}

const DEFAULT_TOP = 5;

const query = {
  ...modelQuery,
  top: z.coerce
    .number({ error: 'expected a whole number of at least 1' })
    .int('expected a whole number of at least 1')
    .min(1, 'expected a whole number of at least 1')
    .default(DEFAULT_TOP)
    .describe('How many of the best labels to list'),
  explain: explanationMethod
    .optional()
    .describe(
      'Explains the answer. Images: `cam` (exact, no further run of the model; where its head is linear), `occlusion` (up to 49 runs of each view), `rise` (200). Features: `contributions`',
    ),
};

/** `POST /predict`. */
export function predictRoute({ models, metrics, maxUploadBytes }: PredictRouteOptions): Route {
  const route = defineRoute({
    method: 'post',
    path: '/predict',
    operationId: 'predict',
    tag: 'predictions',
    summary: 'Classifies an image or a feature row',
    description: 'Where the time went is in the `Server-Timing` header.',
    query,
    body: {
      ...imageBody,
      'application/json': {
        schema: z.strictObject({ features: z.record(z.string(), z.number()) }),
        name: 'Features',
      },
    },
    responses: {
      200: {
        description: 'The answer',
        content: { 'application/json': { schema: prediction, name: 'Prediction' } },
      },
    },
    problems: uploadProblems,
    async handle({ request, response, query: { model: name, version, top, explain } }) {
      const start = performance.now();
      // Before the body is read: a refusal that needs none need not wait for it.
      const model = models.find(name, version);
      response.locals.model = model.package.name;
      if (explain !== undefined) await model.explainer.check({ method: explain });
      const signal = signalOf(response);
      const upload = await readUpload(request, response, maxUploadBytes);
      const receive = performance.now() - start;
      if ('bytes' in upload) metrics.imageSize(upload.bytes.length);
      const result = await predict(model, upload, {
        top,
        signal,
        ...(explain === undefined ? {} : { explain }),
      });
      const stages = { receive, ...result.stages };
      response.setHeader('Server-Timing', serverTiming({ ...stages, total: performance.now() - start }));
      response.json(result.prediction);
      metrics.stages(stages);
    },
  });
  return observed(route, metrics);
}
