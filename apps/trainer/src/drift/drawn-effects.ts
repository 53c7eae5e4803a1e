import type { FeatureRow } from '@assay/drift-statistics';
import type { Effect } from './detection-rates.ts';

/** Records drawn with replacement. */
export function resampled(name: string, rows: readonly FeatureRow[]): Effect {
  return {
    name,
    draw: (size, random) => Array.from({ length: size }, () => rows[random.integer(rows.length)]!),
  };
}

/** A share of the records comes from elsewhere. @param share 0 to 1 */
export function mixed(
  name: string,
  { rows, others, share }: { rows: readonly FeatureRow[]; others: readonly FeatureRow[]; share: number },
): Effect {
  return {
    name,
    draw: (size, random) =>
      Array.from({ length: size }, () => {
        const from = random.uniform() < share ? others : rows;
        return from[random.integer(from.length)]!;
      }),
  };
}

/**
 * Class shift: the images stay what they are, one label becomes more frequent.
 *
 * @param points by how much the share of the rarest predicted label grows, 0 to 1
 * @returns `undefined` where all have one label
 */
export function classShift(rows: readonly FeatureRow[], points: number): Effect | undefined {
  const byLabel = [...Map.groupBy(rows, ({ prediction }) => String(prediction))].sort(
    ([, a], [, b]) => a.length - b.length,
  );
  const [rarest] = byLabel;
  if (rarest === undefined || byLabel.length < 2) return undefined;
  const [label, its] = rarest;
  const others = rows.filter(({ prediction }) => prediction !== label);
  const share = Math.min(1, its.length / rows.length + points);
  return mixed(`class shift: ${Math.round(100 * points)} points more "${label}"`, {
    rows: others,
    others: its,
    share,
  });
}
