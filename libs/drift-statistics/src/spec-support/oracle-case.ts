import type { DistanceResult, TestResult } from '../statistic.ts';

/** One case of an oracle: what goes in, what scipy says. */
export interface OracleCase {
  name: string;
  test: string;
  /** `null` stands for NaN, `"Infinity"` and `"-Infinity"` for themselves. */
  reference: (number | string | null)[] | { k: number; n: number };
  current: (number | string | null)[] | { k: number; n: number };
  params: Record<string, unknown>;
  expected: { statistic?: number | string; p_value?: number | string; error?: string };
  tol: number;
  tolRel: number;
}

/** Numbers of a sample as the oracle writes them. */
export function readValues(values: OracleCase['reference']): number[] {
  return Array.isArray(values) ? values.map((value) => (value === null ? NaN : Number(value))) : [];
}

/** Whether a number agrees with the oracle's; NaN agrees with NaN. */
export function agrees(actual: number, expected: number | string, { tol, tolRel }: OracleCase): boolean {
  const wanted = Number(expected);
  if (Number.isNaN(wanted)) return Number.isNaN(actual);
  if (!Number.isFinite(wanted)) return actual === wanted;
  return Math.abs(actual - wanted) <= tol + tolRel * Math.abs(wanted);
}

export type AnyResult = TestResult | DistanceResult;
