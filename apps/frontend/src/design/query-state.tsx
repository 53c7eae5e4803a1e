import type { UseQueryResult } from '@tanstack/react-query';
import { useDeferredValue, type ReactNode } from 'react';
import { isAway } from '../api/problem.ts';
import { wordsFor } from '../api/problem-words.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';

export interface QueryStateProps<T> {
  readonly query: UseQueryResult<T>;
  /** What is being fetched, for those who listen. */
  readonly label: string;
  /** Draws what came. */
  children(data: T): ReactNode;
}

/** What was fetched; a placeholder until then; what is in the way, and what to do, where it fails. */
export function QueryState<T>({ query, label, children }: QueryStateProps<T>) {
  // What comes is drawn little by little: otherwise the whole view would be, before anything else may happen.
  const isReady = useDeferredValue(query.data !== undefined);
  if (isReady && query.data !== undefined) return <>{children(query.data)}</>;
  if (query.data !== undefined || query.error === null) return <Skeleton height="12rem" label={label} />;
  const { title, advice } = wordsFor(query.error);
  return (
    <Notice tone={isAway(query.error) ? 'warn' : 'bad'} title={title}>
      <p>{advice}</p>
      <Button small onClick={() => void query.refetch()}>
        Try again now
      </Button>
    </Notice>
  );
}
