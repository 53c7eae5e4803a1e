import { binOf } from './counts-query.ts';
import type { Dialect } from './dialect.ts';
import { featureValue } from './feature-value.ts';
import { select, type Query, type QueryTarget, type Selection } from './query.ts';

/** A feature of a reference, as hours count it: names, or numbers in bins with the sum of their distances from the mean. */
export interface HourlyFeature {
  name: string;
  /** Left out for names. */
  bins?: {
    edges: readonly number[];
    mean: number;
    scale: number;
    /** Whole numbers that one scale is counted as, and the scales that a distance is held to. */
    steps: number;
    farthest: number;
  };
}

export interface HourlyOptions extends Required<Pick<Selection, 'window' | 'model' | 'version'>> {
  features: readonly HourlyFeature[];
  /** What answers are told apart by: a name, and the value as SQL text with the columns it needs. */
  dimensions: readonly {
    name: string;
    value: (dialect: Dialect) => { sql: string; columns: readonly string[] };
  }[];
  /** Values of a dimension that are counted by themselves, the most frequent ones. */
  slices: number;
  /** Whole numbers that a confidence of one is counted as. */
  units: number;
  /** Bins of confidence for answers with feedback. */
  feedbackBins: number;
  /** Milliseconds, ascending. */
  latencyEdges: readonly number[];
  /** Records of each hour, those whose ids have the lowest random digits. */
  sample: number;
}

/** The statements that count hours; rows have `bucket`, the beginning of the hour. */
export interface HourlyQueries {
  /** `version`, `outcome`, `variant`, `preprocessing`, `records`, `first`, `last` (times): of all versions. */
  outcomes: Query;
  /** `records`, `total`, `variance`: confidences and their p · (1 − p) in units. */
  confidence: Query;
  /** `bin`, `records`. */
  latency: Query;
  /** `predicted`, `truth`, `bin` (of confidence), `records`, `total` (confidence in units): answers with feedback. */
  truths: Query;
  /** `dimension` (`all` among them), `slice`, `feature` (place in the list), `value` (the name, the bin, `missing`, `infinite`), `records`, `total`. */
  counts: Query;
  /** `id`, `time`, `kept` (sha256 of a kept input), `v0`, `v1`, … in the order of the features. */
  sample: Query;
}

/** A number that no finite one exceeds. */
const LARGEST = '1.7976931348623157e308';

/**
 * What an hour of a model comes to, as statements that any of the dialects runs: the same whole numbers as when each record is counted by
 * itself.
 *
 * @throws AssayError `invalid-query` if there is no such feature.
 */
