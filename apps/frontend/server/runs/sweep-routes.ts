import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssayError, sweepDetails, sweepList } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { isSweepFolder, readStoredSweep } from '@assay/training-runs';
import { z } from 'zod';
import { describeSweep, sweepLine } from './describe-sweep.ts';
import { folderOf, isNamed } from './folder-of.ts';
import { readAll } from './read-all.ts';

/** `GET /api/sweeps` and `/api/sweeps/{id}`: sweeps below the trainer's state folder. */
export function sweepRoutes(state: string): Route[] {
  const folder = join(state, 'sweeps');
  return [
    defineRoute({
      method: 'get',
      path: '/api/sweeps',
      operationId: 'listSweeps',
      tag: 'runs',
      summary: 'Sweeps that are kept on this machine',
      responses: {
        200: {
          description: 'By name',
          content: { 'application/json': { schema: sweepList, name: 'SweepList' } },
        },
      },
      async handle({ response }) {
        const paths = (existsSync(folder) ? readdirSync(folder) : [])
          .map((name) => join(folder, name))
          .filter((path) => isNamed(path) && isSweepFolder(path))
          .sort();
        const { read, unreadable } = await readAll(paths, readStoredSweep);
        response.json({ sweeps: read.map(sweepLine), unreadable: unreadable.map((path) => basename(path)) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/sweeps/{id}',
      operationId: 'getSweep',
      tag: 'runs',
      summary: 'A sweep: its parameters and trials',
      params: { id: z.string().describe('Name of its folder') },
      problems: ['not-found', 'invalid-configuration'],
      responses: {
        200: {
          description: 'The sweep',
          content: { 'application/json': { schema: sweepDetails, name: 'SweepDetails' } },
        },
      },
      async handle({ params: { id }, response }) {
        const path = folderOf(folder, id);
        if (!isSweepFolder(path)) throw new AssayError('not-found', `There is no sweep "${id}" here.`);
        response.json(describeSweep(await readStoredSweep(path)));
      },
    }),
  ];
}
