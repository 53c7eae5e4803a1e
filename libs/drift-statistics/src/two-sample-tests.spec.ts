import { AssayError } from '@assay/schema';
import { describe, expect, it } from '@jest/globals';
import {
  andersonDarling,
  chiSquareContingency,
  chiSquareGoodnessOfFit,
  cramerVonMises,
  energyDistance,
  eppsSingleton,
  fisherExact,
  gTest,
  jensenShannon,
  kolmogorovSmirnov,
  kolmogorovSurvival,
  mannWhitney,
  normedWasserstein,
  tTest,
  wasserstein,
  zProportions,
} from './index.ts';
import { agrees, readValues, type AnyResult, type OracleCase } from './spec-support/oracle-case.ts';
import oracle from '../fixtures/two-sample-tests-scipy.json' with { type: 'json' };
import random from '../fixtures/random-two-sample-tests-scipy.json' with { type: 'json' };
import more from '../fixtures/more-two-sample-tests-scipy.json' with { type: 'json' };

type Compute = (
  reference: number[],
  current: number[],
  params: Record<string, any>, // eslint-disable-line @typescript-eslint/no-explicit-any
  whole: OracleCase,
) => AnyResult;

const pair = ([a = 0, b = 0]: number[]): [number, number] => [a, b];
const rate = (side: OracleCase['reference']) =>
  'k' in side ? { successes: side.k, trials: side.n } : { successes: 0, trials: 0 };
const method = (name: string) => (name === 'asymp' ? 'asymptotic' : name) as 'auto' | 'exact' | 'asymptotic';

const computations: Record<string, Compute> = {
  ks_2samp: (a, b, p) => kolmogorovSmirnov(a, b, { alternative: p.alternative, method: method(p.method) }),
  kstwo_sf: (_a, _b, p) => ({ statistic: NaN, pValue: kolmogorovSurvival(p.N, p.D), threshold: NaN }),
  chisquare_gof_counts: (a, b) => chiSquareGoodnessOfFit(a, b),
  chisquare_gof_counts_raw: (a, b) => chiSquareGoodnessOfFit(a, b, { rescale: false }),
  chi2_contingency_counts: (a, b, p) => chiSquareContingency(a, b, { correction: p.correction ?? true }),
  g_test_counts: (a, b) => gTest(a, b),
  g_contingency: (a, b, p) => chiSquareContingency(a, b, { correction: p.correction, statistic: 'g' }),
  wasserstein: (a, b) => wasserstein(a, b),
  wasserstein_norm: (a, b) => normedWasserstein(a, b),
  energy_distance: (a, b) => energyDistance(a, b),
  js_distance: (a, b, p) => jensenShannon(a, b, { base: p.base ?? undefined }),
  epps_singleton: (a, b, p) => eppsSingleton(a, b, { points: p.t }),
  anderson_ksamp: (a, b) => andersonDarling(a, b),
  mannwhitneyu: (a, b, p) =>
    mannWhitney(a, b, {
      alternative: p.alternative,
      method: method(p.method),
      continuity: p.useContinuity ?? true,
    }),
  cramervonmises_2samp: (a, b, p) =>
    cramerVonMises(a, b, { method: p.forced === undefined ? 'auto' : method(p.forced) }),
  ttest_ind: (a, b, p) => tTest(a, b, { equalVariances: p.equalVar }),
  z_proportions_counts: (_a, _b, _p, { reference, current }) => zProportions(rate(reference), rate(current)),
  fisher_exact_table: (a, b, p) => fisherExact(pair(a), pair(b), { alternative: p.alternative }),
};

// The edges of Doane's rule belong to another function.
const cases = [...oracle.cases, ...more.cases, ...random.cases].filter(
  ({ test }) => test !== 'histogram_doane_reference',
) as unknown as OracleCase[];

describe('agreement with scipy within the tolerance of each case', () => {
  it.each(cases.map((one) => [one.test, one.name, one] as const))('%s: %s', (test, _name, one) => {
    const run = () =>
      computations[test]!(readValues(one.reference), readValues(one.current), one.params, one);
    const { statistic, p_value: pValue, error } = one.expected;
    if (error !== undefined) {
      expect(run).toThrow(AssayError);
      return;
    }
    const result = run();
    if (statistic !== undefined && !agrees(result.statistic, statistic, one))
      expect(result.statistic).toBe(statistic);
    if (pValue !== undefined && !('pValue' in result && agrees(result.pValue, pValue, one)))
      expect(result).toMatchObject({ pValue });
    expect(result).toHaveProperty('threshold');
  });
});