export function hourlyQueries(options: HourlyOptions, target: QueryTarget): HourlyQueries {
  const { dialect } = target;
  const { window, model, version, units } = options;
  const answers = { window, model, version, answered: true };
  const hour = { sql: dialect.truncate('time', 'hour'), columns: ['time'] };
  const value = (name: string) => featureValue(name, dialect);
  const text = (name: string) => ({ ...value(name), sql: dialect.toText(value(name).sql) });
  const { sql: confidence, columns: confidenceColumns } = value('confidence');
  const inUnits = (expression: string) => dialect.toInteger(rounded(`${units} * ${expression}`));
  const group = (inner: Query, keys: readonly string[], aggregates: string): Query => ({
    sql: `SELECT ${keys.join(', ')}, ${aggregates} FROM (${inner.sql}) AS p GROUP BY ${keys.join(', ')}`,
    columns: inner.columns,
  });

  const outcomes = select(
    { window, model },
    {
      bucket: hour,
      at: { sql: 'time', columns: ['time'] },
      ...{ version: text('version'), outcome: text('outcome') },
      ...{ variant: text('variant'), preprocessing: text('preprocessing') },
    },
    target,
  );
  const sure = select(
    answers,
    {
      bucket: hour,
      sure: { sql: inUnits(confidence), columns: confidenceColumns },
      doubt: { sql: inUnits(`${confidence} * (1 - ${confidence})`), columns: confidenceColumns },
    },
    target,
  );
  const stage = value('stage.total');
  const latency = select(
    answers,
    { bucket: hour, bin: { sql: binOf(stage.sql, options.latencyEdges), columns: stage.columns } },
    target,
  );
  const last = options.feedbackBins - 1;
  const bin = `LEAST(${last}, GREATEST(0, CEIL(${confidence} * ${options.feedbackBins}) - 1))`;
  const truths = select(
    answers,
    {
      bucket: hour,
      ...{ predicted: text('prediction'), truth: text('label') },
      bin: { sql: dialect.toInteger(bin), columns: confidenceColumns },
      sure: { sql: inUnits(confidence), columns: confidenceColumns },
    },
    target,
  );
  return {
    outcomes: group(
      outcomes,
      ['bucket', 'version', 'outcome', 'variant', 'preprocessing'],
      `COUNT(*) AS records, MIN(${dialect.identifier('at')}) AS ${dialect.identifier('first')}, MAX(${dialect.identifier('at')}) AS ${dialect.identifier('last')}`,
    ),
    confidence: group(sure, ['bucket'], 'COUNT(sure) AS records, SUM(sure) AS total, SUM(doubt) AS variance'),
    latency: group(latency, ['bucket', 'bin'], 'COUNT(*) AS records'),
    truths: group(
      { ...truths, sql: `SELECT * FROM (${truths.sql}) AS t WHERE truth IS NOT NULL` },
      ['bucket', 'predicted', 'truth', 'bin'],
      'COUNT(*) AS records, SUM(sure) AS total',
    ),
    counts: countsOfHours(options, target),
    sample: sampleOfHours(options, target),
  };
}

const rounded = (expression: string) => `FLOOR(${expression} + 0.5)`;

