import { listAll, type ObjectStore } from '@assay/object-store';
import {
  AssayError,
  type DriftReport,
  type DriftReportEntry,
  type DriftReportPage,
  type DriftVerdict,
} from '@assay/schema';
import { summariseReport } from '../diff/summarise-report.ts';
import { readReportId } from '../report-id.ts';
import { idUnder, REPORTS } from './report-keys.ts';

/** Which reports are wanted. */
export interface ReportFilter {
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly verdict?: DriftVerdict | undefined;
}

export interface ReportLister {
  /**
   * The latest window first. A page may be short, or empty, and not the last: no more than {@link MOST_LOOKS} reports are looked into.
   *
   * @throws AssayError `invalid-query` for a token that is none
   */
  list(
    filter: ReportFilter,
    page: { limit: number; pageToken?: string | undefined },
  ): Promise<DriftReportPage>;
  latest(filter: Omit<ReportFilter, 'verdict'>): Promise<DriftReport | undefined>;
}

/** Reports that are looked into for one page. */
const MOST_LOOKS = 500;
/** Objects that are fetched at a time. */
const AT_A_TIME = 16;
/** Entries that are kept: what was looked into need not be fetched again. */
const REMEMBERED = 5000;

/** @param find a report by its name */
export function listReports(
  store: Pick<ObjectStore, 'list'>,
  find: (id: string) => Promise<DriftReport | undefined>,
): ReportLister {
  const remembered = new Map<string, DriftReportEntry>();

  /** Names of the reports, the latest window first. */
  const names = async ({ model, version }: ReportFilter): Promise<string[]> => {
    const found: { id: string; order: string }[] = [];
    for await (const { key } of listAll(
      store as ObjectStore,
      model === undefined ? REPORTS : `${REPORTS}${model}/`,
    )) {
      const id = idUnder(key);
      if (id === undefined) continue;
      if (version === undefined || readReportId(id)!.version === version)
        found.push({ id, order: orderOf(id) });
    }
    return found.sort((a, b) => (a.order < b.order ? 1 : -1)).map(({ id }) => id);
  };
  const entry = async (id: string): Promise<DriftReportEntry | undefined> => {
    const known = remembered.get(id);
    if (known !== undefined) return known;
    const report = await find(id);
    if (report === undefined) return undefined;
    const made = summariseReport(report);
    remembered.set(id, made);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
    return made;
  };

  return {
    async list(filter, { limit, pageToken }) {
      const after = pageToken === undefined ? undefined : orderOf(readToken(pageToken));
      const all = (await names(filter)).filter((id) => after === undefined || orderOf(id) < after);
      const reports: DriftReportEntry[] = [];
      let looked = 0;
      while (looked < all.length && looked < MOST_LOOKS && reports.length < limit) {
        const some = all.slice(looked, looked + Math.min(AT_A_TIME, limit - reports.length));
        looked += some.length;
        for (const one of await Promise.all(some.map(entry)))
          if (one !== undefined && (filter.verdict === undefined || one.verdict === filter.verdict))
            reports.push(one);
      }
      return { reports, ...(looked < all.length ? { nextPageToken: tokenOf(all[looked - 1]!) } : {}) };
    },
    async latest(filter) {
      for (const id of await names(filter)) {
        const report = await find(id);
        if (report !== undefined) return report;
      }
      return undefined;
    },
  };
}

/** Text that sorts as reports are listed, the latest last: the end of the window, its beginning, the name. */
function orderOf(id: string): string {
  const { window } = readReportId(id)!;
  return `${window.to} ${window.from} ${id}`;
}

const tokenOf = (id: string): string => Buffer.from(id).toString('base64url');

function readToken(token: string): string {
  const id = Buffer.from(token, 'base64url').toString();
  if (readReportId(id) !== undefined) return id;
  throw new AssayError('invalid-query', 'Expected "pageToken" to be the nextPageToken of the page before.');
}
