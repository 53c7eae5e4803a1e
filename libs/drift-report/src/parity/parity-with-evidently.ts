import type { DriftReport, ParityReport } from '@assay/schema';
import type { DriftWindow } from '../window/drift-window.ts';
import { evidentlyTest } from './evidently-test.ts';
import { whyTheyDiffer } from './why-they-differ.ts';

/** Share of the columns that makes the data set drifted. */
const DRIFT_SHARE = 0.5;

/**
 * What Evidently with its defaults would say of the same window, column by column, and why it differs: up to 1,000 reference inputs a
 * p-value below 0.05 (Kolmogorov–Smirnov; χ² or z for few values), beyond that a distance of 0.1 or more (Wasserstein over the
 * reference's σ; Jensen–Shannon), and drift of the whole where half of the columns drifted. It sees the same columns as the report,
 * without operation.
 */
export function parityWithEvidently(
  window: Pick<DriftWindow, 'reference' | 'referenceSample' | 'profile' | 'sample'>,
  report: Pick<DriftReport, 'features' | 'alpha'>,
): ParityReport {
  const { reference, referenceSample, profile, sample } = window;
  const held = (name: string) =>
    referenceSample?.columns.includes(name) === true && sample.columns.includes(name);
  const own = report.features.filter(
    ({ feature, aspect }) => aspect === 'values' && reference.features[feature] && profile.features[feature],
  );
  const columns = own.map((one) => {
    const { feature: name } = one;
    const other = evidentlyTest(
      {
        name,
        feature: reference.features[name]!,
        counts: profile.features[name]!,
        samples: referenceSample && held(name) ? { reference: referenceSample, current: sample } : undefined,
      },
      reference.inputs,
    );
    const why = whyTheyDiffer({ other, own: one, columns: own.length, level: report.alpha.level });
    const { test, score, threshold, drifted } = other;
    return { feature: name, test, score, threshold, drifted, verdict: one.verdict, ...(why ? { why } : {}) };
  });
  const drifted = columns.filter((column) => column.drifted).length;
  const share = columns.length === 0 ? 0 : drifted / columns.length;
  return {
    tool: 'evidently 0.7',
    verdict: share >= DRIFT_SHARE ? 'drifted' : 'stable',
    ...{ driftedShare: share, driftShareLimit: DRIFT_SHARE },
    columns,
  };
}
