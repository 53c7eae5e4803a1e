import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { modelsQuery } from '../api/queries.ts';
import { CodeBlock } from '../design/code-block.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';
import { ModelCard } from './model-card.tsx';
import { ModelsNav } from './models-nav.tsx';

/** A card for each model that is served. */
export function ServedModels() {
  const models = useQuery(modelsQuery);
  return (
    <Page title="Models" lead="What is served here, what each model tells apart, and how far it can be believed.">
      <ModelsNav />
      <QueryState query={models} label="Models are being fetched">
        {({ models: served }) =>
          served.length === 0 ? (
            <EmptyState title="No model is served yet">
              <p>
                A package in the registry is served once <code>champion</code> stands for it. Train one, or bring an
                ONNX file:
              </p>
              <CodeBlock>
                npm run assay -- train configs/wine.yaml{'\n'}npm run assay -- import model.onnx
              </CodeBlock>
              <p>
                It appears here within half a minute. See also <Link href="/-/runs">the runs of the trainer</Link>.
              </p>
            </EmptyState>
          ) : (
            <div className="models-list">
              {served.map((model) => (
                <ModelCard key={model.name} model={model} />
              ))}
            </div>
          )
        }
      </QueryState>
    </Page>
  );
}
