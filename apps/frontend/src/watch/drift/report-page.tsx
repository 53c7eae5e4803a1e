import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { DRIFT } from '../../api/client.ts';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { reportQuery } from '../watch-queries.ts';
import type { DriftReport } from '../watch-types.ts';
import { DriftedFeatures } from './drifted-features.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { FeatureTable } from './feature-table.tsx';
import { PerformanceFacts } from './performance-facts.tsx';
import { PipelineFacts } from './pipeline-facts.tsx';
import { SliceList } from './slice-list.tsx';
import { TimelineFigure } from './timeline-figure.tsx';
import { Verdict } from './verdict.tsx';

/** One report: the verdict, what changed, whether it hurts, and the evidence. */
export function ReportPage({ id }: { readonly id: string }) {
  const report = useQuery(reportQuery(id));
  return (
    <Page title="Drift report">
      <p className="page-back">
        <Link href="/drift">All reports</Link>
        <a href={`${DRIFT}/reports/${encodeURIComponent(id)}.html`} target="_blank" rel="noreferrer">
          As one page to keep or send
        </a>
      </p>
      <QueryState query={report} label="The report is being fetched">
        {(found) => <Report report={found} />}
      </QueryState>
    </Page>
  );
}

function Report({ report }: { readonly report: DriftReport }) {
  const { records, features, slices, evidence, timeline } = report;
  return (
    <>
      <Verdict report={{ ...report, records: records.total }} />
      <DriftedFeatures features={features} />
      <PerformanceFacts performance={report.performance} />
      {timeline.length > 1 && <TimelineFigure report={report} />}
      <FeatureTable features={features} />
      {slices.length > 0 && <SliceList slices={slices} />}
      {evidence.length > 0 && <EvidenceList evidence={evidence} />}
      <PipelineFacts report={report} />
    </>
  );
}
