/** What a model did to its scores before it gave them. */
export const activations = ['none', 'softmax', 'sigmoid'] as const;
export type Activation = (typeof activations)[number];

/** Values of the scores of some inputs, `[rows, width]`, row-major. */
export interface SeenScores {
  width: number;
  values: Float32Array;
  /** Type of the operator that made them. */
  operator: string | undefined;
}

/** What was found, or why it cannot be said. */
export type Detection = { activation: Activation; because: string } | { unknown: string };

/** Probabilities of float32, float16 or of rounded tables sum to 1 this closely. */
const sumTolerance = 2e-3;

/**
 * Tells probabilities from raw scores by what a model gave for some inputs, and by the operator that made it. Scores that
 * are log-probabilities count as raw: their softmax is what they are the logarithm of.
 */
export function detectActivation({ width, values, operator }: SeenScores): Detection {
  const inUnit = values.every((value) => value >= 0 && value <= 1);
  if (width === 1) {
    if (!inUnit) return { activation: 'none', because: 'a single score goes beyond 0 to 1' };
    if (operator === 'Sigmoid')
      return { activation: 'sigmoid', because: 'a single score comes from a sigmoid' };
    return {
      unknown:
        'its single score lay between 0 and 1 for every input that was tried, and could be a probability or not',
    };
  }
  if (!inUnit) return { activation: 'none', because: 'scores go beyond 0 to 1' };
  if (rowSums(values, width).every((sum) => Math.abs(sum - 1) <= sumTolerance))
    return { activation: 'softmax', because: 'scores lie between 0 and 1 and sum to 1' };
  if (operator === 'Sigmoid')
    return {
      unknown:
        'each of its scores is a probability of its own (sigmoid), so that several labels may hold at once; Assay serves models of which one label holds',
    };
  return { activation: 'none', because: 'scores do not sum to 1' };
}

function rowSums(values: Float32Array, width: number): number[] {
  return Array.from({ length: values.length / width }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
}
