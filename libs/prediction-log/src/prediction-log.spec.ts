import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '@assay/object-store';
import { tailPredictions } from './read/tail.ts';
import { all, freshLogs } from './spec-support/temporary-log.ts';
import { feedback, idOf, linesOf, prediction, refusal, START } from './spec-support/events.ts';

const HOUR = 3_600_000;
const window = { from: new Date(START), to: new Date(START + HOUR) };

const place = freshLogs();

const put = (key: string, events: readonly unknown[]) => place.store.put(key, linesOf(events));
const HERE = 'predictions/2026-05-01/07/';
const SAID = 'feedback/2026-05-01/07/';
const ids = async (from = window.from, to = window.to) =>
  (await all(place.log.records({ from, to }))).map(({ prediction: { id } }) => id);

describe('reading a window', () => {
  it('gives each prediction once, oldest first, as it was sent, with what was said of it', async () => {
    const [first, second, third] = [prediction(1), prediction(2), refusal(3)];
    const [early, late] = [
      feedback(1, second, { label: 'bird' }),
      feedback(2, second, { label: 'dog', after: 90_000 }),
    ];
    await put(`${HERE}sink-a-000000.jsonl`, [third, second]);
    await put(`${HERE}sink-b-000000.jsonl`, [second, first]);
    await put(`${SAID}sink-a-000000.jsonl`, [late, early, late]);
    expect(await all(place.log.records(window))).toEqual([
      { prediction: first.data, feedback: [] },
      { prediction: second.data, feedback: [early.data, late.data] },
      { prediction: third.data, feedback: [] },
    ]);
  });

  it('takes what happened from its beginning up to, not including, its end', async () => {
    const events = [prediction(1, -1), prediction(2, 0), prediction(3, HOUR - 1), prediction(4, HOUR)];
    await put('predictions/2026-05-01/06/sink-a-000000.jsonl', [events[0]]);
    await put(`${HERE}sink-a-000000.jsonl`, [events[1], events[2]]);
    await put('predictions/2026-05-01/08/sink-a-000000.jsonl', [events[3]]);
    expect(await ids()).toEqual([events[1]!.id, events[2]!.id]);
  });

  it('finds what came late, in an object that is filed by arrival', async () => {
    const late = prediction(1, 5000);
    await put('predictions/2026-05-02/05/2026-05-02T05:00:00+00:00_3f9a.jsonl', [
      late,
      prediction(2, 22 * HOUR),
    ]);
    expect(await ids()).toEqual([late.id]);
  });

  it('passes over torn lines, events of newer versions and damaged or newer objects, and says how many', async () => {
    const good = prediction(1);
    const newer = { ...prediction(2), type: 'assay.prediction.made.v2', data: { model: 'another shape' } };
    await place.store.put(
      `${HERE}sink-a-000000.jsonl`,
      `${linesOf([good, newer])}{"specversion":"1.0","id":"0`,
    );
    await place.store.put(`${HERE}sink-b-000000.jsonl`, Buffer.from([0x80, 0xff, 0, 0x0a, 0x7b, 0xfe, 0x0a]));
    await place.store.put(`${HERE}sink-c-000000.jsonl`, '');
    await place.store.put(`${HERE}compacted-v1-aa.parquet`, 'no Parquet');
    await place.store.put(`${HERE}compacted-v2-bb.parquet`, 'of tomorrow');
    expect(await ids()).toEqual([good.id]);
    expect(await place.log.inspect(window)).toMatchObject({
      objects: 5,
      uncompacted: 3,
      tornLines: 3,
      newerLines: 1,
      damagedObjects: [`${HERE}compacted-v1-aa.parquet`],
      newerObjects: [`${HERE}compacted-v2-bb.parquet`],
    });
  });

  it('passes over an object that was damaged after it was compacted, and finds the others', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [prediction(1)]);
    await put('predictions/2026-05-01/08/sink-a-000000.jsonl', [prediction(2, HOUR)]);
    await place.log.compact();
    const { objects } = await place.store.list(HERE);
    const path = join(place.folder, objects[0]!.key);
    const bytes = await readFile(path);
    bytes.fill(0x55, 4, bytes.length - 2000);
    await writeFile(path, bytes);
    expect(await ids(window.from, new Date(START + 2 * HOUR))).toEqual([prediction(2, HOUR).id]);
    expect((await place.log.inspect(window)).damagedObjects).toEqual([objects[0]!.key]);
  });

  it('is empty where nothing was written, and refuses a window that ends before it begins', async () => {
    expect(await ids()).toEqual([]);
    await expect(ids(window.to, window.from)).rejects.toMatchObject({ code: 'invalid-query' });
  });
});

