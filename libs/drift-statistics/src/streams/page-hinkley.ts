import type { StreamDetector } from './stream-detector.ts';

export interface PageHinkleyOptions {
  /** Change of the mean that is let pass, in the unit of the values; default 0.005. */
  delta?: number;
  /** λ, from which on the statistic is a change, in the unit of the values; default 50. */
  threshold?: number;
  /** How much of the sums is kept at each step, 0 to 1; default 0.9999. */
  forgetting?: number;
  /** Values before anything is said; default 30. */
  warmUp?: number;
  /** Which changes count; default both. */
  direction?: 'up' | 'down' | 'both';
}

/**
 * Page–Hinkley test (Page 1954; Hinkley 1971): sums how far values lie from the running mean, less `delta`, and how far the sum has
 * risen above its least value (fallen below its greatest). Statistic: the larger of the two.
 */
export function pageHinkley(options: PageHinkleyOptions = {}): StreamDetector {
  const { delta = 0.005, threshold = 50, forgetting = 0.9999, warmUp = 30, direction = 'both' } = options;
  const fresh = () => ({ n: 0, mean: 0, up: 0, down: 0, lowest: 0, highest: 0 });
  let state = fresh();
  let statistic = 0;
  return {
    update(value) {
      if (Number.isNaN(value)) return false;
      state.n++;
      state.mean += (value - state.mean) / state.n;
      const away = value - state.mean;
      state.up = forgetting * state.up + away - delta;
      state.down = forgetting * state.down + away + delta;
      state.lowest = Math.min(state.lowest, state.up);
      state.highest = Math.max(state.highest, state.down);
      const risen = direction === 'down' ? 0 : state.up - state.lowest;
      const fallen = direction === 'up' ? 0 : state.highest - state.down;
      statistic = Math.max(risen, fallen);
      const changed = state.n >= warmUp && statistic > threshold;
      if (changed) state = fresh();
      return changed;
    },
    get statistic() {
      return statistic;
    },
  };
}
