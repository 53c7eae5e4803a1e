import { pruneReports } from '@assay/drift-report';
import type { ObjectStore } from '@assay/object-store';
import { dropProfiles } from '@assay/prediction-log';
import type { Logger } from '@assay/service-kit';

/** Deletes what has become old. */
export interface Housekeeping {
  /** Does it where that was not done for a day; a fault is logged, and the next call tries again. */
  tidy(): Promise<void>;
}

export interface HousekeepingOptions {
  readonly store: ObjectStore;
  /** Age that reports reach; `undefined` for any. Days. */
  readonly keepDays: number | undefined;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

const DAY_MS = 24 * 3_600_000;

/** Reports of a month look at the four weeks before it, in hours that were counted then. Days. */
const PROFILE_DAYS = 63;

/** Keeps a bucket from growing for ever: reports by their age but the latest of each model, and what was counted of hours. */
export function createHousekeeping(options: HousekeepingOptions): Housekeeping {
  const { store, keepDays, logger, signal, now = Date.now } = options;
  let due = -Infinity;
  return {
    async tidy() {
      const moment = now();
      if (keepDays === undefined || moment < due) return;
      const ago = (days: number) => new Date(moment - days * DAY_MS);
      try {
        const { reports, bytes } = await pruneReports(store, { before: ago(keepDays), signal });
        const oldest = ago(Math.max(keepDays, PROFILE_DAYS)).getTime();
        const profiles = await dropProfiles(store, (hour) => hour < oldest);
        due = moment + DAY_MS;
        if (reports + profiles.hours === 0) return;
        logger.info(
          { reports, hours: profiles.hours, bytes: bytes + profiles.bytes },
          `deleted drift reports that were older than ${keepDays} days`,
        );
      } catch (error) {
        if (!signal.aborted) logger.warn({ err: error }, 'old drift reports could not be deleted');
      }
    },
  };
}
