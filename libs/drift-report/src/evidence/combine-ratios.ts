import { fitLogistic } from '@assay/drift-statistics';

/** Log-likelihood ratios of records, one row for each, one number for each feature. */
export type Ratios = readonly (readonly number[])[];

/** Records that a fit learns from, of each side. */
const MOST_FITTED = 1000;
/** Fewer inputs of the reference say less than the assumption that they make up for. */
const LEAST_FITTED = 30;

/** Mean correlation of the columns, 0 to 1; columns without spread are passed over. */
function meanCorrelation(rows: Ratios): number {
  const columns = rows[0]?.length ?? 0;
  const standard = Array.from({ length: columns }, (_, k) => {
    const mean = rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length;
    const deviation = Math.sqrt(rows.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / rows.length);
    return { mean, deviation };
  });
  let sum = 0;
  let pairs = 0;
  for (let k = 0; k < columns; k++)
    for (let l = 0; l < k; l++) {
      const [a, b] = [standard[k]!, standard[l]!];
      if (!(a.deviation > 0 && b.deviation > 0)) continue;
      const joint = rows.reduce((total, row) => total + (row[k]! - a.mean) * (row[l]! - b.mean), 0);
      sum += joint / rows.length / (a.deviation * b.deviation);
      pairs++;
    }
  return pairs === 0 ? 1 : Math.min(1, Math.max(0, sum / pairs));
}

/**
 * From the ratios of single features to the probability, 0 to 1, that a record belongs to the window rather than to the reference, both
 * being as likely beforehand. Where inputs of the reference are there, a logistic regression learns how much each ratio counts. Else the
 * ratios are added up as if they were independent (naïve Bayes) and divided by 1 + ρ (k − 1), what k features with a mean
 * correlation of ρ repeat each other.
 */
export function combineRatios(
  reference: Ratios | undefined,
  current: Ratios,
): (row: readonly number[]) => number {
  const logistic = (score: number) => 1 / (1 + Math.exp(-score));
  const seen = current.slice(0, MOST_FITTED);
  const columns = current[0]?.length ?? 0;
  if (reference && Math.min(reference.length, seen.length) >= LEAST_FITTED && columns > 0) {
    const known = reference.slice(0, MOST_FITTED);
    const score = fitLogistic([...known, ...seen], [...known.map(() => false), ...seen.map(() => true)], 1);
    return (row) => logistic(score(row));
  }
  const repeated = 1 + (seen.length > 1 ? meanCorrelation(seen) : 1) * Math.max(0, columns - 1);
  return (row) => logistic(row.reduce((sum, ratio) => sum + ratio, 0) / repeated);
}
