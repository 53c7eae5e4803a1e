import {
  parityWithEvidently,
  resolveWindow,
  summariseReport,
  type DriftWindows,
  type Reporter,
  type ReportStore,
} from '@assay/drift-report';
import type { Registry } from '@assay/model-registry';
import type { DriftReport, DriftReportBatch, DriftReportRequest, ParityReport } from '@assay/schema';
import { problemDocumentOf, toAssayError, type Logger } from '@assay/service-kit';

/** What the routes and the schedule ask for. */
export interface Reporting extends Pick<ReportStore, 'get' | 'page' | 'list' | 'latest'> {
  /**
   * The report of one model.
   *
   * @throws AssayError `unknown-model`, `unknown-version`, `no-reference-profile`, `invalid-window`, `overloaded`; what the log and the store throw
   */
  make(request: DriftReportRequest & { model: string }): Promise<{ report: DriftReport; isNew: boolean }>;
  /**
   * The reports of all champions; one that cannot be judged does not keep the others from it.
   *
   * @throws AssayError `invalid-window`; what the store throws, where it is the store that is in the way
   */
  makeAll(window: DriftReportRequest['window']): Promise<{ batch: DriftReportBatch; isNew: boolean }>;
  /** What Evidently would say of the same window. @throws AssayError `unknown-report`; what reading the window throws */
  parity(id: string): Promise<ParityReport>;
}

export interface ReportingOptions {
  readonly reporter: Reporter;
  readonly windows: DriftWindows;
  readonly reports: ReportStore;
  readonly registry: Pick<Registry, 'names' | 'alias'>;
  /** Tells of what is new; not waited for longer than {@link PATIENCE_MS}. */
  announce(): Promise<void>;
  /** What a window without words is. */
  readonly span: string;
  readonly logger: Logger;
  readonly now?: () => Date;
}

/**
 * Telling of a report belongs to the request that made it: on Cloud Run there is no processor between requests. But a webhook that
 * hangs holds it up no longer than this. Milliseconds.
 */
const PATIENCE_MS = 5000;

/** Refusals that are about one model, and not about the surroundings of all. */
const ABOUT_ALL = new Set([
  'storage-unavailable',
  'storage-forbidden',
  'storage-full',
  'overloaded',
  'shutting-down',
]);

export function createReporting(options: ReportingOptions): Reporting {
  const { reporter, windows, reports, registry, announce, span, logger, now = () => new Date() } = options;
  const patiently = async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([announce(), late]).finally(() => clearTimeout(timer));
  };
  const make: Reporting['make'] = async ({ model, version, window: asked }) => {
    const window = resolveWindow(asked, { now: now(), span });
    const made = await reporter.make({ model, version, window });
    if (made.isNew) {
      const { id, verdict } = made.report;
      logger.info({ report: id, verdict }, `drift report: ${made.report.summary}`);
      await patiently();
    }
    return made;
  };

  return {
    make,
    async makeAll(asked) {
      // One window for all, also where the hour ends meanwhile.
      const window = resolveWindow(asked, { now: now(), span });
      const batch: DriftReportBatch = { reports: [], problems: [] };
      let isAnyNew = false;
      for (const model of await registry.names()) {
        try {
          if ((await registry.alias(model, 'champion')) === undefined) continue;
          const { report, isNew } = await make({ model, window });
          isAnyNew ||= isNew;
          batch.reports.push(summariseReport(report));
        } catch (thrown) {
          const error = toAssayError(thrown);
          if (ABOUT_ALL.has(error.code)) throw error;
          const { code, detail } = problemDocumentOf(error, '');
          logger.warn({ model, code, err: error }, `no drift report of ${model}: ${error.message}`);
          batch.problems.push({ model, code, detail });
        }
      }
      return { batch, isNew: isAnyNew };
    },
    async parity(id) {
      const report = await reports.get(id);
      const { name: model, version } = report.model;
      const { from, to } = report.window;
      const window = await windows.read({
        model,
        version,
        window: { from: new Date(from), to: new Date(to) },
      });
      return parityWithEvidently(window, report);
    },
    get: reports.get,
    page: reports.page,
    list: reports.list,
    latest: reports.latest,
  };
}
