import { scaleOf, STEPS, type FrozenReference } from '@assay/drift-statistics';
import {
  hourlyQueries,
  hourStatesQuery,
  isFeature,
  type Dialect,
  type HourlyOptions,
  type HourlyQueries,
  type Query,
  type QueryTarget,
  type Window,
} from '@assay/prediction-log';
import { inputKey, type DriftProfile } from '@assay/schema';
import type { CountQuery, CountsSource } from './counts-source.ts';
import { FARTHEST } from './feature-tally.ts';
import {
  CONFIDENCE_UNITS,
  FEEDBACK_BINS,
  HOUR_MS,
  hourName,
  LATENCY_EDGES,
  type HourCounts,
  type HourTotals,
} from './hour-counts.ts';
import { HOUR_SAMPLE, HOUR_SLICES } from './hour-tally.ts';
import { dimensions, sizes } from './slice-dimensions.ts';
import { byRank } from './bottom-sample.ts';

/** A row as clients of databases give it: whole numbers as numbers, times as dates, texts, or objects with a text `value`. */
export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlCountsOptions {
  /** In whose words, and over which table or view: see `bigqueryViews` of `@assay/prediction-log`. */
  target: QueryTarget;
  /** Runs one statement. @param window What of the table it reads. */
  run(query: Query, window: Window): Promise<readonly SqlRow[]>;
}

/** The statements that count hours of a model in the bins of a reference. */
export function driftQueries(query: CountQuery, target: QueryTarget): HourlyQueries {
  return hourlyQueries(optionsOf(query), target);
}

/** Features of a reference that predictions have a value for. */
const featuresOf = ({ features }: FrozenReference) =>
  Object.entries(features).filter(([name]) => isFeature(name));

function optionsOf({ model, version, window, reference }: CountQuery): HourlyOptions {
  return {
    ...{ model, version, window, slices: HOUR_SLICES, sample: HOUR_SAMPLE },
    ...{ units: CONFIDENCE_UNITS, feedbackBins: FEEDBACK_BINS, latencyEdges: LATENCY_EDGES },
    features: featuresOf(reference).map(([name, feature]) =>
      feature.kind === 'categorical'
        ? { name }
        : {
            name,
            bins: {
              ...{ edges: feature.edges, mean: feature.profile.mean, scale: scaleOf(feature.profile) },
              ...{ steps: STEPS, farthest: FARTHEST },
            },
          },
    ),
    dimensions: [
      { name: 'client', value: () => ({ sql: 'client', columns: ['client'] }) },
      { name: 'format', value: () => ({ sql: 'input_format', columns: ['input_format'] }) },
      { name: 'size', value: sizeInSql },
      { name: 'prediction', value: () => ({ sql: 'answer_prediction', columns: ['answer_prediction'] }) },
    ],
  };
}

/** As `sizeOf` says it. */
function sizeInSql(dialect: Dialect) {
  const area = 'input_width * input_height';
  const cases = sizes.map(([name, most]) =>
    most === Infinity
      ? `WHEN ${area} IS NOT NULL THEN ${dialect.text(name)}`
      : `WHEN ${area} < ${most} THEN ${dialect.text(name)}`,
  );
  return { sql: `CASE ${cases.join(' ')} END`, columns: ['input_width', 'input_height'] };
}

/**
 * Counts by SQL alone, where the log is a table that is too large for one machine: the same hours as `logCounts` has, to the last count.
 * Lines that were passed over are not known there.
 */
export function sqlCounts({ target, run }: SqlCountsOptions): CountsSource {
  return {
    hours: async (window) =>
      (await run(hourStatesQuery({ window }, target), window))
        .map(({ bucket, objects, feedback }) => ({
          hour: timeOf(bucket),
          ...{ bytes: 0, compacted: false, objects: String(objects), feedback: String(feedback) },
        }))
        .sort((a, b) => a.hour - b.hour),
    // The state of an hour is what is in it already.
    digests: () => Promise.resolve(new Map()),
    count: async (query) => {
      const { window } = query;
      const rows = {} as Record<keyof HourlyQueries, readonly SqlRow[]>;
      for (const [name, statement] of Object.entries(driftQueries(query, target)))
        rows[name as keyof HourlyQueries] = await run(statement as Query, window);
      const hours: HourCounts[] = [];
      for (let hour = window.from.getTime(); hour < window.to.getTime(); hour += HOUR_MS) {
        const of = (name: keyof HourlyQueries) => rows[name].filter(({ bucket }) => timeOf(bucket) === hour);
        hours.push(hourOf(hour, of, query));
      }
      return hours;
    },
  };
}

type RowsOf = (name: keyof HourlyQueries) => readonly SqlRow[];

function hourOf(hour: number, of: RowsOf, query: CountQuery): HourCounts {
  const profiles = profilesOf(of('counts'), hourName(hour), query);
  const all = profiles.find(({ slice }) => slice === 'all') ?? emptyProfile('all', hourName(hour), query);
  const sample = of('sample').map((row) => sampled(row, query.reference));
  return {
    hour,
    totals: totalsOf(of, all, query),
    slices: profiles.filter(({ slice }) => slice !== 'all').sort(byDimension),
    sample: { records: sample.sort(byRank), complete: sample.length === all.records },
    digest: '',
    read: sumOf(of('outcomes'), 'records'),
  };
}

const sumOf = (rows: readonly SqlRow[], column: string) =>
  rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);

