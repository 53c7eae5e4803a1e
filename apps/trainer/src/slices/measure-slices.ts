import type { Slice } from '@assay/schema';
import { wilsonInterval } from '../calibration/wilson.ts';
import { rightAnswers } from '../metrics/accuracy.ts';
import type { Scores } from '../metrics/scores.ts';
import { bucketsOf } from './buckets.ts';
import { falseDiscoveryRates } from './false-discovery-rate.ts';
import { fisherExact } from './fisher-exact.ts';

/** Values of a property, one for each row. */
export interface SlicedProperty {
  name: string;
  values: readonly (string | number | undefined)[];
}

/**
 * Accuracy by the buckets of each property, and whether it differs from that of all other rows more than chance would
 * have it, given how many slices were looked at.
 */
export function measureSlices(scores: Scores, properties: readonly SlicedProperty[]): Slice[] {
  const right = rightAnswers(scores);
  const total = right.length;
  const hits = right.reduce((sum, value) => sum + value, 0);
  const slices = properties.flatMap(({ name, values }) =>
    bucketsOf(values).map((bucket): Omit<Slice, 'q'> => {
      const rows = bucket.rows.length;
      const own = bucket.rows.reduce((sum, row) => sum + right[row]!, 0);
      const rest = { rows: total - rows, hits: hits - own };
      return {
        property: name,
        bucket: bucket.name,
        rows,
        accuracy: { value: own / rows, interval: [...wilsonInterval(own, rows)] },
        elsewhere: rest.rows === 0 ? 0 : rest.hits / rest.rows,
        p: fisherExact(own, rows - own, [rest.hits, rest.rows - rest.hits]),
      };
    }),
  );
  const q = falseDiscoveryRates(slices.map(({ p }) => p));
  return slices.map((slice, index) => ({ ...slice, q: q[index]! }));
}
