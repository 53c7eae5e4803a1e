import './ask.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'wouter';
import { modelQuery, modelsQuery } from '../api/queries.ts';
import type { ModelDetails } from '../api/types.ts';
import { EmptyState } from '../design/empty-state.tsx';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { HistoryList } from './history-list.tsx';
import { ImagePanel } from './image-panel.tsx';
import { ModelPicker } from './model-picker.tsx';
import type { AsksControl } from './use-asks.ts';

const TabularPanel = lazy(() => import('./tabular-panel.tsx'));

/** Where a picture, or a row of numbers, gets its answer. */
export function AskView({ asks }: { readonly asks: AsksControl }) {
  const models = useQuery(modelsQuery);
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('model');
  const served = models.data?.models ?? [];
  const chosen =
    served.find(({ name }) => name === wanted) ?? served.find((model) => model.default) ?? served[0];
  const details = useQuery({ ...modelQuery(chosen?.name ?? ''), enabled: chosen !== undefined });
  const isTabular = chosen?.input === 'tabular';

  return (
    <Page
      title={isTabular ? 'Ask about numbers' : 'Ask about a picture'}
      lead={
        isTabular
          ? 'Set what is known, and see what the model makes of it, how sure it is, and why.'
          : 'See what a model makes of it, how sure it is, and which parts of the picture made it think so.'
      }
    >
      <QueryState query={models} label="The models are being fetched">
        {() =>
          chosen === undefined ? (
            <EmptyState title="No model is served yet">
              <p>Put a model package into the registry; the service takes it up within half a minute.</p>
            </EmptyState>
          ) : (
            <>
              <ModelPicker
                models={served}
                chosen={chosen}
                onChoose={(name) => setSearch({ model: name }, { replace: true })}
              />
              {isTabular ? (
                <Suspense fallback={<Skeleton height="24rem" label="The form is being fetched" />}>
                  <QueryState query={details} label="The model is being fetched">
                    {(model) => <TabularPanel key={model.name} model={model} />}
                  </QueryState>
                </Suspense>
              ) : (
                <ImagePanel asks={asks} model={chosen.name} explain={quickExplanation(details.data)} />
              )}
            </>
          )
        }
      </QueryState>
      <HistoryList />
    </Page>
  );
}

/** The explanation that costs next to nothing, where the model has one. */
function quickExplanation(details: ModelDetails | undefined) {
  return details?.explanation.method === 'cam' ? 'cam' : undefined;
}
