import type { ReportStore } from '@assay/drift-report';
import type { DriftReport } from '@assay/schema';
import type { Logger } from '@assay/service-kit';
import type { AlertBook } from '../alerts/alert-book.ts';

/** Tells of the reports that nobody was told of yet: the bus, the alerts, the gauges. */
export interface Announcer {
  /** Resolves when all was told that is there now, or could not be: then it is tried again every minute. */
  announce(): Promise<void>;
  /** Ends what goes on in the background. */
  close(): Promise<void>;
}

export interface AnnouncerOptions {
  readonly untold: ReportStore['untold'];
  find(id: string): Promise<DriftReport | undefined>;
  publish(report: DriftReport): Promise<void>;
  show(report: DriftReport): void;
  readonly alerts: Pick<AlertBook, 'consider' | 'deliver'>;
  readonly logger: Logger;
  /** Milliseconds, default a minute. */
  readonly everyMs?: number;
}

/** Whoever made a report and did not finish keeping it within this time never will. Milliseconds. */
const ABANDONED_MS = 3_600_000;

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { untold, find, publish, show, alerts, logger, everyMs = 60_000 } = options;
  const faults = new Map<string, string>();
  /** One after the other; each fault is logged when it begins, and when it is over. */
  const attempt = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      if (faults.delete(what)) logger.info(`${what}: done now`);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (faults.get(what) !== reason)
        logger.error({ err: error }, `${what}: ${reason}. Trying again every minute.`);
      faults.set(what, reason);
      return false;
    }
  };
  /** Alerts and gauges know these; only the bus does not. */
  const considered = new Set<string>();
  /** @returns whether there is more to tell: `false` where the bus is in the way */
  const tellOf = async (id: string, since: Date): Promise<boolean> => {
    const report = await find(id);
    if (report === undefined) {
      if (Date.now() - since.getTime() > ABANDONED_MS) await untold.remove(id);
      return true;
    }
    show(report);
    await alerts.consider(report);
    considered.add(id);
    if (!(await attempt('telling the bus of a report', () => publish(report)))) return false;
    await untold.remove(id);
    considered.delete(id);
    return true;
  };
  const round = async () => {
    await attempt('telling of reports', async () => {
      let busIsThere = true;
      for (const { id, since } of await untold.list())
        // A bus that is away for days would have all of them read again each minute.
        if (busIsThere || !considered.has(id)) busIsThere = await tellOf(id, since);
    });
    await attempt('sending alerts', () => alerts.deliver());
  };

  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const announce = (): Promise<void> => {
    if (running === undefined) return (running = round().finally(() => (running = undefined)));
    // What came meanwhile is told in one more round, that all who ask by then share.
    return (next ??= running.then(() => {
      next = undefined;
      return announce();
    }));
  };
  const timer = setInterval(() => void announce(), everyMs).unref();
  return {
    announce,
    async close() {
      clearInterval(timer);
      await next;
      await running;
    },
  };
}
