import { AssayError, explanationMethod, prediction, predictionList } from '@assay/schema';
import { defineRoute, serverTiming, type Logger, type Route } from '@assay/service-kit';
import { z } from 'zod';
import { remembered } from '../log/remembered.ts';
import { requireImages, type Checks } from '../checks.ts';
import { draftOf, observed, type Observers } from '../observed.ts';
import { predictAndCheck } from '../predict-and-check.ts';
import type { ServedModels } from '../served-models.ts';
import {
  readUploadOrRows,
  type ListedUpload,
  type Upload,
  type UploadLimits,
} from '../upload/read-upload.ts';
import { answerList } from './answer-list.ts';
import { rowsBody } from './rows-body.ts';
import { checksQuery, imageBody, modelQuery, signalOf, topQuery, uploadProblems } from './upload-request.ts';

export interface PredictRouteOptions {
  readonly models: ServedModels;
  readonly observers: Observers;
  readonly checks: Checks;
  readonly logger: Logger;
  readonly limits: UploadLimits;
}

const query = {
  ...modelQuery,
  ...topQuery,
  ...checksQuery,
  explain: explanationMethod
    .optional()
    .describe(
      'Explains the answer. Images: `cam` (exact, no further run of the model; where its head is linear), `occlusion` (up to 49 runs of each view), `rise` (200). Features: `contributions`',
    ),
};

/** `POST /predict`. */
export function predictRoute({ models, observers, checks, logger, limits }: PredictRouteOptions): Route {
  const { metrics, log } = observers;
  const route = defineRoute({
    method: 'post',
    path: '/predict',
    operationId: 'predict',
    tag: 'predictions',
    summary: 'Classifies an image, a feature row, or a list of rows',
    description:
      'Where the time went is in the `Server-Timing` header. The header `Prediction-Log` is there where the answer is not in the prediction log yet: `pending`, or `dropped` where it never will be.',
    query,
    body: { ...imageBody, ...rowsBody },
    responses: {
      200: {
        description: 'The answer; to a list of rows, a list of answers',
        content: {
          'application/json': { schema: z.union([prediction, predictionList]), name: 'Prediction' },
        },
      },
    },
    problems: [...uploadProblems, 'batch-too-large'],
    async handle({ request, response, query: asked }) {
      const { model: name, version, top, explain, evidence, stability } = asked;
      const wanted = { evidence, stability };
      const draft = draftOf(response);
      const { start, client } = draft;
      // Before the body is read: a refusal that needs none need not wait for it.
      using lease = models.lease(name, version);
      const { model } = lease;
      draft.model = model;
      requireImages(model, wanted);
      if (explain !== undefined) await model.explainer.check({ method: explain });
      const signal = signalOf(response);
      const upload = await readUploadOrRows(request, response, limits);
      if (isList(upload)) {
        if (explain !== undefined) throw explainsOne(upload.length);
        await answerList(
          response,
          { model, uploads: upload },
          { start, top, signal, observers, logger, client, checks, wanted },
        );
        return;
      }
      draft.stages = { receive: performance.now() - start };
      if ('bytes' in upload) metrics.imageSize(upload.bytes.length);
      const answer = await predictAndCheck(model, upload, {
        draft,
        wanted,
        checks,
        observe: log !== undefined,
        top,
        signal,
        ...(explain === undefined ? {} : { explain }),
      });
      const stages = await remembered(response, log);
      response.setHeader('Server-Timing', serverTiming({ ...stages, total: performance.now() - start }));
      response.json(answer);
      metrics.stages(stages);
    },
  });
  return observed(route, observers);
}

function isList(value: Upload | readonly ListedUpload[]): value is readonly ListedUpload[] {
  return Array.isArray(value);
}

function explainsOne(rows: number): AssayError {
  return new AssayError('invalid-query', `"explain" answers one row at a time; received ${rows}.`);
}
