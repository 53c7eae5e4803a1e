import type { RecordSample } from '@assay/schema';
import { byRank, rankOf } from '../profiles/bottom-sample.ts';
import type { SampledRecord } from '../profiles/hour-counts.ts';
import { inParallel } from './in-parallel.ts';
import type { LoadedHour } from './load-hours.ts';

/** Records that the sample of a window has at most. */
export const WINDOW_SAMPLE = 10_000;

/** What orders the ids of the sample: the random digits of UUIDv7. */
const SEED = 'uuidv7';

const CONCURRENCY = 32;

type Sampled = Pick<LoadedHour, 'sample'>;

/**
 * A uniform sample of all answers of some hours: those of the lowest rank, at most {@link WINDOW_SAMPLE}. Each hour has its lowest; up to
 * the least of the highest ranks that incomplete hours have, nothing is missing from any of them, and from there on nothing is taken.
 * Of long windows the hours give their first records alone.
 */
export async function mergeHourSamples(
  hours: readonly Sampled[],
  columns: readonly string[],
): Promise<{ sample: RecordSample; images: Map<string, string> }> {
  const highest = rankThatSuffices(hours);
  const records: SampledRecord[] = [];
  await inParallel(hours, CONCURRENCY, async ({ sample }) => {
    const found = sample.blocks.findIndex(({ last }) => highest !== undefined && last >= highest);
    const some = await sample.read(found < 0 ? sample.blocks.length : found + 1);
    for (const record of some)
      if (highest === undefined || rankOf(record.id) <= highest) records.push(record);
  });
  const kept = records.sort(byRank).slice(0, WINDOW_SAMPLE);
  const images = kept.flatMap(({ id, image }) => (image === undefined ? [] : [[id, image] as const]));
  return {
    sample: {
      schemaVersion: 1,
      seed: SEED,
      capacity: WINDOW_SAMPLE,
      columns: [...columns],
      records: kept.map(({ id, values }) => ({ id, values })),
    },
    images: new Map(images),
  };
}

/** The rank up to which to take records: enough of them, and no hour misses one; `undefined` for all there are. */
function rankThatSuffices(hours: readonly Sampled[]): string | undefined {
  const ends = hours.flatMap(({ sample }) => (sample.complete ? [] : [sample.blocks.at(-1)?.last ?? '']));
  const limit = ends.sort()[0];
  const blocks = hours.flatMap(({ sample }) => sample.blocks).sort((a, b) => (a.last < b.last ? -1 : 1));
  let records = 0;
  for (const block of blocks) {
    records += block.records;
    // Whole blocks up to here are enough: all that is above is not needed.
    if (records >= WINDOW_SAMPLE) return limit === undefined || block.last < limit ? block.last : limit;
  }
  return limit;
}
