import { isFeature, type PredictionLog, type Scan, type ScanBatch } from '@assay/prediction-log';
import { inputKey } from '@assay/schema';
import { placeValues, tallyLayout, type FeatureTally, type TallyLayout } from './feature-tally.ts';
import { HOUR_MS, type HourCounts, type HourTotals } from './hour-counts.ts';
import {
  cellOf,
  countConfidence,
  countFingerprint,
  countId,
  countLatency,
  countTruth,
  emptyHour,
  finishHour,
  missedValues,
  type HourTally,
} from './hour-tally.ts';
import type { CountQuery } from './counts-source.ts';
import { sizeOf } from './slice-dimensions.ts';

/** Texts of each prediction that are read beside the categorical features. */
const TEXTS = [
  'outcome',
  'version',
  'variant',
  'preprocessing',
  'client',
  'image.format',
  'prediction',
  'label',
];
/** Numbers that are read beside the numeric features. */
const NUMBERS = ['stage.total', 'confidence', 'image.area'];

type Chosen = ReadonlyMap<number, readonly ReadonlySet<string>[]>;

/** Counts hours that follow each other, in one reading of the log; in two where a dimension has very many values. */
export async function countHours(log: PredictionLog, query: CountQuery): Promise<HourCounts[]> {
  const layout = tallyLayout(query.reference);
  let tallies = await tallyHours(log, query, { layout });
  const chosen = new Map<number, readonly ReadonlySet<string>[]>();
  for (const tally of tallies) {
    const values = missedValues(tally);
    if (values) chosen.set(tally.hour, values);
  }
  if (chosen.size > 0) tallies = await tallyHours(log, query, { layout, chosen });
  return tallies.map((tally) => finishHour(tally, layout, query));
}

async function tallyHours(
  log: PredictionLog,
  query: CountQuery,
  how: { layout: TallyLayout; chosen?: Chosen },
): Promise<HourTally[]> {
  const { layout, chosen } = how;
  const { window, model } = query;
  const [from, to] = [window.from.getTime(), window.to.getTime()];
  const numeric = layout.numeric.map(({ name }) => name).filter(isFeature);
  const categorical = layout.categorical.filter(isFeature);
  const numbers = [...new Set([...numeric, ...NUMBERS])];
  const texts = [...new Set([...TEXTS, ...categorical])];
  const read = columnReader({ numbers, texts, layout, version: query.version });
  const scan: Scan<Map<number, HourTally>> = {
    begin: () => {
      const tallies = new Map<number, HourTally>();
      for (let hour = from; hour < to; hour += HOUR_MS)
        tallies.set(hour, emptyHour(hour, layout, chosen?.get(hour)));
      return tallies;
    },
    add: read,
    passOver: (tallies, hour, count) => {
      const tally = tallies.get(hour);
      if (tally) tally.passedOver += count;
    },
  };
  return [...(await log.scan({ window, model, numbers, texts }, scan)).values()];
}

interface Columns {
  numbers: readonly string[];
  texts: readonly string[];
  layout: TallyLayout;
  version: string;
}

