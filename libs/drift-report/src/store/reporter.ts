import type { Registry } from '@assay/model-registry';
import type { ObjectStore } from '@assay/object-store';
import type { DriftReport, ReportWindow } from '@assay/schema';
import { makeDriftReport } from '../judge/make-drift-report.ts';
import { reportId } from '../report-id.ts';
import type { DriftWindows } from '../window/drift-window.ts';
import type { ReportStore } from './report-store.ts';
import { spendOnReport } from './spend-on-report.ts';
import { openThresholds } from './threshold-store.ts';

/** What a report is asked of. */
export interface ReportQuery {
  readonly model: string;
  /** A version or an alias; default `champion`. */
  readonly version?: string | undefined;
  /** As `resolveWindow` gives it. */
  readonly window: ReportWindow;
}

/** Makes reports. */
export interface Reporter {
  /**
   * The report of a window: the one that is kept, or a new one. Who asks for the same at the same time shares the work.
   *
   * @throws AssayError `unknown-model`, `unknown-version`, `no-reference-profile`; what the log and the store throw
   */
  make(query: ReportQuery): Promise<{ report: DriftReport; isNew: boolean }>;
}

export interface ReporterOptions {
  readonly windows: DriftWindows;
  readonly registry: Pick<Registry, 'alias' | 'resolve'>;
  readonly reports: ReportStore;
  /** Where levels and thresholds are kept. */
  readonly store: ObjectStore;
  /** Lets reports be made one after another, where memory is bounded. Default: at once. */
  readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now?: () => Date;
}

export function createReporter(options: ReporterOptions): Reporter {
  const { windows, registry, reports, store, inTurn = atOnce, now = () => new Date() } = options;
  const underWay = new Map<string, Promise<{ report: DriftReport; isNew: boolean }>>();

  const versionOf = async ({ model, version = 'champion' }: ReportQuery): Promise<string> => {
    if (version !== 'champion' && version !== 'challenger') return version;
    // Where there is none, the registry says so in its own words.
    return (await registry.alias(model, version)) ?? (await registry.resolve(model, version)).version;
  };
  const judge = async (query: ReportQuery & { version: string }) => {
    const { model, version } = query;
    const window = await windows.read({
      model,
      version,
      window: { from: new Date(query.window.from), to: new Date(query.window.to) },
    });
    const alpha = await spendOnReport(store, { model, version, window: window.window });
    const thresholds = await openThresholds(store, window.reference.digest);
    const report = makeDriftReport(window, { alpha, now: now(), cache: thresholds.cache });
    await thresholds.save();
    return reports.keep(report);
  };

  return {
    async make(query) {
      const version = await versionOf(query);
      const id = reportId({ ...query, version });
      const going = underWay.get(id);
      // Whoever shares it did not make it.
      if (going !== undefined) return { report: (await going).report, isNew: false };
      const making = (async () => {
        const kept = await reports.find(id);
        return kept === undefined
          ? inTurn(() => judge({ ...query, version }))
          : { report: kept, isNew: false };
      })();
      underWay.set(id, making);
      try {
        return await making;
      } finally {
        underWay.delete(id);
      }
    },
  };
}

const atOnce = <T>(work: () => Promise<T>): Promise<T> => work();
