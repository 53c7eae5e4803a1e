import type { DriftReport } from '@assay/schema';

/** Room for features, bytes of JSON; what else a report holds is bounded by itself. */
const MOST_BYTES = 1_500_000;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/**
 * A report of bounded size, however many features a model has: histograms are left out from the end of the ranking on, and where that is
 * not enough, features that did not drift.
 */
export function boundReport(report: DriftReport): DriftReport {
  const sizes = report.features.map(bytesOf);
  let size = sizes.reduce((sum, one) => sum + one + 1, 0);
  if (size <= MOST_BYTES) return report;
  const features = [...report.features];
  for (let i = features.length - 1; i >= 0 && size > MOST_BYTES; i--) {
    const { histogram, ...rest } = features[i]!;
    if (histogram === undefined) continue;
    features[i] = rest;
    size -= sizes[i]! - bytesOf(rest);
  }
  while (size > MOST_BYTES && features.length > 1) size -= bytesOf(features.pop()) + 1;
  return { ...report, features };
}
