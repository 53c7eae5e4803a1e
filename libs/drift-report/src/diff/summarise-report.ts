import type { DriftReport, DriftReportEntry } from '@assay/schema';
import { strengthOf } from '../judge/rank-features.ts';

/** A report as one line of a list. */
export function summariseReport(report: DriftReport): DriftReportEntry {
  const { id, time, model, window, verdict, summary, records, features } = report;
  const drifted = features
    .filter((feature) => feature.verdict === 'drifted')
    .sort((a, b) => strengthOf(b) - strengthOf(a))
    .map(({ feature }) => feature);
  return {
    ...{ id, time, model, window, verdict, summary },
    records: records.total,
    drifted: [...new Set(drifted)],
  };
}
