import { mapMethod } from '@assay/schema';
import { defineRoute, serverTiming, type Route } from '@assay/service-kit';
import { z } from 'zod';
import { remembered } from '../log/remembered.ts';
import { draftOf, observed, type Observers } from '../observed.ts';
import { predictWithPicture } from '../predict-with-picture.ts';
import type { ServedModels } from '../served-models.ts';
import { readUpload, type UploadLimits } from '../upload/read-upload.ts';
import { imageBody, modelQuery, signalOf, uploadProblems } from './upload-request.ts';

export interface ExplainRouteOptions {
  readonly models: ServedModels;
  readonly observers: Observers;
  readonly limits: Pick<UploadLimits, 'fileBytes'>;
}

const query = {
  ...modelQuery,
  method: mapMethod
    .optional()
    .describe('How; the best that the model offers where absent. `cam` is exact and costs no further run'),
  label: z.string().optional().describe('What is explained; the prediction where absent'),
};

/** Name of the header that says what the picture is of. */
export const EXPLANATION_HEADER = 'Assay-Prediction';

/** `POST /explain`. */
export function explainRoute({ models, observers, limits }: ExplainRouteOptions): Route {
  const { metrics, log } = observers;
  const route = defineRoute({
    method: 'post',
    path: '/explain',
    operationId: 'explain',
    tag: 'predictions',
    summary: 'Draws on an image which parts of it speak for a label',
    description:
      `The upright image at its own size with the map on it. The header \`${EXPLANATION_HEADER}\` is JSON with the prediction's ` +
      '`id`, `prediction`, `probability` and `decision`, and the `method` and `label` of the map. Of two labels, orange speaks for the label and blue for the other.',
    query,
    body: imageBody,
    responses: {
      200: {
        description: 'The picture',
        content: { 'image/png': { jsonSchema: { type: 'string', format: 'binary' } } },
      },
    },
    problems: uploadProblems,
    async handle({ request, response, query: { model: name, version, method, label } }) {
      const draft = draftOf(response);
      using lease = models.lease(name, version);
      const { model } = lease;
      draft.model = model;
      const how = { ...(method === undefined ? {} : { method }), ...(label === undefined ? {} : { label }) };
      await model.explainer.check(how);
      const signal = signalOf(response);
      const upload = await readUpload(request, response, limits.fileBytes);
      if ('bytes' in upload) metrics.imageSize(upload.bytes.length);
      draft.stages = { receive: performance.now() - draft.start };
      const observe = log !== undefined;
      const { png, prediction, heat } = await predictWithPicture(model, upload, {
        ...how,
        draft,
        observe,
        signal,
      });
      const stages = await remembered(response, log);
      const { id, prediction: answer, probability, decision } = prediction;
      const header = {
        id,
        prediction: answer,
        probability,
        decision,
        method: heat.method,
        label: heat.label,
      };
      response.setHeader(EXPLANATION_HEADER, asciiJson(header));
      response.setHeader(
        'Server-Timing',
        serverTiming({ ...stages, total: performance.now() - draft.start }),
      );
      response.type('image/png').send(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
      metrics.stages(stages);
    },
  });
  return observed(route, observers);
}

/** JSON of ASCII alone, as headers need it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
