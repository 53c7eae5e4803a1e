import type { Window } from '@assay/prediction-log';
import { AssayError } from '@assay/schema';
import { HOUR_MS } from '../profiles/hour-counts.ts';

/**
 * The window in whole hours: its beginning rounded down, its end up, unless that lies in the hour that is not over yet.
 *
 * @param now Milliseconds since 1970.
 * @throws AssayError `invalid-query` where it does not begin before it ends
 */
export function wholeHours({ from, to }: Window, now: number): Window {
  const [begin, end] = [from.getTime(), to.getTime()];
  if (!(begin < end)) {
    const say = (time: Date) => (Number.isNaN(time.getTime()) ? 'no date' : time.toISOString());
    throw new AssayError(
      'invalid-query',
      `Expected a window that begins before it ends; received ${say(from)} to ${say(to)}.`,
    );
  }
  const up = Math.ceil(end / HOUR_MS) * HOUR_MS;
  return { from: new Date(Math.floor(begin / HOUR_MS) * HOUR_MS), to: new Date(up > now ? end : up) };
}

/** The same hours so much earlier. @param by Milliseconds. */
export const earlier = ({ from, to }: Window, by: number): Window => ({
  from: new Date(from.getTime() - by),
  to: new Date(to.getTime() - by),
});
