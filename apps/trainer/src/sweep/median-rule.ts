import type { EarlyTermination } from './sweep-config.ts';

/** What a trial achieved on the validation part after an epoch. */
export interface Point {
  /** From 1. */
  readonly epoch: number;
  readonly value: number;
}

/**
 * The median stopping rule (Golovin et al., "Google Vizier", 2017, section 3.2): a trial ends if the best it achieved
 * so far is worse than the median, over the trials that have ended by themselves, of the mean of what each had
 * achieved up to the same epoch. NaN counts as the worst.
 *
 * @param points Of the trial, in the order of epochs.
 * @param completed Of the others.
 */
export function isBehindMedian(
  points: readonly Point[],
  completed: readonly (readonly Point[])[],
  options: Pick<EarlyTermination, 'startEpoch' | 'minimumTrials'> & { better: 'higher' | 'lower' },
): boolean {
  const epoch = points.at(-1)?.epoch ?? 0;
  if (epoch < options.startEpoch || completed.length < options.minimumTrials) return false;
  const sign = options.better === 'higher' ? 1 : -1;
  const worth = ({ value }: Point) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : sign * value);
  const averages = completed.flatMap((trial) => {
    const known = trial.filter((point) => point.epoch <= epoch).map(worth);
    return known.length === 0 ? [] : [known.reduce((sum, value) => sum + value, 0) / known.length];
  });
  if (averages.length < options.minimumTrials) return false;
  return Math.max(...points.map(worth)) < median(averages);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)]!;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]!;
  return lower === upper ? upper : (lower + upper) / 2;
}
