import { aliases, type Registry } from '@assay/model-registry';
import { modelVersions } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { ServedModels } from '../served-models.ts';

export interface VersionsRouteOptions {
  readonly models: ServedModels;
  readonly registry: Pick<Registry, 'versions' | 'alias'>;
}

/** `GET /models/{name}/versions`: what the registry has of a model that is served. */
export function versionsRoute({ models, registry }: VersionsRouteOptions): Route {
  return defineRoute({
    method: 'get',
    path: '/models/{name}/versions',
    operationId: 'listModelVersions',
    tag: 'models',
    summary: 'The versions of a model in the registry, and which of them is champion, challenger, served',
    params: { name: z.string().describe('Name of the model') },
    problems: ['unknown-model', 'not-ready', 'invalid-package'],
    responses: {
      200: {
        description: 'The oldest first',
        content: { 'application/json': { schema: modelVersions, name: 'ModelVersions' } },
      },
    },
    async handle({ params: { name }, response }) {
      const served = models.find(name).package.version;
      const [versions, ...named] = await Promise.all([
        registry.versions(name),
        ...aliases.map((alias) => registry.alias(name, alias)),
      ]);
      response.json({
        versions: versions.map((version) => ({
          version,
          aliases: aliases.filter((_, at) => named[at] === version),
          served: version === served,
        })),
      });
    },
  });
}
