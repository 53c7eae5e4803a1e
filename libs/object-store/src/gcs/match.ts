import type { Precondition } from '../object-store.ts';

/** A precondition as Cloud Storage's `ifGenerationMatch`, where 0 stands for "nothing is there". */
export function matchOf(condition: Precondition): string | number | undefined {
  return condition.ifAbsent ? 0 : condition.ifGeneration;
}