/** Each record becomes a row for each feature; what is alike is counted, and then once more for each dimension. */
function countsOfHours(options: HourlyOptions, target: QueryTarget): Query {
  const { dialect } = target;
  const { window, model, version, features, dimensions, slices } = options;
  const values = features.map(({ name, bins }) => {
    const { sql, columns } = featureValue(name, dialect);
    const [value, step] = bins ? binned(sql, bins) : [dialect.toText(sql), '0'];
    return {
      value: { sql: bins ? value : `COALESCE(${value}, 'missing')`, columns },
      known: { sql: `${sql} IS NOT NULL`, columns },
      step: { sql: dialect.toInteger(`COALESCE(${step}, 0)`), columns },
    };
  });
  const inner = select(
    { window, model, version, answered: true },
    {
      bucket: { sql: dialect.truncate('time', 'hour'), columns: ['time'] },
      ...Object.fromEntries(dimensions.map(({ value }, at) => [`s${at}`, value(dialect)])),
      ...Object.fromEntries(
        values.flatMap(({ value, known, step }, at) => [
          [`v${at}`, value],
          [`k${at}`, known],
          [`d${at}`, step],
        ]),
      ),
    },
    target,
  );
  const keys = ['bucket', ...dimensions.map((_, at) => `s${at}`), 'feature', 'known', 'value'].join(', ');
  const byFeature = dialect.spread(
    `(${inner.sql})`,
    values.map((_, at) => ({ feature: String(at), known: `k${at}`, value: `v${at}`, step: `d${at}` })),
  );
  const bySlice = dialect.spread('cells', [
    { dimension: "'all'", slice: "''" },
    ...dimensions.map(({ name }, at) => ({ dimension: dialect.text(name), slice: `s${at}` })),
  ]);
  // Every record has one row for feature 0: its rows are the records of a slice.
  const frequent =
    `SELECT bucket, dimension, slice FROM ${bySlice} AS f WHERE feature = 0 AND slice IS NOT NULL GROUP BY bucket, dimension, slice ` +
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY bucket, dimension ORDER BY SUM(records) DESC, slice) <= ${slices}`;
  return {
    sql:
      `WITH cells AS (SELECT ${keys}, COUNT(*) AS records, SUM(step) AS total FROM ${byFeature} AS p GROUP BY ${keys}), ` +
      `frequent AS (${frequent}) ` +
      'SELECT a.bucket, a.dimension, a.slice, a.feature, a.known, a.value, SUM(a.records) AS records, SUM(a.total) AS total ' +
      `FROM ${bySlice} AS a JOIN frequent AS b ON a.bucket = b.bucket AND a.dimension = b.dimension AND a.slice = b.slice ` +
      'GROUP BY a.bucket, a.dimension, a.slice, a.feature, a.known, a.value',
    columns: inner.columns,
  };

  /** The bin of a number as text, and its distance from the mean in steps. */
  function binned(sql: string, bins: NonNullable<HourlyFeature['bins']>): [string, string] {
    const { edges, mean, scale, steps, farthest } = bins;
    const finite = `ABS(${sql}) <= ${LARGEST}`;
    const distance = `LEAST(${farthest}, GREATEST(-${farthest}, (${sql} - ${number(mean)}) / ${number(scale)}))`;
    return [
      `CASE WHEN ${sql} IS NULL THEN 'missing' WHEN ${finite} THEN ${dialect.toText(binOf(sql, edges))} ELSE 'infinite' END`,
      `CASE WHEN ${finite} THEN ${rounded(`${steps} * ${distance}`)} END`,
    ];
  }
}

/** A number as a literal, negative ones in brackets: `a - -1` would begin a comment if it were written closer. */
const number = (value: number) => (value < 0 ? `(${value})` : String(value));

function sampleOfHours(options: HourlyOptions, target: QueryTarget): Query {
  const { dialect } = target;
  const { window, model, version, features, sample } = options;
  const values = features.map(({ name, bins }) => {
    const { sql, columns } = featureValue(name, dialect);
    return { sql: bins ? sql : dialect.toText(sql), columns };
  });
  const inner = select(
    { window, model, version, answered: true },
    {
      bucket: { sql: dialect.truncate('time', 'hour'), columns: ['time'] },
      id: { sql: 'id', columns: ['id'] },
      at: { sql: 'time', columns: ['time'] },
      kept: {
        sql: 'CASE WHEN input_stored THEN input_sha256 END',
        columns: ['input_stored', 'input_sha256'],
      },
      ...Object.fromEntries(values.map((value, at) => [`v${at}`, value])),
    },
    target,
  );
  // In a UUIDv7 what comes from the twentieth character on is random (RFC 9562, section 5.7).
  return {
    sql: `SELECT * FROM (${inner.sql}) AS p WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY bucket ORDER BY SUBSTR(id, 20), id) <= ${sample}`,
    columns: inner.columns,
  };
}

/**
 * What tells whether an hour changed: rows with `bucket`, `objects` (of its predictions) and `feedback` (of what was said of them), texts that
 * are the same for the same records.
 */
export function hourStatesQuery({ window }: Pick<Selection, 'window'>, target: QueryTarget): Query {
  const { dialect } = target;
  const inner = select(
    { window },
    {
      bucket: { sql: dialect.truncate('time', 'hour'), columns: ['time'] },
      made: { sql: dialect.hash('id'), columns: ['id'] },
      said: {
        sql: `CASE WHEN feedback_label IS NOT NULL THEN ${dialect.hash("CONCAT(id, ' ', feedback_label)")} END`,
        columns: ['feedback_label'],
      },
    },
    target,
  );
  const state = (column: string) =>
    `CONCAT(${dialect.toText(`COUNT(${column})`)}, '-', COALESCE(${dialect.toText(`BIT_XOR(${column})`)}, ''))`;
  return {
    sql: `SELECT bucket, ${state('made')} AS objects, ${state('said')} AS feedback FROM (${inner.sql}) AS p GROUP BY bucket`,
    columns: inner.columns,
  };
}
