import {
  modelDetails,
  modelList,
  type ModelDetails,
  type ModelManifest,
  type ServedModel,
} from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { LoadedModel, ServedModels } from '../served-models.ts';
import { figureRoute } from './figure-route.ts';
import { versionsRoute, type VersionsRouteOptions } from './versions-route.ts';

const params = { name: z.string().describe('Name of the model') };

/** `GET /models`, `/models/{name}`, its versions, its card and the pictures of the card. */
export function modelRoutes({ models, registry }: VersionsRouteOptions): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/models',
      operationId: 'listModels',
      tag: 'models',
      summary: 'The models that are served',
      responses: {
        200: {
          description: 'By name',
          content: { 'application/json': { schema: modelList, name: 'ModelList' } },
        },
      },
      handle({ response }) {
        response.json({ models: models.loaded.map((model) => summaryOf(model, models)) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/models/{name}',
      operationId: 'getModel',
      tag: 'models',
      summary: 'What a model is, how it was trained and how good it is',
      params,
      problems: ['unknown-model', 'not-ready'],
      responses: {
        200: {
          description: 'From the manifest',
          content: { 'application/json': { schema: modelDetails, name: 'ModelDetails' } },
        },
      },
      handle({ params: { name }, response }) {
        response.json(detailsOf(models.find(name), models));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/models/{name}/card',
      operationId: 'getModelCard',
      tag: 'models',
      summary: "The model's card",
      params,
      problems: ['unknown-model', 'not-ready'],
      responses: { 200: { description: 'Markdown', content: { 'text/markdown': { schema: z.string() } } } },
      async handle({ params: { name }, response }) {
        response.type('text/markdown').send(await models.find(name).package.card());
      },
    }),
    figureRoute(models),
    versionsRoute({ models, registry }),
  ];
}

function summaryOf(model: LoadedModel, { defaultName, refusals }: ServedModels): ServedModel {
  const { name, version, served, description, task, labels, positiveLabel, preprocessing } =
    model.package.manifest;
  const refused = refusals.get(name);
  return {
    name,
    version,
    variant: served,
    description,
    task,
    labels,
    ...(positiveLabel === undefined ? {} : { positiveLabel }),
    input: preprocessing.kind,
    default: name === defaultName,
    ...(refused === undefined ? {} : { refused }),
  };
}

function detailsOf(model: LoadedModel, models: ServedModels): ModelDetails {
  const {
    preprocessing,
    calibration,
    decision,
    scopeGate,
    variants,
    files,
    metrics,
    evaluation,
    explanation,
  } = model.package.manifest;
  return {
    ...summaryOf(model, models),
    preprocessing,
    calibration,
    decision,
    ...(scopeGate === undefined ? {} : { scopeGate }),
    variants,
    files,
    metrics,
    ...(evaluation === undefined ? {} : { evaluation }),
    explanation,
    ...originOf(model.package.manifest),
  };
}

function originOf({ provenance }: ModelManifest): Pick<ModelDetails, 'training' | 'imported'> {
  if (provenance.kind === 'imported') {
    const { kind: _, command: __, ...imported } = provenance;
    return { imported };
  }
  const { dataset, startedAt, durationSeconds, seed, gitCommit } = provenance;
  return {
    training: {
      dataset,
      startedAt,
      durationSeconds,
      seed,
      ...(gitCommit === undefined ? {} : { gitCommit }),
    },
  };
}
