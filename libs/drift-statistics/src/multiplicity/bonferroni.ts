/** p-values of a family after correction. */
export interface Adjusted {
  /** Corrected p-values, in the order given; NaN stays NaN and counts as a member of the family. */
  adjusted: number[];
  /** Whether the corrected p-value is at most the level. */
  rejected: boolean[];
}

/** Which corrected p-values are at most `level`. */
export function decide(adjusted: number[], level: number): Adjusted {
  return { adjusted, rejected: adjusted.map((p) => p <= level) };
}

/**
 * Bonferroni's correction: min(1, k p). The chance of any false rejection in the family is at most `level`, whatever the dependence.
 *
 * @param level Family-wise error rate, 0 to 1; default 0.05.
 */
export function bonferroni(pValues: readonly number[], level = 0.05): Adjusted {
  return decide(
    pValues.map((p) => Math.min(1, p * pValues.length)),
    level,
  );
}
