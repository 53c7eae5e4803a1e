export type * from './window/drift-window.ts';
export {
  openDriftWindows,
  type DriftWindowsDeps,
  type DriftWindowsOptions,
} from './window/open-drift-windows.ts';
export { readReference, type PackageReference } from './window/read-reference.ts';
export { logCounts, type CountQuery, type CountsSource } from './profiles/counts-source.ts';
export { readReportId, reportId, type ReportSubject } from './report-id.ts';
export { renderReportPage } from './page/render-report-page.ts';
export { pagePolicy } from './page/page-shell.ts';
export { describeReport, type DescribeOptions } from './text/describe-report.ts';
export { diffReports, type FeatureDifference } from './diff/diff-reports.ts';
export { renderDiffPage } from './diff/render-diff-page.ts';
export { summariseReport } from './diff/summarise-report.ts';
export { makeDriftReport, type DriftReportOptions } from './judge/make-drift-report.ts';
export { parityWithEvidently } from './parity/parity-with-evidently.ts';
export { createReporter, type Reporter, type ReporterOptions, type ReportQuery } from './store/reporter.ts';
export { openReportStore, type ReportStore } from './store/report-store.ts';
export { pruneReports, type PrunedReports, type PruneReportsOptions } from './store/prune-reports.ts';
export type { ReportFilter } from './store/list-reports.ts';
export { resolveWindow, type ResolveWindowOptions } from './store/resolve-window.ts';
export { driftQueries, sqlCounts, type SqlCountsOptions, type SqlRow } from './profiles/sql-counts.ts';
