import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import parser from 'node-sql-parser';
import { feedback, linesOf, prediction, refusal, START } from '../spec-support/events.ts';
import { temporaryLog, type TemporaryLog } from '../spec-support/temporary-log.ts';
import { bigquery } from './bigquery.ts';
import { bigqueryViews } from './bigquery-views.ts';
import { confusionQuery } from './confusion-query.ts';
import { countsQuery } from './counts-query.ts';
import { duckdb } from './duckdb.ts';
import { hourlyQueries, hourStatesQuery } from './hourly-queries.ts';
import type { Query } from './query.ts';
import { sampleQuery } from './sample-query.ts';
import { trafficQuery } from './traffic-query.ts';

const HOUR = 3_600_000;
const window = { from: new Date(START), to: new Date(START + 2 * HOUR) };
const selection = { window, model: 'pets', version: '1.0.0', answered: true };
const features = [
  { name: 'image.brightness', edges: [2, 3.5] },
  { name: 'image.area', edges: [0] },
  { name: 'score.cat', edges: [0.5] },
  { name: 'score.it\'s "odd"', edges: [0.5] },
  { name: 'embedding.2', edges: [-1.25, 0] },
  { name: 'embedding.31', edges: [0] },
  { name: 'prediction' },
  { name: 'image.format' },
];

describe('the queries over the log', () => {
  let place: TemporaryLog;
  const said = feedback(1, prediction(3), { label: 'dog' });
  beforeEach(async () => {
    place = await temporaryLog();
    const events = [
      prediction(1),
      prediction(2),
      prediction(3),
      prediction(4, HOUR),
      refusal(5),
      prediction(1),
    ];
    const other = prediction(6, 6000, { model: { ...prediction(6).data.model!, name: 'others' } });
    await place.store.put(
      'predictions/2026-05-01/07/sink-a-0.jsonl',
      linesOf([...events, other].filter((_, n) => n !== 3)),
    );
    await place.store.put('predictions/2026-05-01/08/sink-a-0.jsonl', linesOf([events[3]]));
    await place.store.put(
      'feedback/2026-05-01/07/sink-a-0.jsonl',
      linesOf([said, feedback(2, prediction(4, HOUR), { label: 'cat' })]),
    );
  });
  afterEach(() => place.close());

  it('count by bin as the reference profile does, each feature for itself, and null where it is missing', async () => {
    const rows = await place.log.counts({ ...selection, features });
    const counted: Record<string, Record<string, unknown>> = {};
    for (const { name, value, count } of rows) (counted[name as string] ??= {})[value as string] = count;
    expect(counted).toEqual({
      // Brightness is 1, 2, 3, 4: below 2, from 2 on, from 3.5 on.
      'image.brightness': { 0: 1, 1: 2, 2: 1 },
      'image.area': { 1: 4 },
      'score.cat': { 1: 4 },
      'score.it\'s "odd"': { null: 4 },
      // -1.25 is the first edge: the bin that begins there.
      'embedding.2': { 1: 4 },
      'embedding.31': { null: 4 },
      prediction: { cat: 4 },
      'image.format': { jpeg: 4 },
    });
    expect(rows[0]!.bucket).toEqual(window.from);
  });

  it('count by hour and slice, so that windows add up', async () => {
    const rows = await place.log.counts({
      window,
      features: [{ name: 'outcome' }],
      per: 'hour',
      slices: ['version', 'label'],
    });
    const [first, second] = [new Date(START), new Date(START + HOUR)];
    const row = (bucket: Date, label: string | null, value: string, count: number) => ({
      bucket,
      s0: '1.0.0',
      s1: label,
      name: 'outcome',
      value,
      count,
    });
    expect(rows).toEqual([
      row(first, 'dog', 'answered', 1),
      row(first, null, 'answered', 3),
      row(first, null, 'refused', 1),
      row(second, 'cat', 'answered', 1),
    ]);
  });

  it('sample the same predictions each time, and a small sample is part of a large one', async () => {
    const take = async (size: number) =>
      (await place.log.sample({ ...selection, size, features: ['image.brightness', 'embedding.0'] })).map(
        ({ v0, v1, id }) => [id, v0, v1],
      );
    const large = await take(10);
    expect(large).toEqual([1, 2, 3, 4].map((n) => [prediction(n, n === 4 ? HOUR : undefined).id, n, n]));
    expect(await take(2)).toEqual(large.slice(0, 2));
  });

  it('count what was predicted against what was true', async () => {
    expect(await place.log.confusion({ window })).toEqual([
      { bucket: window.from, predicted: 'cat', truth: 'cat', count: 1 },
      { bucket: window.from, predicted: 'cat', truth: 'dog', count: 1 },
    ]);
    expect(await place.log.confusion({ window, until: new Date(said.time) })).toEqual([]);
  });

  it('refuse a value that predictions do not have', async () => {
    await expect(place.log.counts({ window, features: [{ name: 'image.smell' }] })).rejects.toMatchObject({
      code: 'invalid-query',
      message: expect.stringContaining('no value "image.smell"; there are: image.area, image.width'),
    });
  });
});

