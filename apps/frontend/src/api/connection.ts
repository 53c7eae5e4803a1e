import { useQuery } from '@tanstack/react-query';
import { answerOf, inference } from './client.ts';
import { ApiError } from './problem.ts';

/** How often an answering service is asked whether it still does, and one that does not whether it does again. Milliseconds. */
const WHEN_ONLINE_MS = 20_000;
const WHEN_OFFLINE_MS = 2000;

/** Whether models can be asked. */
export interface Connection {
  readonly isOnline: boolean;
  /** Why not, in the service's words. */
  readonly detail: string;
  /** When it was last seen to be ready, milliseconds since 1970; 0 before. */
  readonly seenAt: number;
}

/** Asks `inference-api` again and again whether it is ready. Until the first answer it is taken to be. */
export function useConnection(): Connection {
  const { error, dataUpdatedAt } = useQuery({
    queryKey: ['ready'],
    queryFn: ({ signal }) => answerOf(inference.GET('/ready', { signal })),
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.error === null ? WHEN_ONLINE_MS : WHEN_OFFLINE_MS),
    refetchIntervalInBackground: true,
  });
  return {
    isOnline: error === null,
    seenAt: dataUpdatedAt,
    detail: error instanceof ApiError ? error.problem.detail : '',
  };
}
