import { getIfThere, listAll, updateObject, type ObjectStore } from '@assay/object-store';
import { driftAlert, type DriftAlert, type DriftNotice, type DriftReport } from '@assay/schema';
import { nextAlert } from './next-alert.ts';
import { Undeliverable, type Webhook } from './webhook.ts';

/** Whose drift is on, and who was told of it; in the bucket, so that it outlives this process. */
export interface AlertBook {
  /** Takes a report into account. Doing so again changes nothing. */
  consider(report: DriftReport): Promise<void>;
  /** Sends what is to be sent. What could not be sent stays, for the next call. @throws the last fault there was */
  deliver(): Promise<void>;
  /** By model; of one model where it is named. */
  list(model?: string): Promise<DriftAlert[]>;
}

export interface AlertBookOptions {
  readonly store: ObjectStore;
  /** Absent where nobody is to be told. */
  readonly webhook: Webhook | undefined;
  onDelivery?(delivery: DriftNotice['delivery']): void;
  readonly now?: () => Date;
}

const ALERTS = 'drift/alerts/';
/** News that could not be told within this time is none any more. Milliseconds. */
const STALE_MS = 24 * 3_600_000;

export function createAlertBook(options: AlertBookOptions): AlertBook {
  const { store, webhook, onDelivery = () => undefined, now = () => new Date() } = options;
  const keyOf = (model: string) => `${ALERTS}${model}.json`;

  const update = (model: string, change: (alert: DriftAlert | undefined) => DriftAlert | undefined) =>
    updateObject(store, keyOf(model), {
      change(content) {
        const before = readAlert(content);
        const after = change(before);
        return after === before || after === undefined ? undefined : JSON.stringify(after);
      },
    });
  const all = async (): Promise<DriftAlert[]> => {
    const alerts: DriftAlert[] = [];
    for await (const { key } of listAll(store, ALERTS)) {
      const alert = readAlert((await getIfThere(store, key))?.content);
      if (alert !== undefined) alerts.push(alert);
    }
    return alerts;
  };
  const settle = async (model: string, notice: DriftNotice, delivery: DriftNotice['delivery']) => {
    await update(
      model,
      (alert) =>
        alert && {
          ...alert,
          history: alert.history.map((one) => (isSame(one, notice) ? { ...one, delivery } : one)),
        },
    );
    onDelivery(delivery);
  };
  /** @returns why it could not be sent, if it could not */
  const send = async (model: string, notice: DriftNotice): Promise<Error | undefined> => {
    const isStale = now().getTime() - Date.parse(notice.time) > STALE_MS;
    if (webhook === undefined || isStale) {
      await settle(model, notice, isStale ? 'failed' : 'none');
      return undefined;
    }
    try {
      await webhook.send(model, notice);
    } catch (error) {
      if (error instanceof Undeliverable) await settle(model, notice, 'failed');
      return error instanceof Error ? error : new Error(String(error));
    }
    await settle(model, notice, 'delivered');
    return undefined;
  };

  return {
    consider: (report) =>
      update(report.model.name, (before) =>
        nextAlert(before, report, { now: now(), delivery: webhook === undefined ? 'none' : 'pending' }),
      ),
    async deliver() {
      let fault: Error | undefined;
      for (const { model, history } of await all())
        for (const notice of history.toReversed())
          if (notice.delivery === 'pending') fault = (await send(model, notice)) ?? fault;
      if (fault !== undefined) throw fault;
    },
    async list(model) {
      if (model === undefined) return all();
      const alert = readAlert((await getIfThere(store, keyOf(model)))?.content);
      return alert === undefined ? [] : [alert];
    },
  };
}

const isSame = (one: DriftNotice, other: DriftNotice) =>
  one.kind === other.kind && one.time === other.time && one.report === other.report;

/** What cannot be read is begun anew. */
function readAlert(content: Buffer | undefined): DriftAlert | undefined {
  if (content === undefined) return undefined;
  try {
    return driftAlert.parse(JSON.parse(content.toString()));
  } catch {
    return undefined;
  }
}
