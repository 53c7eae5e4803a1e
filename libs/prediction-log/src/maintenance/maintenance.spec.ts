import { describe, expect, it } from '@jest/globals';
import { listAll, openObjectStore, type ObjectStore } from '@assay/object-store';
import { inputKey } from '@assay/schema';
import { openPredictionLog } from '../prediction-log.ts';
import { digestOf, feedback, linesOf, prediction, START } from '../spec-support/events.ts';
import { all, freshLogs } from '../spec-support/temporary-log.ts';
import { LEASE_KEY, withLease } from './lease.ts';

const HOUR = 3_600_000;
const window = { from: new Date(START), to: new Date(START + HOUR) };
const HERE = 'predictions/2026-05-01/07/';

const place = freshLogs();

const put = (key: string, events: readonly unknown[]) => place.store.put(key, linesOf(events));
const keys = async () => (await all(listAll(place.store))).map(({ key }) => key);
const read = () => all(place.log.records(window));

describe('compaction', () => {
  it('puts each record of an hour into one object of Parquet, and changes no answer', async () => {
    const events = [prediction(1), prediction(2), prediction(3)];
    const traced = {
      ...prediction(4),
      traceparent: '00-1',
      data: { ...prediction(4).data, added: { later: [1] } },
    };
    await put(`${HERE}sink-a-000000.jsonl`, [events[2], events[0], traced]);
    await put(`${HERE}sink-b-000000.jsonl`, [events[1], events[2]]);
    await put('feedback/2026-05-01/07/sink-a-000000.jsonl', [
      feedback(1, events[0]!),
      feedback(1, events[0]!),
    ]);
    const before = await read();
    const columns = 'SELECT * FROM predictions ORDER BY id';
    const rows = await all(place.log.query(columns, { window }));
    expect(await place.log.compact()).toMatchObject({ hours: 2, objects: 3, records: 5, left: [] });
    expect(await keys()).toEqual([
      expect.stringMatching(/^feedback\/2026-05-01\/07\/compacted-v1-[0-9a-f]{16}\.parquet$/),
      expect.stringMatching(/^predictions\/2026-05-01\/07\/compacted-v1-[0-9a-f]{16}\.parquet$/),
    ]);
    expect(await read()).toEqual(before);
    expect(before[3]?.prediction).toHaveProperty('added', { later: [1] });
    expect(await all(place.log.query(columns, { window }))).toEqual(rows);
  });

  it('touches nothing that is compacted, and takes up what comes later', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [prediction(1)]);
    await place.log.compact();
    const first = await keys();
    expect(await place.log.compact()).toMatchObject({ hours: 0, objects: 0 });
    expect(await keys()).toEqual(first);
    await put(`${HERE}sink-a-000001.jsonl`, [prediction(2), prediction(1)]);
    expect(await place.log.compact()).toMatchObject({ hours: 1, objects: 2, records: 2 });
    expect(await keys()).toHaveLength(1);
    expect((await read()).map(({ prediction: { requestId } }) => requestId)).toEqual([
      'request-1',
      'request-2',
    ]);
  });

  it('brings late events home to their hour', async () => {
    await put('predictions/2026-05-02/03/2026-05-02T03:00:00+00:00_3f9a.jsonl', [
      prediction(1),
      prediction(2, 20 * HOUR),
    ]);
    await put(`${HERE}sink-a-000000.jsonl`, [prediction(3)]);
    await place.log.compact();
    expect((await keys()).map((key) => key.replace(/-[0-9a-f]{16}/, ''))).toEqual([
      'predictions/2026-05-01/07/compacted-v1.parquet',
      'predictions/2026-05-02/03/compacted-v1.parquet',
    ]);
    expect(await read()).toHaveLength(2);
  });

  it('leaves hours that have not ended to the sinks', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [prediction(1)]);
    expect(await place.log.compact({ before: new Date(START + HOUR - 1) })).toMatchObject({ hours: 0 });
    expect(await place.log.compact({ before: new Date(START + HOUR) })).toMatchObject({ hours: 1 });
  });

  it('leaves what it does not understand as it is, and drops no more than a torn last line', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [
      { ...prediction(1), type: 'assay.prediction.made.v2' },
      prediction(2),
    ]);
    await place.store.put(`${HERE}sink-b-000000.jsonl`, `{"torn":\n${linesOf([prediction(3)])}`);
    await place.store.put(`${HERE}sink-c-000000.jsonl`, `${linesOf([prediction(4)])}{"id":"0`);
    await place.store.put(`${HERE}compacted-v1-aa.parquet`, 'no Parquet');
    const { left, objects } = await place.log.compact();
    expect(objects).toBe(1);
    expect(left.map(({ key, why }) => [key.slice(HERE.length), why])).toEqual([
      ['compacted-v1-aa.parquet', 'damaged'],
      ['sink-a-000000.jsonl', '1 events of a newer version'],
      ['sink-b-000000.jsonl', '1 lines that are no events'],
    ]);
    expect(await read()).toHaveLength(3);
  });

  it('may come between any two steps of whoever reads', async () => {
    const events = Array.from({ length: 6 }, (_, n) => prediction(n));
    for (let step = 1; ; step++) {
      const store = await openObjectStore(`file:${place.folder}/${step}`);
      for (const [n, event] of events.entries())
        await store.put(`${HERE}sink-a-00000${n}.jsonl`, linesOf([event, events[0]]));
      const compacting = await openPredictionLog(store, { threads: 1 });
      let listings = 0;
      const list: ObjectStore['list'] = async (...range) => {
        const page = await store.list(...range);
        if (++listings === step) await compacting.compact();
        return page;
      };
      const log = await openPredictionLog({ ...store, list }, { threads: 1 });
      const found = (await all(log.records(window))).map(({ prediction: { id } }) => id);
      expect(found).toEqual(events.map(({ id }) => id));
      await Promise.all([log.close(), compacting.close()]);
      if (listings < step) break;
    }
  }, 120_000);

  it('leaves each record readable exactly once wherever it is interrupted', async () => {
    const events = Array.from({ length: 12 }, (_, n) => prediction(n, n * 1000));
    const late = prediction(20, -HOUR);
    for (let stopAt = 1; ; stopAt++) {
      const store = await openObjectStore(`file:${place.folder}/${stopAt}`);
      for (let n = 0; n < 3; n++)
        await store.put(`${HERE}sink-a-00000${n}.jsonl`, linesOf(events.slice(4 * n, 4 * n + 5)));
      await store.put(`${HERE}2026-05-01T07:00:00+00:00_ab.jsonl`, linesOf([late]));
      const { dying, died } = storeThatDies(store, stopAt);
      const log = await openPredictionLog(dying, { threads: 1 });
      await log.compact().catch(() => undefined);
      await log.close();

      const after = await openPredictionLog(store, { threads: 1 });
      const wide = { from: new Date(START - HOUR), to: window.to };
      const expected = [late, ...events].map(({ id }) => id);
      const found = async () => (await all(after.records(wide))).map(({ prediction: { id } }) => id);
      expect(await found()).toEqual(expected);
      expect(await all(after.query('SELECT count(*) AS n FROM predictions', { window: wide }))).toEqual([
        { n: 13 },
      ]);
      await store.delete(LEASE_KEY);
      await after.compact();
      expect(await found()).toEqual(expected);
      expect((await store.list('predictions/')).objects).toHaveLength(2);
      await after.close();
      if (!died()) break;
    }
  }, 120_000);
});

