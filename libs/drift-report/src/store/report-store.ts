import { getIfThere, type ObjectStore } from '@assay/object-store';
import { AssayError, driftReportSchema, type DriftReport } from '@assay/schema';
import { renderReportPage } from '../page/render-report-page.ts';
import { reportKey } from './report-keys.ts';
import { listReports, type ReportLister } from './list-reports.ts';
import { untoldReports, type UntoldReports } from './untold-reports.ts';

/** Reports in a bucket. Each is written once and never changed. */
export interface ReportStore {
  /**
   * Keeps a report, unless there is one of its name: the first that was made of a window is the report of that window.
   *
   * @returns the one that is kept, and whether it is the given one
   */
  keep(report: DriftReport): Promise<{ report: DriftReport; isNew: boolean }>;
  /** @returns `undefined` where there is none of this name, or one that this release cannot read */
  find(id: string): Promise<DriftReport | undefined>;
  /** {@link find}. @throws AssayError `unknown-report` */
  get(id: string): Promise<DriftReport>;
  /** The report as one self-contained page of HTML. @throws AssayError `unknown-report` */
  page(id: string): Promise<string>;
  readonly list: ReportLister['list'];
  /** The report of the latest window. @returns `undefined` where there is none */
  readonly latest: ReportLister['latest'];
  readonly untold: UntoldReports;
}

/** Reports in a bucket. Every method may throw what the store throws. */
export function openReportStore(store: ObjectStore): ReportStore {
  const untold = untoldReports(store);

  const find = async (id: string): Promise<DriftReport | undefined> => {
    const key = reportKey(id);
    const found = key === undefined ? undefined : await getIfThere(store, key);
    return found && readReport(found.content);
  };
  const get = async (id: string): Promise<DriftReport> => {
    const report = await find(id);
    if (report !== undefined) return report;
    throw new AssayError(
      'unknown-report',
      `There is no drift report "${id}", or none that this release can read. GET /reports, or "assay drift list", names those that there are.`,
    );
  };
  const lister = listReports(store, find);

  return {
    find,
    get,
    async keep(report) {
      const key = reportKey(report.id);
      if (key === undefined)
        throw new AssayError('internal', `Expected a report with a name of a report; got "${report.id}".`);
      const text = JSON.stringify(report);
      // Before the report: should this process end in between, somebody else is told of a report that is not there, and forgets it.
      await untold.add(report.id);
      try {
        await store.put(key, text, { ifAbsent: true });
      } catch (error) {
        if (!(error instanceof AssayError && error.code === 'precondition-failed')) throw error;
        const there = await getIfThere(store, key);
        const kept = there && readReport(there.content);
        if (kept !== undefined) return { report: kept, isNew: false };
        // What cannot be read is no report.
        await store.put(key, text, there ? { ifGeneration: there.info.generation } : { ifAbsent: true });
      }
      await store.put(reportKey(report.id, 'html')!, renderReportPage(report));
      return { report, isNew: true };
    },
    async page(id) {
      // Not the one in the bucket, which is for whoever has the bucket alone: a later release may draw it better.
      return renderReportPage(await get(id));
    },
    list: lister.list,
    latest: lister.latest,
    untold,
  };
}

function readReport(content: Buffer): DriftReport | undefined {
  try {
    return driftReportSchema.loose().parse(JSON.parse(content.toString()));
  } catch {
    return undefined;
  }
}
