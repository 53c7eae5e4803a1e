import type { StreamDetector } from './stream-detector.ts';

export interface AdwinOptions {
  /** Chance of a false cut at any one check, 0 to 1; default 0.002. */
  delta?: number;
  /** A check after every so many values; default 32. */
  every?: number;
  /** Values before the first check; default 10. */
  warmUp?: number;
  /** Least values on either side of a cut; default 5. */
  leastSide?: number;
}

/** Values that were summed up: a power of two of them. */
interface Bucket {
  count: number;
  sum: number;
  /** Sum of squared deviations from the bucket's mean. */
  squares: number;
}

/** Buckets of one size that are kept before the two oldest are joined. */
const MOST_OF_A_SIZE = 5;

/** Joins two summaries (Chan, Golub & LeVeque 1983). */
function join(a: Bucket, b: Bucket): Bucket {
  const count = a.count + b.count;
  const gap = a.sum / a.count - b.sum / b.count;
  return {
    count,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares + (gap * gap * a.count * b.count) / count,
  };
}

/** The detector, with what it holds: values since the last change. */
export interface Adwin extends StreamDetector {
  /** Length and mean of the window that is kept. */
  readonly width: number;
  readonly mean: number;
}

/**
 * ADWIN2 (Bifet & Gavaldà 2007): a window that grows while its parts agree and drops its older part where two parts' means differ by more
 * than √(2 σ² ln(2 / δ') / m) + 2 ln(2 / δ') / (3 m), m the harmonic mean of their sizes halved and δ' = δ / ln n. Values in 0 to 1, or scaled
 * to about that. Exponential histogram: O(log n) memory. Statistic: the largest difference in units of its bound at the last check; above 1
 * is a change. Here a change cuts the window and does not start it anew.
 */
export function adwin(options: AdwinOptions = {}): Adwin {
  const { delta = 0.002, every = 32, warmUp = 10, leastSide = 5 } = options;
  /** Newest first. */
  let buckets: Bucket[] = [];
  let seen = 0;
  let statistic = 0;

  const compress = () => {
    for (let size = 1; ; size *= 2) {
      const first = buckets.findIndex(({ count }) => count === size);
      let end = first;
      while (end >= 0 && buckets[end]?.count === size) end++;
      if (end - first <= MOST_OF_A_SIZE) return;
      buckets.splice(end - 2, 2, join(buckets[end - 2]!, buckets[end - 1]!));
    }
  };
  /** Whether the oldest bucket has to go. */
  const disagrees = (): boolean => {
    const all = buckets.length > 1 ? buckets.slice(1).reduce(join, buckets[0]!) : undefined;
    if (all === undefined || all.count <= warmUp) return false;
    const variance = all.squares / all.count;
    const confidence = Math.log((2 * Math.log(all.count)) / delta);
    let oldCount = 0;
    let oldSum = 0;
    let largest = 0;
    for (let i = buckets.length - 1; i > 0; i--) {
      oldCount += buckets[i]!.count;
      oldSum += buckets[i]!.sum;
      const newCount = all.count - oldCount;
      if (oldCount < leastSide || newCount < leastSide) continue;
      const inverse = 1 / (oldCount - leastSide + 1) + 1 / (newCount - leastSide + 1);
      const bound = Math.sqrt(2 * inverse * variance * confidence) + (2 / 3) * inverse * confidence;
      const gap = Math.abs(oldSum / oldCount - (all.sum - oldSum) / newCount);
      largest = Math.max(largest, gap / bound);
    }
    statistic = Math.max(statistic, largest);
    return largest > 1;
  };
  return {
    update(value) {
      if (Number.isNaN(value)) return false;
      buckets.unshift({ count: 1, sum: value, squares: 0 });
      compress();
      seen++;
      if (seen % every !== 0) return false;
      statistic = 0;
      let changed = false;
      while (disagrees()) {
        buckets = buckets.slice(0, -1);
        changed = true;
      }
      return changed;
    },
    get statistic() {
      return statistic;
    },
    get width() {
      return buckets.reduce((sum, { count }) => sum + count, 0);
    },
    get mean() {
      return buckets.reduce((all, { sum }) => all + sum, 0) / this.width;
    },
  };
}
