import type { SweepDetails, SweepList, TrainingRun, TrainingRunList } from '@assay/schema';
import { queryOptions } from '@tanstack/react-query';
import { ApiError, offlineProblem, problemOf } from '../../api/problem.ts';

/** A run that goes on has a new epoch now and then. Milliseconds. */
const FRESH_MS = 15_000;

/** Asks the page's own server. */
async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal }).catch((error: unknown) => {
    throw signal.aborted ? error : new ApiError(offlineProblem);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(problemOf(body, response.status));
  return body as T;
}

/** Training runs that are kept beside the page's server. */
export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: ({ signal }) => ask<TrainingRunList>('/api/runs', signal),
  refetchInterval: FRESH_MS,
});

/** One of them, with its curves. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id],
    queryFn: ({ signal }) => ask<TrainingRun>(`/api/runs/${encodeURIComponent(id)}`, signal),
    refetchInterval: FRESH_MS,
  });

/** Sweeps that are kept beside the page's server. */
export const sweepsQuery = queryOptions({
  queryKey: ['sweeps'],
  queryFn: ({ signal }) => ask<SweepList>('/api/sweeps', signal),
  refetchInterval: FRESH_MS,
});

/** One of them, with its trials. */
export const sweepQuery = (id: string) =>
  queryOptions({
    queryKey: ['sweeps', id],
    queryFn: ({ signal }) => ask<SweepDetails>(`/api/sweeps/${encodeURIComponent(id)}`, signal),
    refetchInterval: FRESH_MS,
  });