function totalsOf(of: RowsOf, profile: DriftProfile, { version }: CountQuery): HourTotals {
  const outcomes = { answered: 0, refused: 0, failed: 0, cancelled: 0 };
  const own = of('outcomes').filter((row) => row.version === version);
  for (const { outcome, records } of own) outcomes[outcome as keyof typeof outcomes] += Number(records);
  const answered = (rows: readonly SqlRow[]) => rows.filter(({ outcome }) => outcome === 'answered');
  const [confidence] = of('confidence');
  const latency = new Array<number>(LATENCY_EDGES.length + 1).fill(0);
  for (const { bin, records } of of('latency')) if (bin !== null) latency[Number(bin)] = Number(records);
  const confusion = new Map<string, { predicted: string; truth: string; count: number }>();
  const feedback = Array.from({ length: FEEDBACK_BINS }, () => ({ records: 0, confidence: 0, right: 0 }));
  for (const { predicted, truth, bin, records, total } of of('truths')) {
    if (typeof predicted !== 'string' || typeof truth !== 'string') continue;
    const key = JSON.stringify([predicted, truth]);
    const count = (confusion.get(key)?.count ?? 0) + Number(records);
    confusion.set(key, { predicted, truth, count });
    if (bin === null) continue;
    const into = feedback[Number(bin)]!;
    into.records += Number(records);
    into.confidence += Number(total);
    if (predicted === truth) into.right += Number(records);
  }
  return {
    profile,
    outcomes,
    confidence: {
      records: Number(confidence?.records ?? 0),
      sum: Number(confidence?.total ?? 0),
      variance: Number(confidence?.variance ?? 0),
    },
    latency,
    confusion: [...confusion].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair),
    feedback,
    fingerprints: [
      ...fingerprintsOf('model', 'version', answered(of('outcomes'))),
      ...fingerprintsOf('preprocessing', 'preprocessing', answered(own)),
      ...fingerprintsOf('variant', 'variant', answered(own)),
    ],
    passedOver: 0,
  };
}

function fingerprintsOf(part: string, column: string, rows: readonly SqlRow[]): HourTotals['fingerprints'] {
  return [...Map.groupBy(rows, (row) => String(row[column]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, some]) => ({
      ...{ part, value, records: sumOf(some, 'records') },
      from: new Date(Math.min(...some.map(({ first }) => timeOf(first)))).toISOString(),
      to: new Date(Math.max(...some.map(({ last }) => timeOf(last)))).toISOString(),
    }));
}

/** A profile without counts. */
function emptyProfile(slice: string, hour: string, { model, version, reference }: CountQuery): DriftProfile {
  const features = Object.entries(reference.features).map(
    ([name, feature]): [string, DriftProfile['features'][string]] => [
      name,
      feature.kind === 'categorical'
        ? { kind: 'categorical', missing: 0, counts: {} }
        : { kind: 'numeric', missing: 0, infinite: 0, counts: feature.counts.map(() => 0), sum: 0 },
    ],
  );
  return {
    ...{ schemaVersion: 1, model, version, slice, reference: reference.digest },
    ...{ sources: [`predictions/${hour.replace('T', '/')}`], from: hour, to: hour, records: 0 },
    features: Object.fromEntries(features),
  };
}

function profilesOf(rows: readonly SqlRow[], hour: string, query: CountQuery): DriftProfile[] {
  const names = featuresOf(query.reference).map(([name]) => name);
  const profiles = new Map<string, DriftProfile>();
  const counts = new Map<string, [string, number][]>();
  for (const { dimension, slice: value, feature, known, value: counted, records, total } of rows) {
    const slice = dimension === 'all' ? 'all' : `${String(dimension)}=${String(value)}`;
    const profile = profiles.get(slice) ?? emptyProfile(slice, hour, query);
    profiles.set(slice, profile);
    const name = names[Number(feature)]!;
    const into = profile.features[name]!;
    const count = Number(records);
    if (Number(feature) === 0) profile.records += count;
    if (into.kind === 'numeric') {
      into.sum += Number(total);
      if (counted === 'missing') into.missing += count;
      else if (counted === 'infinite') into.infinite += count;
      else into.counts[Number(counted)]! += count;
    } else if (known === false) into.missing += count;
    else {
      const key = `${slice}\n${name}`;
      counts.set(key, [...(counts.get(key) ?? []), [String(counted), count]]);
    }
  }
  for (const [slice, profile] of profiles)
    for (const [name, feature] of Object.entries(profile.features)) {
      // What predictions have no value for is missing in all of them.
      if (!names.includes(name)) feature.missing = profile.records;
      if (feature.kind !== 'categorical') continue;
      const found = counts.get(`${slice}\n${name}`) ?? [];
      feature.counts = Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
  return [...profiles.values()];
}

/** In the order of the dimensions, the most frequent first. */
function byDimension(a: DriftProfile, b: DriftProfile): number {
  const rank = ({ slice }: DriftProfile) => dimensions.findIndex((name) => slice.startsWith(`${name}=`));
  return rank(a) - rank(b) || b.records - a.records || (a.slice < b.slice ? -1 : 1);
}

function sampled(row: SqlRow, reference: FrozenReference): HourCounts['sample']['records'][number] {
  const names = featuresOf(reference).map(([name]) => name);
  const values = Object.keys(reference.features).map((name) => {
    const value = row[`v${names.indexOf(name)}`] ?? null;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    return typeof value === 'string' ? value : null;
  });
  const record = { id: String(row.id), values: [...values, new Date(timeOf(row.at)).toISOString()] };
  return typeof row.kept === 'string' ? { ...record, image: inputKey(row.kept) } : record;
}

/** A time as clients give it: a date, a text, or an object with the text as `value`. Milliseconds since 1970. */
function timeOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  const text = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return new Date(String(text)).getTime();
}
