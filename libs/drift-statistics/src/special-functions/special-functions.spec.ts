import { describe, expect, it } from '@jest/globals';
import oracle from '../../fixtures/special-functions-mpmath.json' with { type: 'json' };
import { scaledBesselK } from './bessel-k.ts';
import { binomialMass } from './binomial.ts';
import { chiSquareCritical, noncentralChiSquareSurvival } from './chi-square.ts';
import { incompleteBeta, studentTwoSided } from './incomplete-beta.ts';
import { lowerGamma, upperGamma } from './incomplete-gamma.ts';
import { logGamma } from './log-gamma.ts';
import { erfc, normalCritical } from './normal.ts';

/** Each row of the oracle (mpmath with 40 digits, scipy): the arguments, then the value. */
const functions: Record<keyof typeof oracle, (...args: number[]) => number> = {
  logGamma,
  upperGamma,
  lowerGamma,
  erfc,
  normalCritical,
  incompleteBeta,
  scaledBesselK,
  binomialMass,
  chiSquareCritical,
  noncentralChiSquareSurvival,
  studentTwoSided,
};

describe.each(Object.entries(functions))('%s', (name, compute) => {
  const rows = oracle[name as keyof typeof oracle];

  it.each(rows.map((row) => [row.slice(0, -1), row.at(-1)!] as const))(
    'of %p is %p to a relative 1e-10',
    (args, expected) => {
      const error = Math.abs(compute(...args) - expected);
      expect(error).toBeLessThanOrEqual(expected === 0 ? 1e-14 : 1e-10 * Math.abs(expected));
    },
  );
});
