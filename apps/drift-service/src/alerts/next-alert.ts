import { summariseReport } from '@assay/drift-report';
import type { AlertKind, DriftAlert, DriftNotice, DriftReport } from '@assay/schema';

/** Stable reports in a row after which a drift is over: one may be chance. */
const CALM = 2;
/** People are reminded of a drift that goes on no more often. Milliseconds. */
const REMIND_MS = 24 * 3_600_000;
/** A report of a window that ended longer before it was made is history, and alarms nobody. Milliseconds. */
const CURRENT_MS = 24 * 3_600_000;
/** Notices that are remembered. */
const REMEMBERED = 50;

export interface NextAlertOptions {
  readonly now: Date;
  /** What becomes of a notice: to be sent, or there is nobody to send it to. */
  readonly delivery: 'pending' | 'none';
}

/**
 * What a report does to the alert of its model. A drifted one raises the alarm; only two stable ones in a row end it, so that a drift at the edge
 * of the threshold does not ring at every look; too little data changes nothing. One drift is one alarm: it rings again
 * for a feature that was not told of, and once a day while it goes on. A report that was taken into account, or of an earlier window than
 * one that was, changes nothing.
 *
 * @returns the same object where nothing changes
 */
export function nextAlert(
  before: DriftAlert | undefined,
  report: DriftReport,
  { now, delivery }: NextAlertOptions,
): DriftAlert | undefined {
  const { id, window, verdict } = report;
  const isHistory = Date.parse(report.time) - Date.parse(window.to) > CURRENT_MS;
  const isKnown = before !== undefined && (before.report === id || window.to < before.window.to);
  if (isHistory || isKnown) return before;
  const time = now.toISOString();
  const alert: DriftAlert = {
    ...(before ?? { ...clear(report.model.name), since: time, history: [] }),
    ...{ report: id, window },
  };
  const ring = (kind: AlertKind, features: readonly string[]): DriftNotice[] => {
    const notice = {
      kind,
      time,
      report: id,
      window,
      summary: report.summary,
      features: [...features],
      delivery,
    };
    return [notice, ...alert.history].slice(0, REMEMBERED);
  };

  if (verdict === 'insufficient-data') return alert;
  if (verdict === 'stable') {
    if (alert.status === 'clear') return alert;
    const stableInARow = alert.stableInARow + 1;
    return stableInARow < CALM
      ? { ...alert, stableInARow }
      : { ...alert, ...clear(alert.model), since: time, history: ring('all-clear', alert.features) };
  }
  const drifted = summariseReport(report).drifted;
  const features = [...new Set([...alert.features, ...drifted])];
  const on = { ...alert, status: 'alarm' as const, stableInARow: 0, features };
  if (alert.status === 'clear') return { ...on, since: time, history: ring('alarm', drifted) };
  if (features.length > alert.features.length) return { ...on, history: ring('spread', drifted) };
  const last = alert.history[0];
  const isDue = last === undefined || now.getTime() - Date.parse(last.time) >= REMIND_MS;
  return isDue ? { ...on, history: ring('reminder', drifted) } : on;
}

function clear(
  model: string,
): Pick<DriftAlert, 'schemaVersion' | 'model' | 'status' | 'features' | 'stableInARow'> {
  return { schemaVersion: 1, model, status: 'clear', features: [], stableInARow: 0 };
}
