/** A number that a model takes, as its manifest describes it. */
export interface Feature {
  readonly name: string;
  readonly mean: number;
  /** Standard deviation. */
  readonly std: number;
  /** What was seen in training. */
  readonly min?: number;
  readonly max?: number;
}

/** A slider for a feature. */
export interface FeatureRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where it stands at first: the mean, on the scale of steps. */
  readonly typical: number;
}

/** Steps of a slider, at least. */
const STEPS = 200;

/** Part of a step that is no difference. */
const DUST = 1e-6;

/**
 * The range in which a feature may be moved: that of the training data, or three standard deviations around its mean; in steps of a
 * round decimal size. A feature that was always the same gets some room around it.
 */
export function rangeOf({ mean, std, min = mean - 3 * std, max = mean + 3 * std }: Feature): FeatureRange {
  const room = max > min ? 0 : Math.max(std, Math.abs(mean) * 0.1, 0.1);
  const [low, high] = [min - room, max + room];
  const step = 10 ** Math.floor(Math.log10((high - low) / STEPS));
  // A bound that is a whole number of steps but for binary dust is that number.
  const [first, last] = [Math.floor(low / step + DUST), Math.ceil(high / step - DUST)];
  return { min: round(first * step, step), max: round(last * step, step), step, typical: round(mean, step) };
}

/** Brings a value to a whole number of steps, without the binary dust of their product. */
function round(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number((Math.round(value / step) * step).toFixed(digits));
}
