import { setTimeout as delay } from 'node:timers/promises';
import type { PredictionRecord } from '@assay/schema';
import type { Feed } from './feed.ts';

export interface FollowOptions {
  readonly feed: Feed;
  /** Predictions as they come into the log, from the call on. */
  follow(signal: AbortSignal): AsyncIterable<PredictionRecord>;
  onError(error: unknown): void;
  /** The wait before the log is followed again after an error. Milliseconds, default 5000. */
  readonly pauseMs?: number;
}

/** A feed of what others write to the log. It is followed only while somebody listens. */
export function followLog({ feed, follow, onError, pauseMs = 5000 }: FollowOptions): Feed {
  let following: AbortController | undefined;
  let listeners = 0;
  const run = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        for await (const record of follow(signal)) feed.push(record);
      } catch (error) {
        onError(error);
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  return {
    ...feed,
    listen(listener) {
      const stop = feed.listen(listener);
      if (listeners++ === 0) void run((following = new AbortController()).signal);
      return () => {
        stop();
        if (--listeners === 0) following?.abort();
      };
    },
  };
}
