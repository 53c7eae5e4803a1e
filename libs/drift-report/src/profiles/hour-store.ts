import type { ObjectStore } from '@assay/object-store';
import { AssayError, type DriftProfile } from '@assay/schema';
import { hourName, type HourCounts, type HourTotals, type SampledRecord } from './hour-counts.ts';
import {
  DamagedHour,
  HEAD,
  readBlock,
  readIndex,
  readSlices,
  readTotals,
  restate,
  writeHour,
  type HourIndex,
} from './hour-object.ts';

/** Which counts: of one version, in the bins of one reference. */
export interface HourSeries {
  model: string;
  version: string;
  /** Digest of the reference. */
  reference: string;
}

/** An hour that was counted before. Its parts are read when they are asked for, if the object is still the same. */
export interface StoredHour {
  hour: number;
  state: HourIndex['state'];
  sample: HourIndex['sample'];
  totals(): HourTotals;
  slices(): Promise<DriftProfile[]>;
  /** The first so many blocks. */
  blocks(count: number): Promise<SampledRecord[]>;
  /** Says that nothing in it changed. */
  confirm(state: HourIndex['state']): Promise<void>;
}

/** Hours that are over, counted once: `profiles/<model>/<version>/<reference>/YYYY-MM-DD/hh.counts`. */
export interface HourStore {
  /** @returns `undefined` where it was not counted, or is damaged, which `write` mends. */
  read(hour: number): Promise<StoredHour | undefined>;
  /** Several processes may write the same hour: they write the same. */
  write(counts: HourCounts, state: { objects: string; feedback: string }): Promise<void>;
}

/** An object was written again, went, or proved damaged while it was read: whoever reads begins anew. */
export class ChangedHour extends Error {}

export function hourStore(store: ObjectStore, { model, version, reference }: HourSeries): HourStore {
  const keyOf = (hour: number) => {
    const [day, hours] = hourName(hour).split('T') as [string, string];
    return `profiles/${model}/${version}/${reference.slice(0, 12)}/${day}/${hours}.counts`;
  };

  const open = async (hour: number): Promise<StoredHour | undefined> => {
    const key = keyOf(hour);
    const { info, content: head } = await store.get(key, { range: { start: 0, end: HEAD } });
    const mend = async (error: unknown): Promise<never> => {
      // What is not there cannot be read wrongly again.
      if (error instanceof DamagedHour)
        await store.delete(key, { ifGeneration: info.generation }).catch(ignoring('precondition-failed'));
      throw new ChangedHour(`${key} changed`, { cause: error });
    };
    const parsed = readHead(head, hour);
    if (parsed === undefined) return mend(new DamagedHour('of another hour or release'));
    const { index, body } = parsed;
    const bytes = async ([from, to]: readonly [number, number]): Promise<Buffer> => {
      const range = { start: body + from, end: body + to };
      if (range.end <= head.length) return head.subarray(range.start, range.end);
      return (await store.get(key, { range, ifGeneration: info.generation })).content;
    };
    const reading = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof DamagedHour || isGone(error)) return mend(error);
        throw error;
      }
    };
    const totals = await reading(async () => readTotals(await bytes(index.totals)));
    return {
      hour,
      state: index.state,
      sample: index.sample,
      totals: () => totals,
      slices: () => reading(async () => readSlices(await bytes(index.slices))),
      blocks: (count) =>
        reading(async () => {
          const parts = index.sample.blocks.slice(0, count).map(({ part }) => part);
          if (parts.length === 0) return [];
          // They lie side by side: one reading for all.
          const [begin, end] = [parts[0]![0], parts.at(-1)![1]];
          const all = await bytes([begin, end]);
          return parts.flatMap(([from, to]) => readBlock(all.subarray(from - begin, to - begin)));
        }),
      confirm: async (state) => {
        const { content } = await store.get(key, { ifGeneration: info.generation });
        await store.put(key, restate(content, state), { ifGeneration: info.generation });
      },
    };
  };

  return {
    read: async (hour) => {
      try {
        return await open(hour);
      } catch (error) {
        // Mended or written again by another: counted anew either way.
        if (error instanceof ChangedHour || isGone(error)) return undefined;
        throw error;
      }
    },
    write: async (counts, state) => {
      await store.put(keyOf(counts.hour), await writeHour(counts, state));
    },
  };
}

function readHead(head: Buffer, hour: number): ReturnType<typeof readIndex> | undefined {
  try {
    const parsed = readIndex(head);
    return parsed.index.hour === hour ? parsed : undefined;
  } catch (error) {
    if (error instanceof DamagedHour) return undefined;
    throw error;
  }
}

const gone = ['object-not-found', 'precondition-failed', 'invalid-range'];

export const isGone = (error: unknown): boolean => error instanceof AssayError && gone.includes(error.code);

/** Lets one kind of refusal pass. */
const ignoring = (code: string) => (error: unknown) => {
  if (!(error instanceof AssayError && error.code === code)) throw error;
};
