import { readFile } from 'node:fs/promises';
import { FIGURES } from '@assay/model-registry';
import { AssayError } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { ServedModels } from '../served-models.ts';

/** A picture may be opened as a page of its own: it may style itself, and nothing else. */
const figurePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** `GET /models/{name}/figures/{file}`: the pictures that `/models/{name}/card` refers to, relative to its address. */
export function figureRoute(models: ServedModels): Route {
  return defineRoute({
    method: 'get',
    path: `/models/{name}/${FIGURES}{file}`,
    operationId: 'getModelFigure',
    tag: 'models',
    summary: "A picture of the model's card",
    params: {
      name: z.string().describe('Name of the model'),
      file: z.string().describe('As in the card, for example `reliability.svg`'),
    },
    problems: ['unknown-model', 'not-found', 'not-ready'],
    responses: { 200: { description: 'A picture', content: { 'image/svg+xml': { schema: z.string() } } } },
    async handle({ params: { name, file }, response }) {
      const model = models.find(name).package;
      const path = `${FIGURES}${file}`;
      // Only what the manifest lists is looked for on the disk, whatever the address says.
      const figures = model.manifest.files.flatMap((one) =>
        one.path.startsWith(FIGURES) && one.path.endsWith('.svg') ? [one.path] : [],
      );
      if (!figures.includes(path))
        throw new AssayError(
          'not-found',
          `The card of "${name}" has no picture "${file}"; there are: ${figures.map((one) => one.slice(FIGURES.length)).join(', ') || 'none'}.`,
        );
      response.setHeader('Content-Security-Policy', figurePolicy);
      response.type('image/svg+xml').send(await readFile(model.path(path)));
    },
  });
}
