import { addId, digestText, noIds, type IdDigest } from '@assay/prediction-log';
import type { PipelineFingerprint } from '@assay/schema';
import { bottomSample, type BottomSample } from './bottom-sample.ts';
import { addTally, emptyTally, profileOf, type FeatureTally, type TallyLayout } from './feature-tally.ts';
import {
  CONFIDENCE_UNITS,
  FEEDBACK_BINS,
  hourName,
  LATENCY_EDGES,
  type HourCounts,
  type HourTotals,
} from './hour-counts.ts';
import { binOf } from '@assay/drift-statistics';
import { dimensions } from './slice-dimensions.ts';

/** Records that the sample of an hour keeps. */
export const HOUR_SAMPLE = 2016;

/** Values of a dimension that an hour counts by themselves: the most frequent ones. */
export const HOUR_SLICES = 50;

/** Values that are counted while nobody knows which are the most frequent. */
const OPEN_CELLS = 64;

/** Combinations of values that are counted by themselves before they are added up. */
const MOST_GROUPS = 64;

/** What made the numbers. */
export type FingerprintPart = 'model' | 'preprocessing' | 'variant';

/** One dimension of one hour. */
export interface DimensionTally {
  /** Counts by value; of the chosen values alone where they are known, else of those that came first. */
  cells: Map<string, FeatureTally>;
  /** Answers by value, of the values that have no counts. */
  others: Map<string, number>;
  chosen: ReadonlySet<string> | undefined;
}

/** Answers that have the same value in each dimension: counted once, and added to the counts of each value in the end. */
interface Group {
  tally: FeatureTally;
  values: readonly (string | null)[];
}

/** An hour in the making. */
export interface HourTally {
  hour: number;
  ids: IdDigest;
  all: FeatureTally;
  dimensions: DimensionTally[];
  /** By the texts of an answer, which are one object where they are the same, then by the size of its image. */
  groups: Map<object, Map<string | null, Group>>;
  /** How many there are. */
  grouped: number;
  outcomes: HourTotals['outcomes'];
  confidence: { records: number; sum: number; variance: number };
  latency: number[];
  confusion: Map<string, { predicted: string; truth: string; count: number }>;
  feedback: { records: number; confidence: number; right: number }[];
  /** By part, then by value. */
  fingerprints: Record<FingerprintPart, Map<string, { records: number; from: number; to: number }>>;
  sample: BottomSample;
  passedOver: number;
}

/** @param chosen By dimension the values that are counted by themselves, where a count before this one found that there are many. */
export function emptyHour(
  hour: number,
  layout: TallyLayout,
  chosen?: readonly ReadonlySet<string>[],
): HourTally {
  return {
    hour,
    ids: noIds(),
    all: emptyTally(layout),
    dimensions: dimensions.map((_, at) => ({
      cells: new Map(),
      others: new Map(),
      chosen: chosen?.[at],
    })),
    groups: new Map(),
    grouped: 0,
    outcomes: { answered: 0, refused: 0, failed: 0, cancelled: 0 },
    confidence: { records: 0, sum: 0, variance: 0 },
    latency: new Array<number>(LATENCY_EDGES.length + 1).fill(0),
    confusion: new Map(),
    feedback: Array.from({ length: FEEDBACK_BINS }, () => ({ records: 0, confidence: 0, right: 0 })),
    fingerprints: { model: new Map(), preprocessing: new Map(), variant: new Map() },
    sample: bottomSample(HOUR_SAMPLE),
    passedOver: 0,
  };
}

/** Counts that an id was read, of whatever version. */
export const countId = (tally: HourTally, high: number, low: number) => addId(tally.ids, high, low);

/**
 * The tallies that count an answer: one where there are few combinations of values, else that of all and one for each value that is counted by
 * itself.
 *
 * @param answer.texts One object for all answers with the same texts.
 * @param answer.values By dimension.
 */
export function tallyAnswer(
  tally: HourTally,
  layout: TallyLayout,
  answer: { texts: object; size: string | null; values: () => readonly (string | null)[] },
): readonly FeatureTally[] {
  const { groups } = tally;
  const { texts, size } = answer;
  const known = groups.get(texts)?.get(size);
  if (known) {
    known.tally.records += 1;
    return [known.tally];
  }
  if (tally.grouped === MOST_GROUPS) {
    const into = [tally.all, ...cellsOf(tally, layout, { values: answer.values(), records: 1 })];
    for (const one of into) one.records += 1;
    return into;
  }
  const group = { tally: { ...emptyTally(layout), records: 1 }, values: answer.values() };
  const bySize = groups.get(texts) ?? new Map<string | null, Group>();
  groups.set(texts, bySize.set(size, group));
  tally.grouped += 1;
  return [group.tally];
}

