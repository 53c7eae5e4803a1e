import type { DriftReport, DriftReportEntry } from '@assay/schema';

/** A report as one line of a list; its features stand in the order of the report, a cause before its symptoms. */
export function summariseReport(report: DriftReport): DriftReportEntry {
  const { id, time, model, window, verdict, summary, records, features } = report;
  const drifted = features.filter((one) => one.verdict === 'drifted').map(({ feature }) => feature);
  return {
    ...{ id, time, model, window, verdict, summary },
    records: records.total,
    drifted: [...new Set(drifted)],
  };
}
