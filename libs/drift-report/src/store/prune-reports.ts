import { listAll, type ObjectStore } from '@assay/object-store';
import { readReportId } from '../report-id.ts';
import { idUnder, reportKey, REPORTS } from './report-keys.ts';

/** What was deleted. */
export interface PrunedReports {
  reports: number;
  /** Of the reports and their pages. */
  bytes: number;
}

export interface PruneReportsOptions {
  /** Reports of windows that ended before it go. */
  before: Date;
  signal?: AbortSignal | undefined;
}

/** A report that there is. */
interface Kept {
  id: string;
  to: string;
  bytes: number;
}

/**
 * Deletes old reports and their pages. The report of the latest window of each model stays, however old it is: it is what is known of
 * the model. A report vanishes last of what belongs to it, so that a crash leaves reports without a page, which is drawn anew, and no page
 * without a report.
 *
 * @throws what the store throws; what was deleted until then is gone, and the same call goes on.
 */
export async function pruneReports(
  store: Pick<ObjectStore, 'list' | 'delete'>,
  { before, signal }: PruneReportsOptions,
): Promise<PrunedReports> {
  const pages = new Map<string, number>();
  const byModel = new Map<string, Kept[]>();
  for await (const { key, size } of listAll(store as ObjectStore, REPORTS)) {
    const id = idUnder(key);
    if (id === undefined) {
      pages.set(key, size);
      continue;
    }
    const { model, window } = readReportId(id)!;
    byModel.set(model, [...(byModel.get(model) ?? []), { id, to: window.to, bytes: size }]);
  }
  const pruned: PrunedReports = { reports: 0, bytes: 0 };
  for (const reports of byModel.values()) {
    const latest = reports.reduce((end, { to }) => (to > end ? to : end), '');
    for (const { id, to, bytes } of reports) {
      if (to === latest || Date.parse(to) >= before.getTime()) continue;
      signal?.throwIfAborted();
      const page = reportKey(id, 'html')!;
      if (await store.delete(page)) pruned.bytes += pages.get(page) ?? 0;
      if (!(await store.delete(reportKey(id)!))) continue;
      pruned.reports += 1;
      pruned.bytes += bytes;
    }
  }
  return pruned;
}
