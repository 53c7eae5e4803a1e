import {
  chiSquareGoodnessOfFit,
  columnOf,
  jensenShannon,
  kolmogorovSmirnov,
  kolmogorovSmirnovPooled,
  normedWasserstein,
  numericEffect,
  pairCategories,
  zProportions,
  type FrozenReference,
} from '@assay/drift-statistics';
import type { DriftProfile, RecordSample } from '@assay/schema';

type Feature = FrozenReference['features'][string];
type Counts = DriftProfile['features'][string];

/** Reference inputs up to which the other tool tests by p-value; beyond, by distance. */
const SMALL_REFERENCE = 1000;
/** Numbers of so few distinct values are treated as names. */
const FEW_VALUES = 5;
const P_LEVEL = 0.05;
const DISTANCE_LEVEL = 0.1;
/** Standard deviations below this are taken to be it. */
const LEAST_DEVIATION = 0.001;

/** What the other tool finds of a column. */
export interface ColumnTest {
  /** Its name, and what it was computed from where that is not the values themselves. */
  test: string;
  /** A p-value or a distance; `null` where there is none. */
  score: number | null;
  threshold: number;
  drifted: boolean;
  /** Whether a small score is what alarms. */
  byPValue: boolean;
}

/** What a column is made of. */
export interface Column {
  name: string;
  feature: Feature;
  counts: Counts;
  /** Values of both sides, where both are there. */
  samples: { reference: RecordSample; current: RecordSample } | undefined;
}

const byPValue = (test: string, pValue: number): ColumnTest => ({
  ...{
    test: `${test} p-value`,
    score: Number.isFinite(pValue) ? Math.min(1, pValue) : null,
    threshold: P_LEVEL,
  },
  ...{ drifted: pValue < P_LEVEL, byPValue: true },
});

const byDistance = (test: string, distance: number): ColumnTest => ({
  ...{ test, score: Number.isFinite(distance) ? distance : null, threshold: DISTANCE_LEVEL },
  ...{ drifted: distance >= DISTANCE_LEVEL, byPValue: false },
});

/** Names: χ² of the current counts against the reference's shares, a z-test where there are two at most; beyond a small reference Jensen–Shannon. */
function testNames(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
  inputs: number,
) {
  const { reference, current } = pairCategories(before, now);
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const [m, n] = [sum(reference), sum(current)];
  if (inputs > SMALL_REFERENCE)
    return byDistance(
      'Jensen–Shannon distance',
      m > 0 && n > 0 ? jensenShannon(reference, current).statistic : NaN,
    );
  if (reference.length <= 2) {
    const [first = 0, now = 0] = [reference[0], current[0]];
    // The same name everywhere: the two cannot differ.
    const same = m > 0 && n > 0 && first / m === now / n;
    const z =
      m > 0 && n > 0
        ? zProportions({ successes: first, trials: m }, { successes: now, trials: n }).pValue
        : NaN;
    return byPValue('Z-test', same ? 1 : z);
  }
  if (m === 0 || n === 0) return byPValue('χ²', NaN);
  return byPValue('χ²', chiSquareGoodnessOfFit(reference, current).pValue);
}

/** Numbers as names, counted. */
function countValues(values: Iterable<number>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Bins that hold something, numbered: as close to distinct values as a histogram comes. */
const countBins = (counts: readonly number[]) =>
  Object.fromEntries(counts.flatMap((count, bin) => (count > 0 ? [[String(bin), count] as const] : [])));

function testNumbers({ name, feature, counts, samples }: Column, inputs: number): ColumnTest {
  if (feature.kind !== 'numeric' || counts.kind !== 'numeric') return byPValue('Kolmogorov–Smirnov', NaN);
  const { deviation } = feature.profile;
  if (samples) {
    const [a, b] = [columnOf(samples.reference, name).values, columnOf(samples.current, name).values];
    const small = inputs <= SMALL_REFERENCE;
    if (a.length > 0 && new Set(a).size <= FEW_VALUES)
      return testNames(countValues(a), countValues(b), inputs);
    if (small)
      return byPValue(
        'Kolmogorov–Smirnov',
        a.length > 0 && b.length > 0 ? kolmogorovSmirnov(a, b).pValue : NaN,
      );
    const distance = a.length > 0 && b.length > 0 ? normedWasserstein(a, b).statistic : NaN;
    return byDistance('Wasserstein distance (normed)', distance);
  }
  const pair = { reference: feature.counts, current: counts.counts };
  const filled = feature.counts.filter((count) => count > 0).length;
  const from = (test: ColumnTest): ColumnTest => ({ ...test, test: `${test.test}, from bins` });
  if (filled <= FEW_VALUES)
    return from(testNames(countBins(pair.reference), countBins(pair.current), inputs));
  if (inputs <= SMALL_REFERENCE)
    return from(
      byPValue(
        'Kolmogorov–Smirnov',
        kolmogorovSmirnovPooled(
          { reference: Float64Array.from(pair.reference), current: Float64Array.from(pair.current) },
          { method: 'asymptotic' },
        ).pValue,
      ),
    );
  const distance = numericEffect({
    ...pair,
    edges: feature.edges,
    deviation: Math.max(LEAST_DEVIATION, deviation),
  });
  return from(byDistance('Wasserstein distance (normed)', distance));
}

/**
 * The test that Evidently takes by default for a column and what it finds: by kind of column, number of distinct values and size of the
 * reference. Where there are no values but counts in bins the test takes those, and its name says so.
 *
 * @param inputs Of the reference.
 */
export function evidentlyTest(column: Column, inputs: number): ColumnTest {
  const { feature, counts } = column;
  if (feature.kind === 'categorical' && counts.kind === 'categorical')
    return testNames(feature.profile.counts, counts.counts, inputs);
  return testNumbers(column, inputs);
}
