import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../../design/code-block.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { useChosen } from '../../design/use-chosen.ts';
import { ModelsNav } from '../models-nav.tsx';
import { CompareRuns } from './compare-runs.tsx';
import { RunTable } from './run-table.tsx';
import { runsQuery } from './run-queries.ts';

/** Side by side more could not be told apart. */
const MOST_COMPARED = 5;

/** The runs of the trainer on this machine. */
export function RunsPage() {
  const runs = useQuery(runsQuery);
  const [chosen, toggle] = useChosen(MOST_COMPARED);
  return (
    <Page title="Runs" lead="What was trained on this machine: how it went, and what came of it.">
      <ModelsNav />
      <QueryState query={runs} label="Runs are being fetched">
        {({ runs: known, unreadable }) => (
          <>
            {known.length === 0 ? (
              <EmptyState title="Nothing was trained here yet">
                <p>
                  A run leaves its configuration and curves in <code>.assay/runs</code>, and appears here while it goes
                  on. The smallest takes a minute:
                </p>
                <CodeBlock>
                  npm run assay -- train configs/wine.yaml epochs=20
                </CodeBlock>
              </EmptyState>
            ) : (
              <RunTable runs={known} chosen={chosen} onToggle={toggle} />
            )}
            {unreadable.length > 0 && (
              <Notice tone="warn" title="Some runs cannot be read">
                <p>{unreadable.join(', ')}</p>
              </Notice>
            )}
            {chosen.length > 1 && <CompareRuns ids={chosen} />}
          </>
        )}
      </QueryState>
    </Page>
  );
}
