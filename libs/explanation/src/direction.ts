/** What a question about a label comes to: a weight for each logit. */
export interface Direction {
  readonly weights: Float64Array;
  /** The other label, where there are two. */
  readonly against?: string;
}

/**
 * Of two labels only the difference of their logits matters, so that is explained: the label less the other. Of several
 * labels the logit of the one.
 */
export function directionOf(labels: readonly string[], label: string): Direction {
  const position = labels.indexOf(label);
  const [against] = labels.length === 2 ? labels.filter((other) => other !== label) : [];
  const weights = Float64Array.from(labels, (_, index) =>
    index === position ? 1 : against === undefined ? 0 : -1,
  );
  return { weights, ...(against === undefined ? {} : { against }) };
}