describe('SQL', () => {
  const rows = (sql: string, until?: Date) => all(place.log.query(sql, { window, ...(until && { until }) }));

  beforeEach(async () => {
    const cats = [prediction(1), prediction(2), prediction(3)];
    await put(`${HERE}sink-a-000000.jsonl`, [...cats, cats[0], refusal(4)]);
    await put(`${SAID}sink-a-000000.jsonl`, [
      feedback(1, cats[0]!, { label: 'dog' }),
      feedback(2, cats[0]!, { label: 'cat', after: 120_000 }),
      feedback(3, cats[1]!, { label: 'dog' }),
    ]);
  });

  it('sees each prediction once, with the latest feedback', async () => {
    expect(
      await rows(
        'SELECT outcome, count(*) AS n, count(feedback_label) AS said FROM predictions GROUP BY ALL ORDER BY 1;',
      ),
    ).toEqual([
      { outcome: 'answered', n: 3, said: 2 },
      { outcome: 'refused', n: 1, said: 0 },
    ]);
    expect(
      await rows(
        'SELECT feedback_label AS label FROM predictions WHERE feedback_label IS NOT NULL ORDER BY id',
      ),
    ).toEqual([{ label: 'cat' }, { label: 'dog' }]);
    expect(await rows('SELECT count(*) AS n FROM feedback')).toEqual([{ n: 3 }]);
  });

  it('does not see feedback from a moment on, where it is told so', async () => {
    const sql = 'SELECT feedback_label AS label, feedback_time AS time FROM predictions ORDER BY id LIMIT 1';
    expect(await rows(sql, new Date(START + 100_000))).toEqual([
      { label: 'dog', time: new Date(START + 61_000) },
    ]);
  });

  it('has the members of the record as columns, of their types', async () => {
    const [row] = await rows(
      'SELECT model_name, input_width, input_properties_brightness AS brightness, answer_scores, answer_embedding, ' +
        "stages['total'] AS total, time, input_stored FROM predictions ORDER BY time LIMIT 1",
    );
    expect(row).toEqual({
      model_name: 'pets',
      input_width: 40,
      brightness: 1,
      answer_scores: { cat: 0.9, dog: 0.1 },
      answer_embedding: [1, 0.5, -1.25],
      total: 11,
      time: new Date(START + 1000),
      input_stored: null,
    });
  });

  it('may begin with WITH, FROM or DESCRIBE', async () => {
    expect(await rows('WITH c AS (SELECT * FROM predictions) SELECT count(*) AS n FROM c')).toEqual([
      { n: 4 },
    ]);
    expect(await rows('FROM predictions SELECT count(*) AS n')).toEqual([{ n: 4 }]);
    expect((await rows('DESCRIBE predictions')).map((row) => row.column_name)).toContain('answer_confidence');
  });

  it.each([
    ['SELECT nothing FROM predictions', 'nothing'],
    ['SELEC 1', 'Expected one SELECT'],
    ['DROP TABLE predictions', 'Expected one SELECT'],
    ["SELECT 'a'::DOUBLE FROM predictions", 'Conversion Error'],
  ])('that cannot be run is refused: %s', async (sql, why) => {
    await expect(rows(sql)).rejects.toMatchObject({
      code: 'invalid-query',
      message: expect.stringContaining(why),
    });
  });
});

describe('one prediction', () => {
  it('is found by its id, with all that was said of it, in the hour that the id tells', async () => {
    const wanted = prediction(7, HOUR - 100);
    await put('predictions/2026-05-01/08/sink-a-000000.jsonl', [
      { ...wanted, time: new Date(START + HOUR + 50).toISOString() },
    ]);
    await put('feedback/2026-05-04/00/sink-a-000000.jsonl', [feedback(1, wanted, { after: 64 * HOUR })]);
    const found = await place.log.find(wanted.id.toUpperCase());
    expect(found?.prediction).toEqual(wanted.data);
    expect(found?.feedback.map(({ label }) => label)).toEqual(['dog']);
  });

  it('is undefined where there is none, and refuses what is no id of a prediction', async () => {
    expect(await place.log.find(idOf(START, 1))).toBeUndefined();
    await expect(place.log.find('5c146b14-3c52-4afd-938a-375d0df1fbf6')).rejects.toMatchObject({
      code: 'invalid-query',
    });
  });
});

