import { AssayError, modelName, modelVersion, traffic, trafficUnits } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import type { LogAccess } from '../log/log-access.ts';
import { windowQuery } from './filter-query.ts';
import { checkWindow } from './window.ts';

/** Intervals of an answer: minutes of two days, hours of four months, or days of eight years. */
const MOST_INTERVALS = 3000;

/** The window that is meant where its beginning is left out. */
const DAY_MS = trafficUnits.day;

/** `GET /traffic`. */
export function trafficRoute(log: LogAccess): Route {
  return defineRoute({
    method: 'get',
    path: '/traffic',
    operationId: 'getTraffic',
    tag: 'predictions',
    summary: 'How many predictions there were, how they ended, how long they took, how often they were right',
    query: {
      ...windowQuery,
      model: modelName.optional().describe('Name of the model; all where left out'),
      version: modelVersion.optional().describe('Version of the model'),
      per: traffic.shape.per.default('hour').describe('Length of the intervals'),
    },
    problems: ['query-too-large', 'overloaded', 'storage-forbidden', 'storage-unavailable'],
    responses: {
      200: {
        description: 'By interval; the window is the 24 hours before its end where no beginning is given',
        content: { 'application/json': { schema: traffic, name: 'Traffic' } },
      },
    },
    async handle({ query: { from, to = new Date(Date.now() + 1), model, version, per }, response }) {
      const window = { from: from ?? new Date(to.getTime() - DAY_MS), to };
      checkWindow(window);
      const length = window.to.getTime() - window.from.getTime();
      if (length > MOST_INTERVALS * trafficUnits[per])
        throw new AssayError(
          'invalid-query',
          `A window of ${Math.ceil(length / trafficUnits[per])} intervals was asked for, and ${MOST_INTERVALS} are allowed: choose a shorter window, or a longer "per".`,
        );
      const selection = {
        ...(model === undefined ? {} : { model }),
        ...(version === undefined ? {} : { version }),
      };
      response.json(await log.traffic({ window, per, ...selection }));
    },
  });
}
