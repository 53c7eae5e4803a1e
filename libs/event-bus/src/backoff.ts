/**
 * The pause after an attempt: `minBackoffMs` after the first, twice as long after each, `maxBackoffMs` at most. Without jitter:
 * what comes again is fetched one after another, not by many at once.
 *
 * @param attempt from 1
 * @returns milliseconds
 */
export function pauseAfter(attempt: number, pauses: { minBackoffMs: number; maxBackoffMs: number }): number {
  return Math.min(pauses.maxBackoffMs, pauses.minBackoffMs * 2 ** (attempt - 1));
}