const renamed = (queries: object) =>
  Object.fromEntries(
    Object.entries(queries as Record<string, Query>).map(([name, query]) => [`hourly ${name}`, query]),
  );

describe('the same queries for BigQuery', () => {
  const target = { dialect: bigquery, table: 'project.log.predictions' };
  const { Parser } = parser;
  const parse = (sql: string) => new Parser().astify(sql, { database: 'BigQuery' });
  const queries = {
    counts: countsQuery({ ...selection, features, per: 'hour', slices: ['version', 'score.cat'] }, target),
    'counts of the whole window': countsQuery({ window, features: [{ name: 'decision' }] }, target),
    sample: sampleQuery({ ...selection, size: 100, features: features.map(({ name }) => name) }, target),
    traffic: trafficQuery({ window, per: 'minute' }, target),
    confusion: confusionQuery({ window, per: 'day', slices: ['client'] }, target),
    'the states of hours': hourStatesQuery({ window }, target),
    ...renamed(
      hourlyQueries(
        {
          ...{
            window,
            model: 'pets',
            version: '1.0.0',
            slices: 50,
            units: 1e7,
            feedbackBins: 15,
            sample: 2016,
          },
          latencyEdges: [1, 10, 100],
          dimensions: [{ name: 'client', value: () => ({ sql: 'client', columns: ['client'] }) }],
          features: [
            { name: 'prediction' },
            {
              name: 'embedding.2',
              bins: { edges: [-1.25, 0], mean: -0.5, scale: 2, steps: 65_536, farthest: 64 },
            },
          ],
        },
        target,
      ),
    ),
  };

  it.each(Object.entries(queries))('%s is SQL that it understands', (_, { sql }) => {
    expect(() => parse(sql)).not.toThrow();
    expect(sql).toContain('`project.log.predictions`');
    expect(sql).not.toMatch(/::|date_trunc|quantile_cont|unnest\(\[\{|EXCLUDE/);
  });

  it('says in its own words what the dialects say differently', () => {
    expect(queries.counts.sql).toContain(
      String.raw`CAST(JSON_VALUE(answer_scores, '$."it\'s \\"odd\\""') AS FLOAT64)`,
    );
    expect(queries.counts.sql).toContain("JSON_VALUE(answer_embedding, '$[2]')");
    expect(queries.traffic.sql).toContain('APPROX_QUANTILES(latency, 100)[OFFSET(90)] AS p90');
    expect(queries.traffic.sql).toContain('TIMESTAMP_TRUNC(time, MINUTE)');
    expect(trafficQuery({ window, per: 'minute' }, { dialect: duckdb }).sql).toContain(
      'quantile_cont(latency, 0.9) AS p90',
    );
  });

  it('asks for the same columns as for DuckDB', () => {
    const inDuckdb = countsQuery(
      { ...selection, features, per: 'hour', slices: ['version', 'score.cat'] },
      { dialect: duckdb },
    );
    expect(queries.counts.columns).toEqual(inDuckdb.columns);
  });

  it('views give it the columns that DuckDB has', () => {
    const views = bigqueryViews({
      dataset: 'project.log',
      tables: { predictions: 'raw_predictions', feedback: 'raw_feedback' },
    });
    for (const view of views) expect(() => parse(view)).not.toThrow();
    expect(views[1]).toContain(
      "CAST(JSON_VALUE(data, '$.data.answer.confidence') AS FLOAT64) AS answer_confidence",
    );
    expect(views[1]).toContain("JSON_QUERY(data, '$.data.answer.scores') AS answer_scores");
    expect(views[1]).toContain('f.label AS feedback_label');
  });
});
