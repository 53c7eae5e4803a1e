import { predictionList } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { requireImages } from '../checks.ts';
import { draftOf, observed } from '../observed.ts';
import { readBatch } from '../upload/read-upload.ts';
import { answerList } from './answer-list.ts';
import type { PredictRouteOptions } from './predict-route.ts';
import { rowsBody } from './rows-body.ts';
import { checksQuery, modelQuery, signalOf, topQuery, uploadProblems } from './upload-request.ts';

/** `POST /predict/batch`. */
export function batchRoute({ models, observers, checks, limits, logger }: PredictRouteOptions): Route {
  const route = defineRoute({
    method: 'post',
    path: '/predict/batch',
    operationId: 'predictBatch',
    tag: 'predictions',
    summary: 'Classifies several images or feature rows',
    description: `At most ${limits.batchInputs} inputs and ${limits.batchBytes} bytes. An input that cannot be answered gets its problem, the others their answers.`,
    query: { ...modelQuery, ...topQuery, ...checksQuery },
    body: {
      'multipart/form-data': {
        jsonSchema: {
          type: 'object',
          description: 'Files, in fields of any name',
          properties: { images: { type: 'array', items: { type: 'string', format: 'binary' } } },
        },
      },
      ...rowsBody,
    },
    responses: {
      200: {
        description: 'One result for each input, in their order',
        content: { 'application/json': { schema: predictionList, name: 'PredictionList' } },
      },
    },
    problems: [...uploadProblems, 'batch-too-large'],
    async handle({ request, response, query: asked }) {
      const { model: name, version, top, evidence, stability } = asked;
      const wanted = { evidence, stability };
      const draft = draftOf(response);
      const { start, client } = draft;
      using lease = models.lease(name, version);
      const { model } = lease;
      draft.model = model;
      requireImages(model, wanted);
      const signal = signalOf(response);
      const uploads = await readBatch(request, response, limits);
      await answerList(
        response,
        { model, uploads },
        { start, top, signal, observers, logger, client, checks, wanted },
      );
    },
  });
  return observed(route, observers);
}
