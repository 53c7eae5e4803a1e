import { hourStore, type HourStore, type StoredHour } from '../profiles/hour-store.ts';
import type { FrozenReference } from '@assay/drift-statistics';
import type { ObjectStore } from '@assay/object-store';
import type { LogHour, Window } from '@assay/prediction-log';
import type { DriftProfile } from '@assay/schema';
import type { CountsSource } from '../profiles/counts-source.ts';
import { HOUR_MS, type HourCounts, type HourTotals, type SampledRecord } from '../profiles/hour-counts.ts';
import { rankOf } from '../profiles/bottom-sample.ts';
import { inParallel } from './in-parallel.ts';

/** Of which model, in which bins. */
export interface LoadSubject {
  model: string;
  version: string;
  reference: FrozenReference;
}

export interface LoadOptions {
  source: CountsSource;
  store: ObjectStore;
  /** The moment, milliseconds since 1970: hours that end later are counted each time and not kept. */
  now: number;
  /** Whether feedback is counted; where not, hours are taken as they were counted last. */
  feedback: boolean;
}

/** An hour, counted just now or before. */
export interface LoadedHour {
  hour: number;
  totals: HourTotals;
  slices(): Promise<readonly DriftProfile[]>;
  sample: {
    complete: boolean;
    blocks: readonly { records: number; last: string }[];
    read(blocks: number): Promise<readonly SampledRecord[]>;
  };
}

export interface LoadedHours {
  /** Those with requests, earliest first. */
  hours: LoadedHour[];
  recordsRead: number;
  fromProfiles: number;
  counted: number;
}

/** Reads of hours at a time. */
const CONCURRENCY = 32;

/** Hours that are compressed and written at a time: as many as use the processors, as each takes megabytes meanwhile. */
const WRITES = 4;

/**
 * One reading of the log covers so many hours at most, and bytes of objects: hashes of the ids of records that are not compacted are held while
 * it lasts, 24 to 48 bytes each.
 */
const MOST_HOURS = 24;
const MOST_BYTES = 250e6;

/** The hours of a window, from their profiles where they hold, else counted. */
export async function loadHours(
  window: Window,
  subject: LoadSubject,
  options: LoadOptions,
): Promise<LoadedHours> {
  const { source, now, feedback } = options;
  const store = hourStore(options.store, { ...subject, reference: subject.reference.digest });
  const listed = (await source.hours(window, { feedback })).filter(
    ({ hour }) => hour >= window.from.getTime() && hour < window.to.getTime(),
  );
  const isOver = ({ hour }: LogHour) => hour + HOUR_MS <= Math.min(now, window.to.getTime());
  const known = await knownHours(listed.filter(isOver), { store, source, model: subject.model, feedback });
  const hours: LoadedHour[] = [...known.values()].map(fromStore);
  const result: LoadedHours = { hours, recordsRead: 0, fromProfiles: hours.length, counted: 0 };
  for (const run of runsOf(listed.filter(({ hour }) => !known.has(hour)))) {
    const end = run.at(-1)!.hour + HOUR_MS;
    const counts = await source.count({
      ...subject,
      window: { from: new Date(run[0]!.hour), to: new Date(Math.min(end, window.to.getTime())) },
    });
    const over = new Map(run.filter(isOver).map((hour) => [hour.hour, hour]));
    await inParallel(counts, WRITES, async (one) => {
      const hour = over.get(one.hour);
      // What was said is not known where nobody looked: the hour is counted again when somebody does.
      if (hour) await store.write(one, { objects: hour.objects, feedback: hour.feedback ?? '?' });
      // Slices and samples of many hours are not held together.
      const stored = hour && (await store.read(one.hour));
      hours.push(stored ? fromStore(stored) : fromCounts(one));
      result.counted += 1;
      result.recordsRead += one.read;
    });
  }
  result.hours = hours.filter(hasRequests).sort((a, b) => a.hour - b.hour);
  return result;
}

const hasRequests = ({ totals: { outcomes, passedOver, fingerprints } }: LoadedHour) =>
  Object.values(outcomes).some((count) => count > 0) || passedOver > 0 || fingerprints.length > 0;

/** Hours whose profiles hold: nothing in the log changed, or nothing but the objects that their predictions lie in. */
async function knownHours(
  listed: readonly LogHour[],
  from: { store: HourStore; source: CountsSource; model: string; feedback: boolean },
): Promise<Map<number, StoredHour>> {
  const { store, source, model, feedback } = from;
  const known = new Map<number, StoredHour>();
  const moved: { hour: LogHour; stored: StoredHour }[] = [];
  await inParallel(listed, CONCURRENCY, async (hour) => {
    const stored = await store.read(hour.hour);
    if (stored === undefined || (feedback && stored.state.feedback !== hour.feedback)) return;
    if (stored.state.objects === hour.objects) known.set(hour.hour, stored);
    else if (hour.compacted) moved.push({ hour, stored });
  });
  if (moved.length === 0) return known;
  const digests = await source.digests({ hours: moved.map(({ hour }) => hour.hour), model });
  await inParallel(moved, CONCURRENCY, async ({ hour, stored }) => {
    // What was passed over stays where it was: such an hour is not compacted.
    if (digests.get(hour.hour) !== stored.state.digest || stored.totals().passedOver > 0) return;
    await stored.confirm({ ...stored.state, objects: hour.objects });
    const confirmed = await store.read(hour.hour);
    if (confirmed) known.set(hour.hour, confirmed);
  });
  return known;
}

/** Hours that follow each other and are read together. */
function runsOf(hours: readonly LogHour[]): LogHour[][] {
  const runs: LogHour[][] = [];
  let bytes = 0;
  for (const hour of hours.toSorted((a, b) => a.hour - b.hour)) {
    const run = runs.at(-1);
    const follows = run?.at(-1)?.hour === hour.hour - HOUR_MS;
    bytes += hour.bytes;
    if (run && follows && run.length < MOST_HOURS && bytes <= MOST_BYTES) run.push(hour);
    else {
      runs.push([hour]);
      bytes = hour.bytes;
    }
  }
  return runs;
}

const fromStore = (stored: StoredHour): LoadedHour => ({
  hour: stored.hour,
  totals: stored.totals(),
  slices: () => stored.slices(),
  sample: { ...stored.sample, read: (blocks) => stored.blocks(blocks) },
});

function fromCounts({ hour, totals, slices, sample }: HourCounts): LoadedHour {
  const { records, complete } = sample;
  const blocks = records.length === 0 ? [] : [{ records: records.length, last: rankOf(records.at(-1)!.id) }];
  return {
    hour,
    totals,
    slices: () => Promise.resolve(slices),
    sample: { complete, blocks, read: (count) => Promise.resolve(count === 0 ? [] : records) },
  };
}
