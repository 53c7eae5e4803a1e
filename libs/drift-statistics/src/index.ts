export * from './statistic.ts';
export * from './pooled-sample.ts';
export * from './hypothesis-tests/anderson-darling.ts';
export * from './hypothesis-tests/binned-anderson-darling.ts';
export * from './hypothesis-tests/chi-square-contingency.ts';
export * from './hypothesis-tests/chi-square-goodness-of-fit.ts';
export * from './hypothesis-tests/classifier-test.ts';
export * from './hypothesis-tests/cramer-von-mises.ts';
export * from './hypothesis-tests/epps-singleton.ts';
export * from './hypothesis-tests/fisher-exact.ts';
export * from './hypothesis-tests/g-test.ts';
export {
  maximumMeanDiscrepancy,
  type MaximumMeanDiscrepancyOptions,
  type MaximumMeanDiscrepancyResult,
  type Rows,
} from './hypothesis-tests/maximum-mean-discrepancy.ts';
export { kolmogorovSurvival } from './hypothesis-tests/kolmogorov-one-sample.ts';
export * from './hypothesis-tests/kolmogorov-smirnov.ts';
export * from './hypothesis-tests/mann-whitney.ts';
export { permutationTail } from './hypothesis-tests/permutation-tail.ts';
export * from './hypothesis-tests/t-test.ts';
export { fitLogistic } from './hypothesis-tests/logistic-regression.ts';
export * from './hypothesis-tests/z-proportions.ts';
export * from './distances/cramers-v.ts';
export * from './distances/energy-distance.ts';
export * from './distances/hellinger.ts';
export * from './distances/jensen-shannon.ts';
export * from './distances/kullback-leibler.ts';
export * from './distances/l-infinity.ts';
export { populationStabilityIndex, type FloorOption } from './distances/population-stability-index.ts';
export * from './distances/total-variation.ts';
export * from './distances/wasserstein.ts';
export { bonferroni, type Adjusted } from './multiplicity/bonferroni.ts';
export { benjaminiHochberg } from './multiplicity/benjamini-hochberg.ts';
export { holm } from './multiplicity/holm.ts';
export * from './profiles/frozen-reference.ts';
export * from './profiles/merge-profiles.ts';
export {
  binOf,
  profileRecords,
  STEPS,
  type FeatureRow,
  type ProfileKey,
} from './profiles/profile-records.ts';
export * from './profiles/record-sample.ts';
export * from './profiles/serialise-profile.ts';
export * from './verdict/alpha-spending.ts';
export * from './verdict/judge-family.ts';
export * from './verdict/judge-window.ts';
export {
  valueEvidence,
  type Comparison,
  type EffectMeasure,
  type Evidence,
} from './verdict/judge-feature.ts';
export { categoricalEffect, pairCategories } from './verdict/categorical-evidence.ts';
export { binnedDeviation, numericEffect, type BinnedPair } from './verdict/numeric-evidence.ts';
export { scaleOf } from './profiles/frozen-edges.ts';
export { describeShare } from './verdict/direction.ts';
export { pointsEvidence } from './verdict/points-evidence.ts';
export { detectableShares, type Sensitivity, type SensitivityOptions } from './verdict/detectable-effect.ts';
export type { ThresholdCache } from './verdict/null-effect.ts';
export * from './streams/adwin.ts';
export * from './streams/cusum.ts';
export * from './streams/page-hinkley.ts';
export type { StreamDetector } from './streams/stream-detector.ts';
export * from './performance/calibration-error.ts';
export * from './performance/calibration-of-bins.ts';
export * from './performance/expected-accuracy.ts';
export * from './performance/label-shift.ts';
export * from './performance/realised-accuracy.ts';
