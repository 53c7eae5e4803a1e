import { basename, join } from 'node:path';
import { AssayError, trainingRun, trainingRunList } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { isRunFolder, readStoredRun, runsIn } from '@assay/training-runs';
import { z } from 'zod';
import { runDetails, runEntry } from './describe-run.ts';
import { folderOf, isNamed } from './folder-of.ts';
import { readAll } from './read-all.ts';

/** Most runs of a list: the latest. */
const MOST_RUNS = 200;

/** `GET /api/runs` and `/api/runs/{id}`: training runs below the trainer's state folder. */
export function runRoutes(state: string): Route[] {
  const folder = join(state, 'runs');
  return [
    defineRoute({
      method: 'get',
      path: '/api/runs',
      operationId: 'listRuns',
      tag: 'runs',
      summary: 'Training runs that are kept on this machine',
      responses: {
        200: {
          description: `The latest ${MOST_RUNS}`,
          content: { 'application/json': { schema: trainingRunList, name: 'TrainingRunList' } },
        },
      },
      async handle({ response }) {
        const paths = runsIn(folder).filter(isNamed).reverse().slice(0, MOST_RUNS);
        const { read, unreadable } = await readAll(paths, readStoredRun);
        response.json({ runs: read.map(runEntry), unreadable: unreadable.map((path) => basename(path)) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/runs/{id}',
      operationId: 'getRun',
      tag: 'runs',
      summary: 'A training run: configuration and curves',
      params: { id: z.string().describe('Name of its folder') },
      problems: ['not-found', 'invalid-configuration'],
      responses: {
        200: {
          description: 'The run',
          content: { 'application/json': { schema: trainingRun, name: 'TrainingRun' } },
        },
      },
      async handle({ params: { id }, response }) {
        const path = folderOf(folder, id);
        if (!isRunFolder(path)) throw new AssayError('not-found', `There is no training run "${id}" here.`);
        response.json(runDetails(await readStoredRun(path)));
      },
    }),
  ];
}
