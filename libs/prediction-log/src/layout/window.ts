import { AssayError } from '@assay/schema';

/** Milliseconds. */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** From `from` up to, not including, `to`. */
export interface Window {
  from: Date;
  to: Date;
}

/** The beginning of the UTC hour that a moment lies in. Milliseconds since 1970. */
export const hourOf = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS;

/**
 * The same window, known to be one.
 *
 * @throws AssayError `invalid-query`
 */
export function checkWindow(window: Window): Window {
  const [from, to] = [window.from.getTime(), window.to.getTime()];
  if (from < to) return window;
  throw new AssayError(
    'invalid-query',
    `Expected a window that begins before it ends, received ${describeTime(from)} to ${describeTime(to)}.`,
  );
}

const describeTime = (time: number) => (Number.isNaN(time) ? 'no date' : new Date(time).toISOString());
