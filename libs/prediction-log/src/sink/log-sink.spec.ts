import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { openEventBus } from '@assay/event-bus';
import { listAll, type ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { feedback, linesOf, prediction, START } from '../spec-support/events.ts';
import { handBus } from '../spec-support/hand-bus.ts';
import { all, freshLogs } from '../spec-support/temporary-log.ts';
import { startLogSink, type LogSinkOptions } from './log-sink.ts';

const HOUR = 3_600_000;

const place = freshLogs();

const keys = async () => (await all(listAll(place.store))).map(({ key }) => key);
const text = async (key: string) => (await place.store.get(key)).content.toString();
const errors: AssayError[] = [];
const start = (options: Pick<LogSinkOptions, 'bus'> & Partial<LogSinkOptions>) =>
  startLogSink({ store: place.store, writer: 'spec', onError: (error) => errors.push(error), ...options });

beforeEach(() => void errors.splice(0));

/** A store whose writes a test decides on. */
const storeWith = (put: ObjectStore['put']): ObjectStore => ({ ...place.store, put });

describe('the sink', () => {
  it('files each event under the hour in which it happened, as one line, and acknowledges it', async () => {
    const { bus, deliver } = handBus();
    const sink = start({ bus });
    const events = [prediction(1), prediction(2, HOUR), prediction(3)];
    const handed = events.map((event) => deliver('predictions', event));
    const said = deliver('feedback', feedback(1, events[0]!));
    await sink.close();
    expect([...handed, said].map(({ settled }) => settled)).toEqual(['ack', 'ack', 'ack', 'ack']);
    expect(await keys()).toEqual([
      'feedback/2026-05-01/07/sink-spec-000000.jsonl',
      'predictions/2026-05-01/07/sink-spec-000000.jsonl',
      'predictions/2026-05-01/08/sink-spec-000001.jsonl',
    ]);
    expect(await text('predictions/2026-05-01/07/sink-spec-000000.jsonl')).toBe(
      linesOf([events[0], events[2]]),
    );
  });

  it('writes an object when a batch has the count, or the bytes', async () => {
    const { bus, deliver } = handBus();
    const written: unknown[] = [];
    const onWritten: LogSinkOptions['onWritten'] = (object) => written.push(object.events);
    const byCount = start({ bus, limits: { count: 3 }, onWritten });
    for (let n = 0; n < 7; n++) deliver('predictions', prediction(n));
    await byCount.close();
    expect(written.toSorted()).toEqual([1, 3, 3]);
    written.splice(0);
    const bytes = 2 * Buffer.byteLength(linesOf([prediction(1)]));
    const byBytes = start({ bus, writer: 'other', limits: { bytes }, onWritten });
    for (let n = 0; n < 5; n++) deliver('predictions', prediction(n));
    await byBytes.close();
    expect(written.toSorted()).toEqual([1, 2, 2]);
  });

  it('writes an object when a batch has the age', async () => {
    const { bus, deliver } = handBus();
    let now = 0;
    const written = Promise.withResolvers<undefined>();
    const sink = start({
      bus,
      limits: { ageMs: 200 },
      now: () => now,
      onWritten: () => written.resolve(undefined),
    });
    const handed = deliver('predictions', prediction(1));
    expect(await keys()).toEqual([]);
    now = 200;
    await written.promise;
    expect(handed.settled).toBe('ack');
    await sink.close();
  });

  it('writes what it has when a backlog of many hours fills it, though no batch is full', async () => {
    const { bus, deliver } = handBus();
    const sink = start({ bus, limits: { count: 10 } });
    const handed = Array.from({ length: 20 }, (_, n) => deliver('predictions', prediction(n, n * HOUR)));
    await sink.flush();
    expect(handed.every(({ settled }) => settled === 'ack')).toBe(true);
    expect(await keys()).toHaveLength(20);
    await sink.close();
  });

  it('keeps events, extends them and tries again while the store fails, and acknowledges nothing before it has them', async () => {
    const { bus, deliver } = handBus();
    let failing = 2;
    const refused = new AssayError('storage-full', 'No space.');
    const store = storeWith(async (...put) => {
      if (failing-- > 0) throw refused;
      return place.store.put(...put);
    });
    const sink = start({ bus, store });
    const handed = deliver('predictions', prediction(1));
    const flushed = sink.flush();
    expect(handed.settled).toBeUndefined();
    await flushed;
    expect(handed.settled).toBe('ack');
    expect(handed.extended).toEqual([600_000, 600_000]);
    expect(errors.map(({ code, message }) => [code, message])).toEqual(
      Array(2).fill([
        'storage-full',
        '1 events could not be written to the log. They are kept and tried again. No space.',
      ]),
    );
    await sink.close();
  });

  it('gives events back, without an attempt more, when it closes and the store still fails', async () => {
    const { bus, deliver } = handBus(0);
    const store = storeWith(() => Promise.reject(new AssayError('storage-unavailable', 'Down.')));
    const sink = start({ bus, store });
    const handed = deliver('predictions', prediction(1));
    await sink.close();
    expect(handed.settled).toBe('given back');
    expect(await keys()).toEqual([]);
  });

  it('writes to no object that exists: of two writers by one name neither overwrites the other', async () => {
    const [one, two] = [handBus(), handBus()];
    const sinks = [start({ bus: one.bus }), start({ bus: two.bus })];
    for (let n = 0; n < 20; n++) (n % 2 ? one : two).deliver('predictions', prediction(n));
    await Promise.all(sinks.map((sink) => sink.close()));
    expect(await keys()).toHaveLength(2);
    const window = { from: new Date(START), to: new Date(START + HOUR) };
    expect(await all(place.log.records(window))).toHaveLength(20);
    expect(errors).toEqual([]);
  });

  it('says that the folder is read-only, and acknowledges nothing', async () => {
    if (process.getuid?.() === 0) {
      // Root writes anywhere: a file where the folder should be has the same effect.
      await place.store.put('predictions', '');
    } else {
      await mkdir(place.folder, { recursive: true });
      await chmod(place.folder, 0o500);
    }
    const { bus, deliver } = handBus(0);
    const failed = Promise.withResolvers<undefined>();
    const onError = (error: AssayError) => {
      errors.push(error);
      failed.resolve(undefined);
    };
    const sink = start({ bus, onError });
    const handed = deliver('predictions', prediction(1));
    await sink.close();
    await failed.promise;
    expect(handed.settled).toBe('given back');
    expect(errors[0]?.message).toMatch(/1 events could not be written to the log.*predictions\/2026-05-01/);
    await chmod(place.folder, 0o700);
  });

  it('takes events from the bus of a machine, and leaves none there', async () => {
    const bus = await openEventBus(`sqlite:${join(place.folder, '..', 'events.db')}`);
    const sink = start({ bus });
    const events = Array.from({ length: 50 }, (_, n) => prediction(n));
    await Promise.all(events.map((event) => bus.publish('predictions', event)));
    const window = { from: new Date(START), to: new Date(START + HOUR) };
    const found = async () => {
      await sink.flush();
      return (await all(place.log.records(window))).map(({ prediction: { id } }) => id);
    };
    while ((await found()).length < 50);
    expect(await found()).toEqual(events.map(({ id }) => id));
    await sink.close();
    await bus.close();
  });
});
