import type { PredictionRecord } from '@assay/schema';
import type { Feed } from './feed.ts';

/** Where what a caller missed is looked up. */
export interface MissedOptions {
  readonly feed: Feed;
  /** The predictions of a window as they are in the log, earliest first. */
  read(window: { from: Date; to: Date }): AsyncIterable<PredictionRecord>;
  /** When the prediction was made that the caller saw last, milliseconds since 1970. */
  readonly madeAt: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Further back nothing is made up for. Milliseconds. */
export const LONGEST_ABSENCE_MS = 24 * 3_600_000;

/** Predictions come nearly in the order of their ids: one that came later may be so much older. Milliseconds. */
const DISORDER_MS = 60_000;

/** After every event: clocks of other machines may be ahead. Milliseconds. */
const AHEAD_MS = 60_000;

/**
 * What came since a prediction: from memory where it is known there, in the order in which it came; else from the log by
 * time, a minute more than needed rather than less, and then what is in memory. Some may come twice.
 */
export async function* missedSince(id: string, options: MissedOptions): AsyncGenerator<PredictionRecord> {
  const { feed, read, madeAt, now } = options;
  const recent = feed.after(id);
  if (recent !== undefined) {
    yield* recent;
    return;
  }
  const from = new Date(Math.max(madeAt, now - LONGEST_ABSENCE_MS) - DISORDER_MS);
  for await (const record of read({ from, to: new Date(now + AHEAD_MS) })) if (record.id !== id) yield record;
  yield* feed.latest();
}