/** A store of a process that is killed before its n-th change. */
function storeThatDies(store: ObjectStore, changes: number): { dying: ObjectStore; died: () => boolean } {
  let left = changes;
  const change =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (--left <= 0) throw new Error('killed');
      return call(...args);
    };
  return {
    died: () => left <= 0,
    dying: {
      ...store,
      put: change(store.put),
      putStream: change(store.putStream),
      delete: change(store.delete),
    },
  };
}

describe('pruning', () => {
  it('deletes what was counted of them, and of no other', async () => {
    for (const hour of ['2026-04-30/23', '2026-05-01/06', '2026-05-01/07'])
      await place.store.put(`profiles/pets/1/0123456789ab/${hour}.counts`, 'counts');
    await place.log.prune({ before: new Date(START) });
    expect(await keys()).toEqual(['profiles/pets/1/0123456789ab/2026-05-01/07.counts']);
  });

  it('deletes whole hours that ended before, and the inputs that were kept before', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [prediction(1)]);
    await put('predictions/2026-05-01/08/sink-a-000000.jsonl', [prediction(2, HOUR)]);
    await put('feedback/2026-05-01/07/sink-a-000000.jsonl', [feedback(1, prediction(1))]);
    await place.store.put('registry/pets/champion', '1.0.0');
    await place.store.put(inputKey(digestOf(1001)), 'an image');
    expect(await place.log.prune({ before: new Date(START + HOUR + HOUR / 2) })).toMatchObject({
      objects: 2,
      inputs: 0,
    });
    expect(await keys()).toEqual([
      inputKey(digestOf(1001)),
      'predictions/2026-05-01/08/sink-a-000000.jsonl',
      'registry/pets/champion',
    ]);
    const later = new Date(Date.now() + HOUR);
    expect(await place.log.prune({ before: later })).toMatchObject({ objects: 1, inputs: 1 });
    expect(await keys()).toEqual(['registry/pets/champion']);
  });
});

