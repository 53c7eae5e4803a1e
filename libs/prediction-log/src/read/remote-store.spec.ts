import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { crc32cOf, openObjectStore, type ObjectStore } from '@assay/object-store';
import { startGcsFake, type GcsFake } from '@assay/testing';
import { openPredictionLog } from '../prediction-log.ts';
import { feedback, linesOf, prediction, START } from '../spec-support/events.ts';
import { all } from '../spec-support/temporary-log.ts';
import { localObjects } from './local-objects.ts';

const window = { from: new Date(START), to: new Date(START + 3_600_000) };

describe('a log in Cloud Storage', () => {
  let fake: GcsFake;
  let store: ObjectStore;
  let folder: string;
  beforeEach(async () => {
    fake = await startGcsFake(crc32cOf);
    store = await openObjectStore(`gs://bucket/team?endpoint=${fake.endpoint}`);
    folder = await mkdtemp(join(tmpdir(), 'prediction-log-'));
  });
  afterEach(async () => {
    await fake.close();
    await rm(folder, { recursive: true });
  });

  it('is read, compacted and forgotten as one in a folder', async () => {
    const events = [prediction(1), prediction(2)];
    await store.put(
      'predictions/2026-05-01/07/2026-05-01T07:00:00+00:00_ab.jsonl',
      linesOf([...events, events[0]]),
    );
    await store.put(
      'feedback/2026-05-01/07/2026-05-01T07:00:00+00:00_ab.jsonl',
      linesOf([feedback(1, events[0]!)]),
    );
    const log = await openPredictionLog(store, { threads: 1 });
    const ids = async () =>
      (await all(log.records(window))).map(({ prediction: { id }, feedback: said }) => [id, said.length]);
    expect(await ids()).toEqual([
      [events[0]!.id, 1],
      [events[1]!.id, 0],
    ]);
    await log.compact();
    expect(await ids()).toHaveLength(2);
    await log.forget([events[0]!.data.input!.sha256]);
    expect(await ids()).toEqual([[events[1]!.id, 0]]);
    await log.close();
  });

  it('fetches an object once for each generation, and lets go of those that were not asked for longest', async () => {
    const objects = [];
    for (const key of ['a', 'b', 'c'])
      objects.push(await store.put(`predictions/${key}.jsonl`, 'x'.repeat(1000)));
    const [a, b, c] = objects;
    const local = localObjects(store, { folder, bytes: 2000 });
    const downloads = () => fake.requests.filter((line) => line.includes('alt=media')).length;
    expect(await local.paths([a!, b!])).toEqual(await local.paths([a!, b!]));
    expect(downloads()).toBe(2);
    await local.paths([a!]);
    await local.paths([c!]);
    expect(await readdir(folder)).toHaveLength(2);
    expect(downloads()).toBe(3);
    await local.paths([a!]);
    expect(downloads()).toBe(3);
    await local.paths([b!]);
    expect(downloads()).toBe(4);
  });
});
