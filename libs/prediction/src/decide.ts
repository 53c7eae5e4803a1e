/** What a decision rests on. */
export interface Evidence {
  /** The most probable label. */
  readonly label: string;
  /** Its calibrated probability, 0 to 1. */
  readonly confidence: number;
  /** Below this the answer is `uncertain`, 0 to 1. */
  readonly minimumConfidence: number;
  /** Whether the input is like the training data; absent where the model has no gate. */
  readonly inside?: boolean;
}

/**
 * What to act on: `out-of-scope` where the input is unlike the training data, else `uncertain` where the answer
 * is too close to call, else the label. Out-of-scope comes first: far from its data a model may well be sure.
 */
export function decide({ label, confidence, minimumConfidence, inside }: Evidence): string {
  if (inside === false) return 'out-of-scope';
  return confidence < minimumConfidence ? 'uncertain' : label;
}
