import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { modelCardQuery } from './model-queries.ts';
import { QueryState } from '../design/query-state.tsx';
import { Skeleton } from '../design/skeleton.tsx';

const CardMarkdown = lazy(() => import('./card-markdown.tsx'));

/** The model's card, as its authors wrote it. */
export function CardText({ name, version }: { readonly name: string; readonly version: string }) {
  const card = useQuery(modelCardQuery(name, version));
  return (
    <QueryState query={card} label="The card is being fetched">
      {(text) => (
        <Suspense fallback={<Skeleton height="24rem" label="The card is being fetched" />}>
          <CardMarkdown text={text} name={name} />
        </Suspense>
      )}
    </QueryState>
  );
}
