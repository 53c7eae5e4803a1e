import type { Explanation, MapExplanation } from '../api/types.ts';

/** The map over the picture, where the answer was explained by one. */
export function mapIn(explanation: Explanation | undefined): MapExplanation | undefined {
  return explanation !== undefined && 'overlay' in explanation ? explanation : undefined;
}
