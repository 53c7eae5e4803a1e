export type * from './window/drift-window.ts';
export { readReportId, reportId, type ReportSubject } from './report-id.ts';
