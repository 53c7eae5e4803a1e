import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { DriftProfile } from '@assay/schema';
import { z } from 'zod';
import { rankOf } from './bottom-sample.ts';
import type { HourCounts, HourTotals, SampledRecord } from './hour-counts.ts';

/** Changes when what is counted of an hour changes: hours of another number are counted anew. */
const VERSION = 1;

const part = z.tuple([z.int().min(0), z.int().min(0)]);

const hourIndex = z.object({
  version: z.literal(VERSION),
  hour: z.int(),
  /** What the log had when the hour was counted: see `LogHour` and `digests` of the log. */
  state: z.object({ objects: z.string(), feedback: z.string(), digest: z.string() }),
  /** Where the parts lie, bytes after this line. */
  totals: part,
  slices: part,
  sample: z.object({
    complete: z.boolean(),
    /** Parts of the sample, lowest ranks first, with the highest rank of each. */
    blocks: z.array(z.object({ part, records: z.int().min(1), last: z.string() })),
  }),
});
/**
 * The first line of an hour's object. After it come its parts, each compressed by itself (gzip), so that whoever merges a month reads
 * the totals alone, and of the sample no more than it needs.
 */
export type HourIndex = z.infer<typeof hourIndex>;

/** The object is not one that this release wrote, or is damaged. */
export class DamagedHour extends Error {}

/** Records of the blocks of a sample; the last one takes the rest. */
const BLOCKS = [32, 64, 128, 256, 512, 1024];

/** Longest first line. Bytes. */
const LONGEST_INDEX = 4096;

/** What is read at first: the index, the totals, often all. Bytes. */
export const HEAD = 16_384;

const compress = promisify(gzip);
/** In other threads, so that hours are compressed side by side. */
const pack = (value: unknown) => compress(JSON.stringify(value), { level: 5 });

/** An hour as it is kept. @param state What the log had before the hour was counted. */
export async function writeHour(
  { hour, totals, slices, sample, digest }: HourCounts,
  state: { objects: string; feedback: string },
): Promise<Buffer> {
  const samples = blocksOf(sample.records);
  const parts = await Promise.all([totals, slices, ...samples].map(pack));
  let end = 0;
  const [ofTotals, ofSlices, ...ofSamples] = parts.map(({ length }): [number, number] => {
    const begin = end;
    end += length;
    return [begin, end];
  }) as [[number, number], [number, number], ...[number, number][]];
  const index: HourIndex = {
    version: VERSION,
    hour,
    state: { ...state, digest },
    totals: ofTotals,
    slices: ofSlices,
    sample: {
      complete: sample.complete,
      blocks: samples.map((records, at) => ({
        part: ofSamples[at]!,
        records: records.length,
        last: rankOf(records.at(-1)!.id),
      })),
    },
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]);
}

function blocksOf(records: readonly SampledRecord[]): SampledRecord[][] {
  const blocks: SampledRecord[][] = [];
  let from = 0;
  for (const size of BLOCKS) {
    if (from < records.length) blocks.push(records.slice(from, from + size));
    from += size;
  }
  return blocks;
}

/** The same hour with another state, where nothing in it changed. */
export function restate(content: Buffer, state: HourIndex['state']): Buffer {
  const { index, body } = readIndex(content);
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...index, state })}\n`), content.subarray(body)]);
}

/** The first line, and where what follows begins. @throws {@link DamagedHour} */
export function readIndex(head: Buffer): { index: HourIndex; body: number } {
  const newline = head.subarray(0, LONGEST_INDEX).indexOf(0x0a);
  try {
    const index = hourIndex.parse(JSON.parse(head.toString('utf8', 0, newline)));
    return { index, body: newline + 1 };
  } catch (cause) {
    throw new DamagedHour('the first line is damaged, or of another release', { cause });
  }
}

function unpack(content: Buffer): unknown {
  try {
    // Its checksum tells damage.
    return JSON.parse(gunzipSync(content).toString()) as unknown;
  } catch (cause) {
    throw new DamagedHour('a part is damaged', { cause });
  }
}

export const readTotals = (part: Buffer) => unpack(part) as HourTotals;
export const readSlices = (part: Buffer) => unpack(part) as DriftProfile[];
export const readBlock = (part: Buffer) => unpack(part) as SampledRecord[];
