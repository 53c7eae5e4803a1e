import { prediction } from '@assay/schema';
import { defineRoute, serverTiming, type Route } from '@assay/service-kit';
import type { Response } from 'express';
import { z } from 'zod';
import { observed } from '../observed.ts';
import { predict } from '../predict.ts';
import type { PredictionMetrics } from '../prediction-metrics.ts';
import type { ServedModels } from '../served-models.ts';
import { readUpload } from '../upload/read-upload.ts';

export interface PredictRouteOptions {
  readonly models: ServedModels;
  readonly metrics: PredictionMetrics;
  readonly maxUploadBytes: number;
}

const DEFAULT_TOP = 5;

const query = {
  model: z.string().optional().describe("Name of the model; the service's default where absent"),
  version: z.string().optional().describe('Version of the model; the one that is served where absent'),
  top: z.coerce
    .number({ error: 'expected a whole number of at least 1' })
    .int('expected a whole number of at least 1')
    .min(1, 'expected a whole number of at least 1')
    .default(DEFAULT_TOP)
    .describe('How many of the best labels to list'),
};

const image = { jsonSchema: { type: 'string', format: 'binary' } };

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
      'multipart/form-data': {
        jsonSchema: {
          type: 'object',
          description: 'One file, in a field of any name',
          properties: { image: { type: 'string', format: 'binary' } },
        },
      },
      'image/*': image,
      'application/octet-stream': image,
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
    problems: [
      'no-file',
      'too-many-files',
      'malformed-json',
      'malformed-multipart',
      'request-aborted',
      'unknown-model',
      'unknown-version',
      'upload-too-large',
      'unsupported-media-type',
      'unsupported-image-format',
      'unreadable-image',
      'too-many-pixels',
      'invalid-features',
      'wrong-input-kind',
      'overloaded',
      'not-ready',
    ],
    async handle({ request, response, query: { model: name, version, top } }) {
      const start = performance.now();
      // Before the body is read: a refusal that needs none need not wait for it.
      const model = models.find(name, version);
      response.locals.model = model.package.name;
      const signal = signalOf(response);
      const upload = await readUpload(request, response, maxUploadBytes);
      const receive = performance.now() - start;
      if ('bytes' in upload) metrics.imageSize(upload.bytes.length);
      const result = await predict(model, upload, { top, signal });
      const stages = { receive, ...result.stages };
      response.setHeader('Server-Timing', serverTiming({ ...stages, total: performance.now() - start }));
      response.json(result.prediction);
      metrics.stages(stages);
    },
  });
  return observed(route, metrics);
}

/** Aborts when the caller goes away before the answer is out, so that nobody works for nobody. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
