import type { DecisionBand } from '@assay/schema';
import { riskCoverage, type CoveragePoint } from '../metrics/risk-coverage.ts';
import type { Scores } from '../metrics/scores.ts';
import { wilsonLowerBound } from './wilson.ts';

/** What the answers that are not `uncertain` shall keep. */
export interface DecisionTarget {
  /** Least accuracy among them, 0 to 1. */
  accuracy: number;
  /** Least share of inputs that must get such an answer, 0 to 1; wins over the accuracy. */
  minimumCoverage: number;
  /** One-sided confidence, 0.5 to 1, with which validation must show the accuracy; 0.5 takes it at face value. */
  assurance: number;
}

/** The chosen band and what it gave on the split it was chosen on. */
export interface ChosenBand {
  band: DecisionBand;
  /** Whether the accuracy was shown with the assurance. */
  reached: boolean;
  coverage: number;
  accuracy: number;
}

/**
 * The smallest `minimumConfidence` for which the answers at or above it are right often enough: the lower
 * Wilson bound of their accuracy reaches the target. If no threshold with enough coverage does, the one with
 * the highest lower bound is taken and `reached` is false.
 */
export function chooseDecisionBand(scores: Scores, target: DecisionTarget): ChosenBand {
  const z = normalQuantile(target.assurance);
  const bound = (point: CoveragePoint) => wilsonLowerBound(point.right, point.answered, z);
  const allowed = riskCoverage(scores).filter((point) => point.coverage >= target.minimumCoverage);
  const good = allowed.filter((point) => bound(point) >= target.accuracy);
  const best = good.at(-1) ?? allowed.reduce((a, b) => (bound(b) > bound(a) ? b : a));
  return {
    // A hair below, so that rounding of float32 probabilities does not drop the answer at the limit.
    band: { minimumConfidence: good.at(-1)?.coverage === 1 ? 0 : Math.max(0, best.threshold - 1e-6) },
    reached: good.length > 0,
    coverage: best.coverage,
    accuracy: best.right / best.answered,
  };
}

/** Standard normal quantile for 0.5 ≤ p < 1 (Abramowitz and Stegun 26.2.23; error below 4.5e-4). */
export function normalQuantile(p: number): number {
  if (p <= 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(1 - p));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
  );
}
