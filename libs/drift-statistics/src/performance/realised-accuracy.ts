import { AssayError } from '@assay/schema';
import { normalCritical } from '../special-functions/normal.ts';
import type { IntervalOptions, ShareEstimate } from './expected-accuracy.ts';

/**
 * Share of right answers among those whose truth became known, with Wilson's interval (1927), which holds for few records and near 0 and 1.
 *
 * @throws `invalid-sample` unless 0 ≤ right ≤ records and there are records.
 */
export function realisedAccuracy(
  right: number,
  records: number,
  options: IntervalOptions = {},
): ShareEstimate {
  if (!(records > 0 && right >= 0 && right <= records))
    throw new AssayError(
      'invalid-sample',
      `Expected 0 to ${records} right answers of more than none; got ${right} of ${records}.`,
    );
  const share = right / records;
  const z = normalCritical((1 - (options.coverage ?? 0.95)) / 2);
  const weight = (z * z) / records;
  const centre = (share + weight / 2) / (1 + weight);
  const reach = (z * Math.sqrt((share * (1 - share)) / records + weight / records / 4)) / (1 + weight);
  return { share, interval: [Math.max(0, centre - reach), Math.min(1, centre + reach)], records };
}

/** A difference of shares, −1 to 1. */
export interface ShareChange {
  change: number;
  interval: [low: number, high: number];
}

/**
 * Change from one share to another, interval by Newcombe's hybrid of Wilson's two (1998, method 10).
 *
 * @param before The earlier share; `after` the later, both from {@link realisedAccuracy} with the same coverage.
 */
export function changeOfShare(before: ShareEstimate, after: ShareEstimate): ShareChange {
  const change = after.share - before.share;
  const low = Math.hypot(after.share - after.interval[0], before.interval[1] - before.share);
  const high = Math.hypot(after.interval[1] - after.share, before.share - before.interval[0]);
  return { change, interval: [change - low, change + high] };
}
