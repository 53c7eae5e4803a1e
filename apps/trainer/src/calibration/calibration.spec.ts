import { describe, expect, it } from '@jest/globals';
import { binaryScores, oracle } from '../metrics/oracle.fixture.ts';
import { invertPositiveDefinite } from './cholesky.ts';
import { chooseDecisionBand, normalQuantile } from './decision-band.ts';
import { fitCalibration } from './fit-calibration.ts';
import { fitScopeGate, scopeThreshold, squaredDistances } from './scope-gate.ts';
import { wilsonInterval, wilsonLowerBound } from './wilson.ts';

describe('calibration', () => {
  it('finds the optimum that BFGS finds', () => {
    const fitted = fitCalibration(oracle.logits.flat(), oracle.labels, 6);
    expect(fitted.temperature).toBeCloseTo(oracle.temperature, 5);
    fitted.bias.forEach((value, index) => expect(value).toBeCloseTo(oracle.bias[index]!, 5));
  });

  it('cools logits that are too sure', () => {
    // Right three times of four at a logit difference of 10: the honest difference is ln 3.
    const logits = Array.from({ length: 400 }, () => [10, 0]).flat();
    const labels = Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const { temperature, bias } = fitCalibration(logits, labels, 2);
    expect(10 / temperature + bias[0]! - bias[1]!).toBeCloseTo(Math.log(3), 1);
  });

  it('stays finite when every row is right', () => {
    const { temperature, bias } = fitCalibration([5, 0, 0, 5, 4, 0], [0, 1, 0], 2);
    expect(temperature).toBeGreaterThan(0.1);
    expect(temperature).toBeLessThan(1);
    expect(bias[0]! + bias[1]!).toBeCloseTo(0, 12);
  });

  it('leaves a usable temperature where the logits speak against the labels', () => {
    const { temperature } = fitCalibration([5, 0, 0, 5, 5, 0, 0, 5], [1, 0, 1, 0], 2);
    expect(temperature).toBeGreaterThan(0);
    expect(Number.isFinite(temperature)).toBe(true);
  });
});

describe('the decision band', () => {
  // The surest four are right; of the other four, two are.
  const scores = binaryScores([0.99, 0.98, 0.97, 0.96, 0.7, 0.69, 0.68, 0.67], [1, 1, 1, 1, 0, 1, 0, 1]);

  it('is the widest that keeps the accuracy', () => {
    const chosen = chooseDecisionBand(scores, { accuracy: 0.8, minimumCoverage: 0.5, assurance: 0.5 });
    // Six answers with five right; seven would have five right too.
    expect(chosen).toMatchObject({ reached: true, coverage: 0.75, accuracy: 5 / 6 });
    expect(chosen.band.minimumConfidence).toBeCloseTo(0.69, 5);
    expect(chosen.band.minimumConfidence).toBeLessThan(0.69);
  });

  it('answers everything where that is good enough', () => {
    const chosen = chooseDecisionBand(scores, { accuracy: 0.7, minimumCoverage: 0.5, assurance: 0.5 });
    expect(chosen).toEqual({ band: { minimumConfidence: 0 }, reached: true, coverage: 1, accuracy: 0.75 });
  });

  it('keeps the coverage and says so when the accuracy cannot be shown', () => {
    const chosen = chooseDecisionBand(scores, { accuracy: 0.99, minimumCoverage: 0.6, assurance: 0.8 });
    expect(chosen.reached).toBe(false);
    expect(chosen.coverage).toBeGreaterThanOrEqual(0.6);
  });

  it('bounds a share as SciPy does', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 3);
    expect(normalQuantile(0.5)).toBe(0);
    expect(wilsonLowerBound(47, 50, 0.8416212335729143)).toBeCloseTo(0.905120420651308, 10);
    // Brown, Cai and DasGupta (2001): nothing right of 10 leaves 0 to 27.8 %.
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(10, 10)[0]).toBeCloseTo(1 - 0.2775, 4);
  });
});

describe('the scope gate', () => {
  // prettier-ignore
  const training = Float32Array.of(
    -1.291, -1.736, -0.228, -2.061, -1.863, -1.441, 0.814, -0.914, -4.884, -1.039, 0.979, 0.324,
    -0.204, -0.359, -0.251, 1.53, 4.777, 1.287, -0.063, 1.534, 2.296, -1.558, -0.59, 0.817,
    0.774, 0.644, -1.555, 0.983, -0.016, 1.211, -0.549, 2.083, 1.429, -2.061, 0.54, -0.59,
    -3.736, -3.086, 0.318, -0.369, 0.793, -0.181, 0.55, -0.344, -0.486, -0.185, 0.29, -1.196,
  );

  it('measures the distances of scikit-learn with the covariance of Ledoit and Wolf', () => {
    const statistics = fitScopeGate({ values: training, size: 4 });
    const distances = squaredDistances(
      { values: Float32Array.of(0, 0, 0, 0, 3, 1, -1, 2), size: 4 },
      statistics,
    );
    expect(statistics.precision[0]).toBeCloseTo(0.24184208280256206, 4);
    expect(distances[0]).toBeCloseTo(0.3673293077027849, 4);
    expect(distances[1]).toBeCloseTo(3.639580737413267, 4);
  });

  it('copes with a feature that never varies', () => {
    const statistics = fitScopeGate({ values: Float32Array.of(1, 0, 2, 0, 3, 0, 4, 0), size: 2 });
    expect(statistics.precision.every(Number.isFinite)).toBe(true);
  });

  it('keeps the wanted share inside', () => {
    const distances = Float64Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(scopeThreshold(distances, 0.95)).toBeCloseTo(95, 10);
  });
});

describe('the inverse of a positive definite matrix', () => {
  it('is that of a hand-computed case', () => {
    expect(Array.from(invertPositiveDefinite(Float64Array.of(4, 2, 2, 3), 2))).toEqual(
      [0.375, -0.25, -0.25, 0.5].map((value) => expect.closeTo(value, 12)),
    );
  });

  it('is refused for any other matrix', () => {
    expect(() => invertPositiveDefinite(Float64Array.of(1, 2, 2, 1), 2)).toThrow('positive definite');
  });
});
