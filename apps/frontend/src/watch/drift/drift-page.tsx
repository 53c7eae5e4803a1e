import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../design/empty-state.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { ModelFilter } from '../model-filter.tsx';
import { useParameter } from '../use-parameter.ts';
import { WatchNav } from '../watch-nav.tsx';
import { reportsQuery } from '../watch-queries.ts';
import { AlertHistory } from './alert-history.tsx';
import { latestByModel } from './latest-by-model.ts';
import { ReportList } from './report-list.tsx';
import { RunReport } from './run-report.tsx';
import { Verdict } from './verdict.tsx';
import { VerdictLine } from './verdict-line.tsx';

/** Whether the world still is what the models know: the latest verdicts, those before, and what people were told. */
export function DriftPage() {
  const [model, setModel] = useParameter('model');
  const reports = useQuery(reportsQuery(model ?? undefined));
  return (
    <Page title="Drift" lead="Whether the world still is what the models know.">
      <WatchNav />
      <div className="watch-filters">
        <ModelFilter model={model ?? undefined} onChoose={setModel} />
      </div>
      <RunReport model={model ?? undefined} />
      <QueryState query={reports} label="Reports are being fetched">
        {({ reports: found }) =>
          found.length === 0 ? (
            <EmptyState title="No report yet">
              <p>
                A report holds the inputs and answers of a window against those that the model was measured
                on, and says in one sentence whether they still are alike. They are made on a schedule; the
                first one can be made now, above.
              </p>
            </EmptyState>
          ) : (
            <>
              <div className="watch-verdicts">
                {latestByModel(found).map((report) => (
                  <Verdict key={report.id} report={report} isLink />
                ))}
              </div>
              <VerdictLine reports={found} />
              <ReportList reports={found} />
            </>
          )
        }
      </QueryState>
      <AlertHistory model={model ?? undefined} />
    </Page>
  );
}