/** The counts of some values, of those that are counted by themselves; of the others the answers are. */
function* cellsOf(
  { dimensions: tallies }: HourTally,
  layout: TallyLayout,
  { values, records }: { values: readonly (string | null)[]; records: number },
): Generator<FeatureTally> {
  for (const [at, value] of values.entries()) {
    if (value === null) continue;
    const { cells, others, chosen } = tallies[at]!;
    const known = cells.get(value);
    if (known) yield known;
    else if (chosen ? !chosen.has(value) : cells.size === OPEN_CELLS)
      others.set(value, (others.get(value) ?? 0) + records);
    else {
      const cell = emptyTally(layout);
      cells.set(value, cell);
      yield cell;
    }
  }
}

/** Adds up what was counted by combination: nothing is counted after that. */
export function settle(tally: HourTally, layout: TallyLayout): void {
  for (const bySize of tally.groups.values())
    for (const { tally: counted, values } of bySize.values())
      for (const into of [tally.all, ...cellsOf(tally, layout, { values, records: counted.records })])
        addTally(into, counted);
  tally.groups.clear();
}

export function countConfidence({ confidence }: HourTally, value: number): void {
  if (Number.isNaN(value)) return;
  confidence.records += 1;
  confidence.sum += Math.round(CONFIDENCE_UNITS * value);
  confidence.variance += Math.round(CONFIDENCE_UNITS * value * (1 - value));
}

export function countLatency({ latency }: HourTally, milliseconds: number): void {
  if (!Number.isNaN(milliseconds)) latency[binOf(milliseconds, LATENCY_EDGES)]! += 1;
}

export function countTruth(
  { confusion, feedback }: HourTally,
  answer: { predicted: string; truth: string; confidence: number },
): void {
  const { predicted, truth, confidence } = answer;
  const key = JSON.stringify([predicted, truth]);
  const pair = confusion.get(key) ?? { predicted, truth, count: 0 };
  pair.count += 1;
  confusion.set(key, pair);
  if (Number.isNaN(confidence)) return;
  const bin = feedback[Math.max(0, Math.min(FEEDBACK_BINS, Math.ceil(confidence * FEEDBACK_BINS)) - 1)]!;
  bin.records += 1;
  bin.confidence += Math.round(CONFIDENCE_UNITS * confidence);
  if (predicted === truth) bin.right += 1;
}

export function countFingerprint(
  { fingerprints }: HourTally,
  part: FingerprintPart,
  { value, time }: { value: string; time: number },
): void {
  const known = fingerprints[part].get(value);
  if (known === undefined) fingerprints[part].set(value, { records: 1, from: time, to: time });
  else {
    known.records += 1;
    if (time < known.from) known.from = time;
    if (time > known.to) known.to = time;
  }
}

/** The most frequent values of a dimension; of equally frequent ones the first by name. */
const mostFrequent = ({ cells, others }: DimensionTally): string[] =>
  [...[...cells].map(([value, { records }]) => [value, records] as const), ...others]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, HOUR_SLICES)
    .map(([value]) => value);

/** By dimension the values to count by themselves, where some of them were not; `undefined` where all were. */
export function missedValues({ dimensions: tallies }: HourTally): ReadonlySet<string>[] | undefined {
  const wanted = tallies.map(mostFrequent);
  const missed = wanted.some((values, at) => values.some((value) => !tallies[at]!.cells.has(value)));
  return missed ? wanted.map((values) => new Set(values)) : undefined;
}

export function finishHour(
  tally: HourTally,
  layout: TallyLayout,
  { model, version }: { model: string; version: string },
): HourCounts {
  const key = { model, version, hour: hourName(tally.hour) };
  const fingerprints = Object.entries(tally.fingerprints).flatMap(([part, values]) =>
    [...values]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, { records, from, to }]): PipelineFingerprint => {
        const [first, last] = [new Date(from).toISOString(), new Date(to).toISOString()];
        return { part, value, records, from: first, to: last };
      }),
  );
  const records = tally.sample.records();
  return {
    hour: tally.hour,
    totals: {
      profile: profileOf(tally.all, layout, { ...key, slice: 'all' }),
      outcomes: tally.outcomes,
      confidence: tally.confidence,
      latency: tally.latency,
      confusion: [...tally.confusion].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair),
      feedback: tally.feedback,
      fingerprints,
      passedOver: tally.passedOver,
    },
    slices: tally.dimensions.flatMap((dimension, at) =>
      mostFrequent(dimension).map((value) =>
        profileOf(dimension.cells.get(value)!, layout, { ...key, slice: `${dimensions[at]!}=${value}` }),
      ),
    ),
    sample: { records, complete: records.length === tally.all.records },
    digest: digestText(tally.ids),
    read: tally.ids.count,
  };
}
