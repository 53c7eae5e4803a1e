import {
  mergeProfiles,
  profileRecords,
  readReferenceProfile,
  sampleRecords,
  type FeatureRow,
  type FrozenReference,
} from '@assay/drift-statistics';
import type {
  DriftProfile,
  ModelManifest,
  NumericProfile,
  PipelineFingerprint,
  RecordSample,
  ReferenceProfile,
  ReportWindow,
} from '@assay/schema';
import type { DriftWindow, FeedbackBin, HourOutcomes, WindowCounts } from '../window/drift-window.ts';

const HOUR_MS = 3_600_000;

/** A record of a window: its values, and whatever puts it in a slice. */
export interface MadeRecord {
  row: FeatureRow;
  /** Hours after the window's beginning; default 0. */
  hour?: number;
  /** Names such as `client=shop`. */
  slices?: readonly string[];
}

/** Bins of about equally many values, as packages have them. */
function numeric(values: readonly number[], missing: number): NumericProfile {
  const sorted = values.toSorted((a, b) => a - b);
  const [minimum, maximum] = [sorted[0]!, sorted.at(-1)!];
  const bins = Math.min(20, Math.max(2, Math.floor(Math.sqrt(sorted.length))));
  const all = Array.from(
    { length: bins - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins)]!,
  );
  const edges =
    minimum === maximum ? [minimum, minimum + 1e-6 * (Math.abs(minimum) || 1)] : [...new Set(all)];
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length;
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of sorted) counts[edges.filter((edge) => value >= edge).length]!++;
  const moments =
    minimum === maximum ? { mean: minimum, deviation: 0 } : { mean, deviation: Math.sqrt(variance) };
  return { kind: 'numeric', count: sorted.length, missing, ...moments, minimum, maximum, edges, counts };
}

/** The reference that these records make. */
export function referenceOf(rows: readonly FeatureRow[]): Promise<FrozenReference> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const features: ReferenceProfile['features'] = {};
  for (const name of names) {
    const values = rows.map((row) => row[name]);
    const numbers = values.filter((value) => typeof value === 'number');
    const texts = values.filter((value) => typeof value === 'string');
    if (numbers.length > 0) features[name] = numeric(numbers, rows.length - numbers.length);
    else if (texts.length > 0) {
      const counts = new Map<string, number>();
      for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
      features[name] = {
        ...{ kind: 'categorical', count: texts.length, missing: rows.length - texts.length },
        counts: Object.fromEntries(counts),
      };
    }
  }
  return readReferenceProfile({ schemaVersion: 1, inputs: rows.length, features });
}

/** The values of the reference's inputs side by side, as a package holds them. */
export function referenceSampleOf(rows: readonly FeatureRow[]): RecordSample {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return sampleRecords(
    rows.map((row, i) => ({ id: `reference ${i}`, row })),
    { columns, seed: 'reference', capacity: 1000 },
  );
}

/** What a package says of itself, as far as reports ask: `confusion[truth][answered]`. */
export function manifestOf(
  labels: readonly string[],
  confusion?: readonly (readonly number[])[],
): ModelManifest {
  const rows = confusion?.flat().reduce((sum, count) => sum + count, 0) ?? 0;
  return {
    ...{ name: 'world', version: '1', labels: [...labels] },
    metrics: confusion ? { expectedCalibrationError: 0.03 } : {},
    ...(confusion ? { evaluation: { rows, confusion } } : {}),
  } as unknown as ModelManifest;
}

export interface MadeWindow {
  reference: FrozenReference;
  referenceSample?: RecordSample;
  manifest?: ModelManifest;
  window?: ReportWindow;
  /** By default everything was answered. */
  outcomes?: readonly HourOutcomes[];
  feedback?: readonly FeedbackBin[];
  fingerprints?: readonly PipelineFingerprint[];
  before?: WindowCounts;
  season?: readonly WindowCounts[];
  images?: ReadonlyMap<string, string>;
  latency?: readonly number[];
}

const DAY: ReportWindow = { from: '2026-11-19T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z' };
/** Milliseconds. */
export const LATENCY_EDGES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

const hourOf = (window: ReportWindow, hour: number) =>
  new Date(Date.parse(window.from) + hour * HOUR_MS).toISOString().slice(0, 13);

/** What a log would say of these records. */
export function countsOf(
  records: readonly MadeRecord[],
  { reference, window = DAY, outcomes, latency }: Omit<MadeWindow, 'manifest'>,
): WindowCounts & { hours: DriftProfile[] } {
  const byHour = Map.groupBy(records, ({ hour = 0 }) => hourOf(window, hour));
  const profile = (hour: string, rows: readonly MadeRecord[]) =>
    profileRecords(
      reference,
      { model: 'world', version: '1', slice: 'all', hour, source: `predictions/${hour}` },
      rows.map(({ row }) => row),
    );
  const hours = [...byHour].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hour, rows]) => profile(hour, rows));
  const confidence = [...byHour].map(([hour, rows]) => {
    const values = rows.map(({ row }) => row.confidence).filter((value) => typeof value === 'number');
    const sum = values.reduce((total, value) => total + value, 0);
    const variance = values.reduce((total, value) => total + value * (1 - value), 0);
    return { hour, records: values.length, sum, variance };
  });
  return {
    window,
    profile: hours.length > 0 ? mergeProfiles(hours) : profile(hourOf(window, 0), []),
    outcomes:
      outcomes ??
      [...byHour].map(([hour, rows]) => ({
        hour,
        answered: rows.length,
        refused: 0,
        failed: 0,
        cancelled: 0,
      })),
    confidence,
    latency: { edges: LATENCY_EDGES, counts: latency ?? LATENCY_EDGES.concat(0).map(() => 0) },
    hours,
  };
}

/** A window of the log as the reader gives it. */
export function makeWindow(records: readonly MadeRecord[], made: MadeWindow): DriftWindow {
  const { reference, window = DAY, images = new Map() } = made;
  const names = [...new Set(records.flatMap(({ slices = [] }) => slices))];
  const columns = [...Object.keys(reference.features), 'time'];
  return {
    ...countsOf(records, made),
    manifest: made.manifest ?? manifestOf(['a', 'b']),
    reference,
    referenceSample: made.referenceSample,
    slices: new Map(
      names.map((slice) => [
        slice,
        profileRecords(
          reference,
          { model: 'world', version: '1', slice, hour: hourOf(window, 0), source: `predictions/${slice}` },
          records.filter(({ slices = [] }) => slices.includes(slice)).map(({ row }) => row),
        ),
      ]),
    ),
    sample: sampleRecords(
      records.map(({ row, hour = 0 }, i) => ({
        id: `record ${i}`,
        row: { ...row, time: `${hourOf(window, hour)}:00:00.000Z` },
      })),
      { columns },
    ),
    images,
    confusion: [],
    feedback: made.feedback ?? [],
    fingerprints: made.fingerprints ?? [],
    passedOver: 0,
    before: made.before,
    season: made.season ?? [],
    cost: { recordsRead: records.length, hoursFromProfiles: 0, hoursCounted: 1 },
  };
}
