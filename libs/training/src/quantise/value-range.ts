/** An interval of real numbers, both ends included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Collects the values that a tensor takes over many batches and sums them up as one interval. */
export interface RangeObserver {
  /** Takes in the values of one batch. All must be finite. */
  observe(values: Float32Array): void;
  /** The interval that stands for all values so far. */
  range(): Range;
}

/** Observes the smallest and the largest value: nothing is ever clipped, one outlier widens the whole scale. */
export function minMaxObserver(): RangeObserver {
  let low = Infinity;
  let high = -Infinity;
  return {
    observe(values) {
      for (const value of values) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    },
    range: () => ({ low, high }),
  };
}
