import type { OperatorTime, RunTime } from '@assay/model-runtime';
import type { Span } from './span.ts';

/**
 * The operators of one run of a session as spans.
 *
 * @param place.start when the run began, in milliseconds since the profile began
 * @param place.pathOf what an operator is part of, itself last
 */
export function operatorSpans(
  run: RunTime,
  place: { start: number; pathOf: (operator: OperatorTime) => readonly string[] },
): Span[] {
  return run.operators.map((operator) => ({
    path: place.pathOf(operator),
    start: place.start + (operator.start - run.start) / 1000,
    duration: operator.duration / 1000,
    operator: { type: operator.operator, node: operator.node, sizes: describeSizes(operator) },
  }));
}

/** Sizes that went in and came out. Scalars and vectors are left out where there are larger ones: what they cost goes with those. */
export function describeSizes({ inputs, outputs }: OperatorTime): string {
  const list = (shapes: readonly (readonly number[])[]) => {
    const large = shapes.filter(({ length }) => length > 1);
    return (large.length > 0 ? large : shapes).map((shape) => shape.join('×') || 'scalar').join(', ');
  };
  return `${list(inputs)} → ${list(outputs)}`;
}
