import { QueryClient, queryOptions } from '@tanstack/react-query';
import { answerOf, drift, inference } from './client.ts';
import { isAway } from './problem.ts';
import type { ModelDetails } from './types.ts';

/** How often what could not be had is tried again, milliseconds. */
const RETRY_MS = 2000;

/** What was fetched, for all views. What failed because a service is away is tried until it is back. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        networkMode: 'always',
        retry: (failures, error) => isAway(error) && failures < 1,
        retryDelay: RETRY_MS,
        refetchInterval: ({ state: { error } }) => (isAway(error) ? RETRY_MS : false),
      },
    },
  });
}

/** The models that are served. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => answerOf(inference.GET('/models', { signal })),
});

/** What one model is. */
export const modelQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', name],
    // The client's types make lists of the document's tuples.
    queryFn: async ({ signal }) =>
      (await answerOf(
        inference.GET('/models/{name}', { params: { path: { name } }, signal }),
      )) as ModelDetails,
  });

/** One prediction from the log, with what was said of it. */
export const predictionQuery = (id: string) =>
  queryOptions({
    queryKey: ['predictions', id],
    queryFn: ({ signal }) => answerOf(drift.GET('/predictions/{id}', { params: { path: { id } }, signal })),
  });

/** The latest predictions. */
export const latestPredictionsQuery = queryOptions({
  queryKey: ['predictions', 'latest'],
  queryFn: ({ signal }) => answerOf(drift.GET('/predictions', { params: { query: { limit: 20 } }, signal })),
});
