import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../api/queries.ts';
import { Badge } from '../design/badge.tsx';
import { Card } from '../design/card.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { NameText } from '../design/name-text.tsx';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';

/** What is served. */
export default function ModelsView() {
  const models = useQuery(modelsQuery);
  return (
    <Page title="Models" lead="What is served here, and what each model tells apart.">
      <QueryState query={models} label="Models are being fetched">
        {({ models: served }) =>
          served.length === 0 ? (
            <EmptyState title="No model is served yet">
              <p>A model package in the registry becomes one: train one with the command assay, or import an ONNX file.</p>
            </EmptyState>
          ) : (
            served.map((model) => (
              <Card
                key={model.name}
                title={model.name}
                aside={model.default ? <Badge tone="accent">asked by default</Badge> : <Badge>{model.input}</Badge>}
              >
                <p>
                  <NameText>{model.description}</NameText>
                </p>
              </Card>
            ))
          )
        }
      </QueryState>
    </Page>
  );
}
