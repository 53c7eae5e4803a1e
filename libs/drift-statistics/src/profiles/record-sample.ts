import { seededRandom } from '@assay/random';
import { AssayError, canonicalJson, type RecordSample } from '@assay/schema';
import type { FeatureRow } from './profile-records.ts';

type SampledRecord = RecordSample['records'][number];

export interface SampleOptions {
  /** At most this many records are kept; default 10,000. */
  capacity?: number;
  /** Names the hash that orders the ids; samples of one seed can be merged. Default `assay`. */
  seed?: string;
  /** Names of the values that are kept. */
  columns: readonly string[];
}

/** A pseudo-random number of 52 bits that depends on the id and the seed alone. */
function priorityOf(seed: string, id: string): number {
  const random = seededRandom('record-sample', seed, id);
  return random.integer(2 ** 26) * 2 ** 26 + random.integer(2 ** 26);
}

interface Ranked {
  priority: number;
  record: SampledRecord;
}

/** By hash; equal hashes by id; equal ids, which a broken writer could give to two records, by what they hold. */
function compare(a: Ranked, b: Ranked): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.record.id !== b.record.id) return a.record.id < b.record.id ? -1 : 1;
  return canonicalJson(a.record) <= canonicalJson(b.record) ? -1 : 1;
}

/** The first `capacity` by hash, each id once. */
function lowest(ranked: Ranked[], capacity: number): Ranked[] {
  ranked.sort(compare);
  const kept: Ranked[] = [];
  for (const one of ranked) {
    if (kept.length === capacity) break;
    if (kept.at(-1)?.record.id !== one.record.id) kept.push(one);
  }
  return kept;
}

/**
 * A uniform sample without replacement: the records whose ids have the lowest hashes ("bottom k", Cohen & Kaplan 2007). It depends on
 * the set of records only: not on their order, nor on how often one was delivered, nor on how they were spread. O(n) and room for
 * twice the capacity.
 */
export function sampleRecords(
  records: Iterable<{ id: string; row: FeatureRow }>,
  options: SampleOptions,
): RecordSample {
  const { capacity = 10_000, seed = 'assay', columns } = options;
  let pool: Ranked[] = [];
  let limit = Infinity;
  for (const { id, row } of records) {
    const priority = priorityOf(seed, id);
    if (priority > limit) continue;
    const values = columns.map((column) => {
      const value = row[column] ?? null;
      return typeof value === 'number' && !Number.isFinite(value) ? null : value;
    });
    pool.push({ priority, record: { id, values } });
    if (pool.length >= 2 * capacity) {
      pool = lowest(pool, capacity);
      if (pool.length === capacity) limit = pool.at(-1)!.priority;
    }
  }
  const kept = lowest(pool, capacity).map(({ record }) => record);
  return { schemaVersion: 1, seed, capacity, columns: [...columns], records: kept };
}

/**
 * The sample of all records that the given samples were drawn from; associative, commutative, idempotent.
 *
 * @throws `invalid-profile` for none at all, and for samples of different seeds, capacities or columns.
 */
export function mergeSamples(samples: Iterable<RecordSample>): RecordSample {
  const all = [...samples];
  const [first] = all;
  if (first === undefined)
    throw new AssayError('invalid-profile', 'Expected a sample or more to merge; got none.');
  const shape = ({ seed, capacity, columns }: RecordSample) => canonicalJson({ seed, capacity, columns });
  const other = all.find((sample) => shape(sample) !== shape(first));
  if (other !== undefined)
    throw new AssayError(
      'invalid-profile',
      `Expected samples of one seed, capacity and list of columns; got ${shape(first)} and ${shape(other)}.`,
    );
  const ranked = all.flatMap(({ seed, records }) =>
    records.map((record) => ({ priority: priorityOf(seed, record.id), record })),
  );
  return { ...first, records: lowest(ranked, first.capacity).map(({ record }) => record) };
}

/** Finite numbers of one column, and how many records had none. */
export function columnOf(sample: RecordSample, column: string): { values: Float64Array; missing: number } {
  const at = sample.columns.indexOf(column);
  const numbers = sample.records.map(({ values }) => values[at]).filter((value) => typeof value === 'number');
  return { values: Float64Array.from(numbers), missing: sample.records.length - numbers.length };
}