describe('forgetting', () => {
  const [kept, gone, again] = [prediction(1), prediction(2), prediction(3)];
  again.data.input = gone.data.input;
  const digest = gone.data.input!.sha256;
  const everything = async () => {
    const found: string[] = [];
    for (const key of await keys())
      if (key.endsWith('.jsonl')) found.push((await place.store.get(key)).content.toString());
    return found.join('');
  };

  it('removes the input, its predictions and what was said of them, from lines and from Parquet', async () => {
    await put(`${HERE}sink-a-000000.jsonl`, [kept, gone]);
    await put('feedback/2026-05-01/07/sink-a-000000.jsonl', [feedback(1, gone), feedback(2, kept)]);
    await place.store.put(inputKey(digest), 'an image');
    await place.log.compact();
    await place.store.put(
      `${HERE}sink-b-000000.jsonl`,
      `${linesOf([again, kept])}${JSON.stringify(gone).slice(0, 900)}`,
    );
    await put('feedback/2026-05-03/07/sink-a-000000.jsonl', [feedback(3, again)]);
    const report = { predictions: 3, feedback: 2, objects: 4, inputs: 1, notRead: [] };
    expect(await place.log.forget([digest.toUpperCase()])).toEqual(report);
    expect((await read()).map(({ prediction: { id }, feedback: said }) => [id, said.length])).toEqual([
      [kept.id, 1],
    ]);
    expect(await everything()).not.toContain(digest);
    expect(await keys()).toHaveLength(3);
    expect(await place.log.forget([digest])).toEqual({
      ...report,
      predictions: 0,
      feedback: 0,
      objects: 0,
      inputs: 0,
    });
  });

  it('removes what was counted of their hours, which may hold samples', async () => {
    await put(`${HERE}sink-a-0.jsonl`, [prediction(1), prediction(2, 2 * HOUR)]);
    for (const hour of ['06', '07', '08', '09'])
      await place.store.put(`profiles/pets/1/0123456789ab/2026-05-01/${hour}.counts`, 'counts');
    await place.log.forget([digestOf(1001)]);
    expect((await keys()).filter((key) => key.startsWith('profiles/')).map((key) => key.slice(-9))).toEqual([
      '06.counts',
      '09.counts',
    ]);
  });

  it('ends its work at the second call where the first was killed', async () => {
    for (let stopAt = 1; ; stopAt++) {
      const store = await openObjectStore(`file:${place.folder}/${stopAt}`);
      await store.put(`${HERE}sink-a-000000.jsonl`, linesOf([kept, gone]));
      await store.put('feedback/2026-05-01/07/sink-a-000000.jsonl', linesOf([feedback(1, gone)]));
      const { dying, died } = storeThatDies(store, stopAt);
      const log = await openPredictionLog(dying, { threads: 1 });
      await log.forget([digest]).catch(() => undefined);
      await log.close();
      await store.delete(LEASE_KEY);
      const after = await openPredictionLog(store, { threads: 1 });
      await after.forget([digest]);
      expect((await all(after.records(window))).map(({ prediction: { id } }) => id)).toEqual([kept.id]);
      expect((await store.list('feedback/')).objects).toEqual([]);
      await after.close();
      if (!died()) break;
    }
  }, 120_000);

  it('says which objects it could not look into, and refuses what is no digest', async () => {
    await place.store.put(`${HERE}compacted-v2-aa.parquet`, 'of tomorrow');
    await place.store.put(`${HERE}compacted-v1-bb.parquet`, 'no Parquet');
    expect((await place.log.forget([digest])).notRead).toEqual([
      `${HERE}compacted-v1-bb.parquet`,
      `${HERE}compacted-v2-aa.parquet`,
    ]);
    await expect(place.log.forget(['abc'])).rejects.toThrow(
      'Expected the sha256 of an input, 64 hex digits; received "abc".',
    );
  });
});

describe('the lease', () => {
  it('lets one process at a time change the log, and passes on when it ends', async () => {
    const order: string[] = [];
    await withLease(place.store, { purpose: 'compact' }, async () => {
      await expect(place.log.prune({ before: new Date() })).rejects.toMatchObject({
        code: 'log-busy',
        message: expect.stringMatching(/"compact" is at work on the log.*makes way in 1[12]\d s/),
      });
      order.push('first');
    });
    await withLease(place.store, { purpose: 'prune' }, async () => void order.push('second'));
    expect(order).toEqual(['first', 'second']);
    expect(await keys()).toEqual([]);
  });

  it('is taken over from a process that died, after its term', async () => {
    const claim = { holder: 'x', purpose: 'forget', until: START + 1000 };
    await place.store.put(LEASE_KEY, JSON.stringify(claim));
    const options = (now: number) => ({ purpose: 'compact', now: () => now });
    await expect(withLease(place.store, options(START), async () => 1)).rejects.toMatchObject({
      code: 'log-busy',
    });
    expect(await withLease(place.store, options(START + 1000), async () => 1)).toBe(1);
  });

  it('of two that begin together is one’s', async () => {
    const working = Promise.withResolvers<undefined>();
    const tries = ['a', 'b'].map((purpose) => withLease(place.store, { purpose }, () => working.promise));
    const outcome = await Promise.race(tries.map((one) => one.catch((error: unknown) => error)));
    expect(outcome).toMatchObject({ code: 'log-busy' });
    working.resolve(undefined);
    expect((await Promise.allSettled(tries)).map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });
});