/** Adds a batch to the hours that its predictions lie in. */
function columnReader({ numbers, texts, layout, version }: Columns) {
  const [total, confidence, area] = NUMBERS.map((name) => numbers.indexOf(name)) as [number, number, number];
  const text = Object.fromEntries(texts.map((name, at) => [name, at]));
  const numericAt = layout.numeric.map(({ name }) => numbers.indexOf(name));
  const categoricalAt = layout.categorical.map((name) => texts.indexOf(name));
  const sampled = Object.entries(layout.reference.features).map(([name, { kind }]) => ({
    isText: kind === 'categorical',
    at: (kind === 'categorical' ? texts : numbers).indexOf(name),
  }));

  /** Values of one answer, in the order of the columns of a sample. */
  const valuesOf = (batch: ScanBatch, row: number) => {
    const values = sampled.map(({ isText, at }) => {
      if (isText) return batch.texts[row]![at] ?? null;
      const value = batch.numbers[at]?.[row] ?? NaN;
      return Number.isFinite(value) ? value : null;
    });
    return [...values, new Date(batch.times[row]!).toISOString()];
  };

  return (tallies: Map<number, HourTally>, batch: ScanBatch): void => {
    const rows: number[] = [];
    /** By row that counts: of all answers first, then by dimension. */
    const targets: (FeatureTally | undefined)[][] = [[], [], [], [], []];
    for (const row of batch.rows) {
      const time = batch.times[row]!;
      const tally = tallies.get(Math.floor(time / HOUR_MS) * HOUR_MS);
      if (tally === undefined) continue;
      countId(tally, batch.hashes.high[row]!, batch.hashes.low[row]!);
      const said = batch.texts[row]!;
      const outcome = said[text.outcome!] as keyof HourTotals['outcomes'];
      const answered = outcome === 'answered';
      if (answered) countFingerprint(tally, 'model', { value: said[text.version!] ?? '', time });
      if (said[text.version!] !== version) continue;
      tally.outcomes[outcome] += 1;
      if (!answered) continue;

      countFingerprint(tally, 'variant', { value: said[text.variant!] ?? '', time });
      countFingerprint(tally, 'preprocessing', { value: said[text.preprocessing!] ?? '', time });
      const sure = batch.numbers[confidence]![row]!;
      countConfidence(tally, sure);
      countLatency(tally, batch.numbers[total]![row]!);
      const [predicted, truth] = [said[text.prediction!], said[text.label!]];
      if (typeof predicted === 'string' && typeof truth === 'string')
        countTruth(tally, { predicted, truth, confidence: sure });

      const values = [
        said[text.client!]!,
        said[text['image.format']!]!,
        sizeOf(batch.numbers[area]![row]!),
        said[text.prediction!]!,
      ];
      rows.push(row);
      targets[0]!.push(tally.all);
      values.forEach((value, at) => targets[at + 1]!.push(cellOf(tally.dimensions[at]!, value, layout)));
      const id = batch.ids[row]!;
      if (tally.sample.wants(id)) {
        const kept = batch.kept[row] ?? null;
        const record = { id, values: valuesOf(batch, row) };
        tally.sample.add(kept === null ? record : { ...record, image: inputKey(kept) });
      }
    }
    for (const target of targets) for (const tally of target) if (tally) tally.records += 1;
    countNumbers(batch, { rows, targets, layout, numericAt });
    countNames(batch, { rows, targets, categoricalAt });
  };
}

interface Rows {
  /** Rows of the batch that count. */
  rows: readonly number[];
  targets: readonly (FeatureTally | undefined)[][];
}

function countNumbers(
  batch: ScanBatch,
  { rows, targets, layout, numericAt }: Rows & { layout: TallyLayout; numericAt: readonly number[] },
): void {
  const placed = { slots: new Int32Array(rows.length), steps: new Float64Array(rows.length) };
  const { slots, steps } = placed;
  layout.numeric.forEach((place, index) => {
    const column = batch.numbers[numericAt[index]!];
    placeValues({ column, rows }, place, placed);
    for (const target of targets)
      for (let at = 0; at < rows.length; at++) {
        const tally = target[at];
        if (tally === undefined) continue;
        tally.counts[slots[at]!]! += 1;
        tally.sums[index]! += steps[at]!;
      }
  });
}

function countNames(
  batch: ScanBatch,
  { rows, targets, categoricalAt }: Rows & { categoricalAt: readonly number[] },
): void {
  categoricalAt.forEach((column, index) => {
    for (const target of targets)
      for (let at = 0; at < rows.length; at++) {
        const names = target[at]?.names[index];
        const value = column < 0 ? null : (batch.texts[rows[at]!]![column] ?? null);
        names?.set(value, (names.get(value) ?? 0) + 1);
      }
  });
}
