import type { SampledRecord } from './hour-counts.ts';

/** In a UUIDv7 what comes from here on is random (RFC 9562, section 5.7). */
const RANDOM_FROM = 19;

/** What orders the ids of a sample: of UUIDs that are random enough, the lowest are a uniform sample. */
export const rankOf = (id: string): string => id.slice(RANDOM_FROM);

/** By rank, then by id. */
export function byRank(a: { id: string }, b: { id: string }): number {
  const [one, other] = [rankOf(a.id), rankOf(b.id)];
  if (one !== other) return one < other ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The records of lowest rank among those that are offered. */
export interface BottomSample {
  /** Whether a record whose rank begins like that could be among them; `null` where nobody knows. */
  mayWant(lead: string | null): boolean;
  /** Whether a record of this id could be among them. */
  wants(id: string): boolean;
  add(record: SampledRecord): void;
  /** Lowest first. */
  records(): SampledRecord[];
}

/** Keeps the `capacity` records of lowest rank, and room for half as many again. */
export function bottomSample(capacity: number): BottomSample {
  let pool: { rank: string; record: SampledRecord }[] = [];
  let limit: string | undefined;
  const cut = () => {
    pool = pool
      .sort((a, b) => (a.rank === b.rank ? byRank(a.record, b.record) : a.rank < b.rank ? -1 : 1))
      .slice(0, capacity);
    if (pool.length === capacity) limit = pool.at(-1)!.rank;
  };
  return {
    mayWant: (lead) => limit === undefined || lead === null || lead <= limit,
    wants: (id) => limit === undefined || rankOf(id) <= limit,
    add: (record) => {
      pool.push({ rank: rankOf(record.id), record });
      if (pool.length >= 1.5 * capacity) cut();
    },
    records: () => {
      cut();
      return pool.map(({ record }) => record);
    },
  };
}
