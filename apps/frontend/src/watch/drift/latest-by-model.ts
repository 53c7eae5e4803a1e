import type { ReportEntry } from '../watch-types.ts';

/** The report of the latest window of each model, drifted ones first, then by name. @param reports the latest window first */
export function latestByModel(reports: readonly ReportEntry[]): ReportEntry[] {
  const latest = new Map<string, ReportEntry>();
  for (const report of reports) if (!latest.has(report.model.name)) latest.set(report.model.name, report);
  const rank = ({ verdict }: ReportEntry) => (verdict === 'drifted' ? 0 : 1);
  return [...latest.values()].toSorted((a, b) => rank(a) - rank(b) || (a.model.name < b.model.name ? -1 : 1));
}
