import { chiSquareCritical, noncentralChiSquareSurvival } from '../special-functions/chi-square.ts';
import { normalCritical } from '../special-functions/normal.ts';
import { WEIGHTS } from './numeric-evidence.ts';

/** What a test of one feature can see. */
export interface Sensitivity {
  /** The least effect that is found with the wanted power, in the unit of the effect. */
  effect: number;
  /** Values of the window from which on an effect worth seeing is found; `undefined` where the reference is too small for it. */
  valuesNeeded: number | undefined;
}

export interface SensitivityOptions {
  reference: number;
  current: number;
  /** Significance level of the single test, 0 to 1. */
  level: number;
  /** Chance to find it, 0 to 1. */
  power: number;
  /** The effect that must not be missed. */
  worthSeeing: number;
}

/** Efficiency of rank tests against the t-test for normal values, 3 / π (Hodges & Lehmann 1956): Anderson–Darling comes close to it. */
const EFFICIENCY = 3 / Math.PI;

/** From c² (1/m + 1/n) = effect²: the n that is needed beside m. */
function solveSize(squareOverEffect: number, m: number): number | undefined {
  const left = 1 / squareOverEffect - 1 / m;
  return left > 0 ? Math.ceil(1 / left) : undefined;
}

/**
 * Shift of a normal feature that is found with the wanted power, in standard deviations: (z_α/2 + z_power) √(1/m + 1/n) over the root of
 * the test's efficiency, α the part of the level that the whole distribution gets.
 */
export function detectableShift(options: SensitivityOptions): Sensitivity {
  const { reference: m, current: n, level, power, worthSeeing } = options;
  const square = (normalCritical((WEIGHTS.whole * level) / 2) + normalCritical(1 - power)) ** 2 / EFFICIENCY;
  return {
    effect: n === 0 ? Infinity : Math.sqrt(square * (1 / m + 1 / n)),
    valuesNeeded: solveSize(square / worthSeeing ** 2, m),
  };
}

/**
 * Change of shares that is found with the wanted power, as a Jensen–Shannon distance: that is about w / √8 for Cohen's w (1988), and
 * m n / (m + n) w² is the noncentrality of χ² with categories − 1 degrees of freedom.
 */
export function detectableShares(categories: number, options: SensitivityOptions): Sensitivity {
  const { reference: m, current: n, level, power, worthSeeing } = options;
  const df = Math.max(1, categories - 1);
  const critical = chiSquareCritical(level / 2, df);
  let low = 0;
  let high = 4 * critical + 100;
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (noncentralChiSquareSurvival(critical, df, middle) < power) low = middle;
    else high = middle;
  }
  const square = high / 8;
  return {
    effect: n === 0 ? Infinity : Math.sqrt(square * (1 / m + 1 / n)),
    valuesNeeded: solveSize(square / worthSeeing ** 2, m),
  };
}
