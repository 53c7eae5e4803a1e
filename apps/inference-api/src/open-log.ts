import { openObjectStore } from '@assay/object-store';
import type { Logger, Metrics } from '@assay/service-kit';
import type { Config } from './config.ts';
import type { BusConnection } from './delivery/bus-connection.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createDeliveryMetrics } from './delivery/delivery-metrics.ts';
import { openOutbox, type Outbox } from './delivery/outbox.ts';
import { createImageKeeper } from './log/image-keeper.ts';
import { createPredictionLog, type PredictionLog } from './log/prediction-log.ts';

/** A prediction log, with what holds it up. */
export interface OpenLog {
  readonly log: PredictionLog;
  /** Brings to the bus what it takes, and lets go. */
  close(): Promise<void>;
}

export interface OpenLogOptions {
  readonly config: Pick<Config, 'predictionLog' | 'objectStore'>;
  readonly bus: BusConnection;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** Opens what the configuration asks for. @returns undefined where nothing is to be remembered */
export async function openLog({
  config,
  bus,
  metrics,
  logger,
}: OpenLogOptions): Promise<OpenLog | undefined> {
  const { delivery: mode, timeoutMs, images, imagesTtlDays } = config.predictionLog;
  if (mode === 'none') return undefined;
  const outbox = outboxOrNone(config.predictionLog, logger);
  const delivery = createDelivery({
    bus,
    outbox,
    metrics: createDeliveryMetrics(metrics, () => outbox.size),
    logger,
    timeoutMs,
  });
  const keeper =
    images.keep === 'none'
      ? undefined
      : createImageKeeper({
          policy: images,
          store: await openObjectStore(config.objectStore),
          metrics,
          logger,
          ttlDays: imagesTtlDays,
        });
  return {
    log: createPredictionLog({ delivery, mode, ...(keeper === undefined ? {} : { keeper }) }),
    async close() {
      await Promise.all([delivery.close(), keeper?.close()]);
      outbox.close();
    },
  };
}

/** A service without an outbox answers all the same; what the bus does not take is lost then, and counted. */
function outboxOrNone(
  { outbox: file, outboxBytes: maxBytes }: Config['predictionLog'],
  logger: Logger,
): Outbox {
  const onDamage = (aside: string) =>
    logger.error(`the outbox "${file}" was damaged; it is put aside as "${aside}" and a new one begun`);
  try {
    return openOutbox({ file, maxBytes, onDamage });
  } catch (error) {
    logger.error({ err: error }, 'there is no outbox: what the event bus does not take is lost');
    return {
      size: 0,
      put() {
        throw error;
      },
      oldest: () => [],
      remove: () => false,
      close: () => undefined,
    };
  }
}
