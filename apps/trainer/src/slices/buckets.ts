import { quantile } from '../metrics/bootstrap.ts';

/** Up to so many values are a bucket each; more numbers are cut at their quartiles. */
const distinctValues = 4;

/** Rows that are alike in a property. */
export interface Bucket {
  name: string;
  rows: number[];
}

/**
 * Rows by the value of a property: each value where they are few, else quarters of the rows. Rows without a value are in
 * none; one value for all makes no buckets, as do more names than can be compared.
 */
export function bucketsOf(values: readonly (string | number | undefined)[]): Bucket[] {
  const known = values.flatMap((value, row) => (value === undefined ? [] : [{ value, row }]));
  const distinct = [...new Set(known.map(({ value }) => value))];
  if (distinct.length < 2) return [];
  if (distinct.length <= distinctValues) {
    distinct.sort((a, b) => (a < b ? -1 : 1));
    return distinct.map((value) => ({
      name: String(value),
      rows: known.filter((one) => one.value === value).map(({ row }) => row),
    }));
  }
  const numbers = known.filter((one): one is { value: number; row: number } => typeof one.value === 'number');
  if (numbers.length < known.length) return [];
  const sorted = Float64Array.from(numbers, ({ value }) => value).sort();
  const edges = [0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share));
  return [0, 1, 2, 3]
    .map((quarter) => {
      const [from, to] = [edges[quarter]!, edges[quarter + 1]!];
      const isIn = (value: number) => value <= to && (value > from || quarter === 0);
      return {
        name: `${short(from)} – ${short(to)}`,
        rows: numbers.filter(({ value }) => isIn(value)).map(({ row }) => row),
      };
    })
    .filter(({ rows }) => rows.length > 0);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