describe('a list', () => {
  const events = Array.from({ length: 25 }, (_, n) => prediction(n, n * HOUR * 3));
  beforeEach(async () => {
    for (const [n, event] of events.entries()) {
      const at = event.time;
      await put(`predictions/${at.slice(0, 10)}/${at.slice(11, 13)}/sink-a-${n}.jsonl`, [event, event]);
    }
    await put('predictions/2026-05-01/07/sink-b-0.jsonl', [refusal(99, 5000)]);
    await put(`${SAID}sink-a-0.jsonl`, [
      feedback(1, events[0]!, { label: 'dog' }),
      feedback(2, events[1]!, { label: 'cat' }),
    ]);
  });

  const labels = (page: { predictions: { prediction: { requestId: string } }[] }) =>
    page.predictions.map(({ prediction: { requestId } }) => requestId.replace('request-', ''));

  it('is newest first, page by page, each prediction once', async () => {
    const seen: string[] = [];
    let pageToken: string | undefined;
    let pages = 0;
    do {
      const page = await place.log.list({}, { limit: 10, ...(pageToken === undefined ? {} : { pageToken }) });
      seen.push(...labels(page));
      pageToken = page.nextPageToken;
      pages += 1;
    } while (pageToken !== undefined);
    expect(seen).toEqual([...Array.from({ length: 24 }, (_, n) => String(24 - n)), '99', '0']);
    expect(pages).toBe(3);
  });

  it('holds what meets every condition', async () => {
    expect(labels(await place.log.list({ outcome: 'refused' }))).toEqual(['99']);
    expect(labels(await place.log.list({ code: 'unreadable-image', model: 'pets' }))).toEqual(['99']);
    expect(labels(await place.log.list({ feedback: 'wrong' }))).toEqual(['0']);
    expect(labels(await place.log.list({ feedback: 'right' }))).toEqual(['1']);
    expect(labels(await place.log.list({ feedback: 'given', label: 'dog' }))).toEqual(['0']);
    expect(labels(await place.log.list({ version: '2.0.0' }))).toEqual([]);
    const range = { from: new Date(START + 6 * HOUR), to: new Date(START + 12 * HOUR) };
    expect(labels(await place.log.list(range))).toEqual(['3', '2']);
    const { sha256 } = events[5]!.data.input!;
    expect(labels(await place.log.list({ input: sha256, feedback: 'missing' }))).toEqual(['5']);
  });

  it('refuses a token and a limit that are none', async () => {
    await expect(place.log.list({}, { pageToken: 'x' })).rejects.toMatchObject({ code: 'invalid-query' });
    await expect(place.log.list({}, { limit: 0 })).rejects.toThrow('Expected a limit from 1 to 1000');
  });
});

describe('the tail', () => {
  it('gives what comes in after the call, each once, and ends when it is told to', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [prediction(1)]);
    // It looks at three hours; the fourth listing is the second look.
    const looked = Promise.withResolvers<undefined>();
    let listings = 0;
    const store: ObjectStore = {
      ...place.store,
      list: (...range) => {
        if (++listings === 4) looked.resolve(undefined);
        return place.store.list(...range);
      },
    };
    const stop = new AbortController();
    const filter = { outcome: 'answered' } as const;
    const tail = tailPredictions(store, {
      everyMs: 5,
      now: () => START + 60_000,
      signal: stop.signal,
      filter,
    });
    const first = tail.next();
    await looked.promise;
    await put(`${HERE}sink-a-000001.jsonl`, [prediction(3), prediction(2), prediction(3), refusal(4)]);
    expect((await first).value).toEqual(prediction(2).data);
    expect((await tail.next()).value).toEqual(prediction(3).data);
    stop.abort();
    expect(await tail.next()).toEqual({ value: undefined, done: true });
  });
});

describe('traffic', () => {
  it('is counted by minute, with codes, decisions and quantiles of the latency', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [
      prediction(1),
      prediction(2),
      prediction(1),
      refusal(3),
      refusal(61),
    ]);
    expect(await place.log.traffic({ window, per: 'minute' })).toEqual([
      {
        bucket: new Date(START),
        requests: 3,
        answered: 2,
        refused: 1,
        failed: 0,
        cancelled: 0,
        codes: { 'unreadable-image': 1 },
        decisions: { cat: 2 },
        // 11 and 12 ms, with linear interpolation between them.
        latency: { p50: 11.5, p90: 11.9, p99: expect.closeTo(11.99, 9) },
      },
      {
        bucket: new Date(START + 60_000),
        requests: 1,
        answered: 0,
        refused: 1,
        failed: 0,
        cancelled: 0,
        codes: { 'unreadable-image': 1 },
        decisions: {},
      },
    ]);
  });
});
