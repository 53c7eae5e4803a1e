import { isFeature, type PredictionLog, type Scan, type ScanBatch } from '@assay/prediction-log';
import { inputKey } from '@assay/schema';
import { placeValues, tallyLayout, type FeatureTally, type TallyLayout } from './feature-tally.ts';
import { HOUR_MS, type HourCounts, type HourTotals } from './hour-counts.ts';
import {
  countConfidence,
  countFingerprint,
  countId,
  countLatency,
  countTruth,
  emptyHour,
  finishHour,
  missedValues,
  settle,
  tallyAnswer,
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
  const tallies = [...(await log.scan({ window, model, numbers, texts }, scan)).values()];
  for (const tally of tallies) settle(tally, layout);
  return tallies;
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
    const placed: Placement = { rows: [], targets: [], of: [] };
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

      const size = sizeOf(batch.numbers[area]![row]!);
      const values = () => [said[text.client!]!, said[text['image.format']!]!, size, predicted!];
      for (const target of tallyAnswer(tally, layout, { texts: said, size, values })) {
        placed.targets.push(target);
        placed.of.push(placed.rows.length);
      }
      placed.rows.push(row);
      if (!tally.sample.mayWant(batch.lead(row))) continue;
      const id = batch.id(row);
      if (tally.sample.wants(id)) {
        const kept = batch.kept(row);
        const record = { id, values: valuesOf(batch, row) };
        tally.sample.add(kept === null ? record : { ...record, image: inputKey(kept) });
      }
    }
    countNumbers(batch, placed, { layout, numericAt });
    countNames(batch, placed, categoricalAt);
  };
}

/** Answers of a batch, and what counts them. */
interface Placement {
  /** Where in the columns they are. */
  rows: number[];
  /** Each with the place in `rows` of the answer that it counts. */
  targets: FeatureTally[];
  of: number[];
}

function countNumbers(
  batch: ScanBatch,
  { rows, targets, of }: Placement,
  { layout, numericAt }: { layout: TallyLayout; numericAt: readonly number[] },
): void {
  const placed = { slots: new Int32Array(rows.length), steps: new Float64Array(rows.length) };
  const { slots, steps } = placed;
  layout.numeric.forEach((place, index) => {
    const column = batch.numbers[numericAt[index]!];
    placeValues({ column, rows }, place, placed);
    for (let at = 0; at < targets.length; at++) {
      const { counts, sums } = targets[at]!;
      const row = of[at]!;
      counts[slots[row]!]! += 1;
      sums[index]! += steps[row]!;
    }
  });
}

function countNames(
  batch: ScanBatch,
  { rows, targets, of }: Placement,
  categoricalAt: readonly number[],
): void {
  categoricalAt.forEach((column, index) => {
    for (let at = 0; at < targets.length; at++) {
      const names = targets[at]!.names[index]!;
      const value = column < 0 ? null : (batch.texts[rows[of[at]!]!]![column] ?? null);
      names.set(value, (names.get(value) ?? 0) + 1);
    }
  });
}
