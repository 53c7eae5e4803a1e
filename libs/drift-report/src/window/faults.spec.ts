import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { HOUR, loggedWorld, predictionOf, START, type LoggedWorld } from '../spec-support/logged-world.ts';
import type { DriftWindow } from './drift-window.ts';
import { openDriftWindows } from './open-drift-windows.ts';

const window = { from: new Date(START), to: new Date(START + 4 * HOUR) };

/** What does not depend on how it was counted. */
const known = ({ cost: _, slices, images, ...rest }: DriftWindow) => ({
  ...rest,
  slices: Object.fromEntries(slices),
  images: Object.fromEntries(images),
});

describe('a window of a log that is not as it should be', () => {
  let world: LoggedWorld;
  beforeEach(async () => {
    world = await loggedWorld();
  });
  afterEach(() => world.close());

  const read = (of: LoggedWorld = world, over = window) =>
    openDriftWindows(of).read({ model: 'pets', window: over });

  it('passes over what is torn, damaged or newer, and says how much', async () => {
    await world.put([predictionOf({ at: 0 })]);
    await world.store.put(
      'predictions/2026-05-01/07/sink-z.jsonl',
      '{"torn\nno JSON\n{"type":"assay.prediction.made.v9"}\n',
    );
    await world.store.put('predictions/2026-05-01/08/compacted-v1-x.parquet', 'damaged');
    await world.store.put('predictions/2026-05-01/09/compacted-v9-x.parquet', 'newer');
    const counted = await read();
    expect([counted.profile.records, counted.passedOver]).toEqual([1, 5]);
    expect((await read()).passedOver).toBe(5);
  });

  it('mends a profile that is damaged, wherever', async () => {
    await world.put([predictionOf({ at: 0, brightness: 100 })]);
    const whole = await read();
    const key = (await world.store.list('profiles/')).objects[0]!.key;
    expect(key).toMatch(/^profiles\/pets\/1\/[0-9a-f]{12}\/2026-05-01\/07\.counts$/);
    const { content } = await world.store.get(key);
    const newline = content.indexOf(0x0a);
    for (const damage of [
      Buffer.alloc(0),
      Buffer.from('no JSON'),
      Buffer.concat([Buffer.from('{"version":2}\n'), content.subarray(newline + 1)]),
      content.subarray(0, newline + 5),
      content.subarray(0, content.length - 5),
      ...[5, 400, 700, 5].map((at) => {
        const copy = Buffer.from(content);
        copy[Math.min(newline + 20 + at, copy.length - 1)]! ^= 0x55;
        return copy;
      }),
    ]) {
      await world.store.put(key, damage);
      expect(JSON.stringify(known(await read()))).toBe(JSON.stringify(known(whole)));
    }
    expect((await world.store.get(key)).content).toEqual(content);
  });

  it('is no matter for two who count it at once', async () => {
    await world.put(Array.from({ length: 20 }, (_, n) => predictionOf({ at: n * (HOUR / 5) })));
    const [one, other] = await Promise.all([read(), read()]);
    expect(JSON.stringify(known(one))).toBe(JSON.stringify(known(other)));
    expect((await read()).cost.recordsRead).toBe(0);
  });

  it('is empty where the log is, or has refusals only', async () => {
    const empty = await read();
    expect(empty.profile).toMatchObject({ records: 0, from: '2026-05-01T07' });
    expect([empty.hours, empty.outcomes, empty.sample.records, empty.before, empty.season]).toEqual([
      [],
      [],
      [],
      undefined,
      [],
    ]);
    await world.put([predictionOf({ outcome: 'refused' })]);
    const refused = await read();
    expect(refused.profile.records).toBe(0);
    expect(refused.outcomes).toMatchObject([{ answered: 0, refused: 1 }]);
  });

  it('is of the packages of a registry, tabular ones as well', async () => {
    const windows = openDriftWindows({ ...world, registry: openRegistry('models') });
    const { reference, manifest, profile: counted } = await windows.read({ model: 'wine', window });
    expect(manifest.name).toBe('wine');
    expect(Object.keys(counted.features)).toEqual(Object.keys(reference.features));
    await expect(windows.read({ model: 'none', window })).rejects.toMatchObject({ code: 'unknown-model' });
  });

  it('is refused for a model without a reference, and where it does not begin before it ends', async () => {
    const bare = { ...(await world.registry.resolve()) };
    Object.assign(bare, { manifest: { ...bare.manifest, files: [] } });
    const windows = openDriftWindows({ ...world, registry: { resolve: () => Promise.resolve(bare) } });
    await expect(windows.read({ model: 'pets', window })).rejects.toMatchObject({
      code: 'no-reference-profile',
      message: expect.stringContaining('Pack the model again'),
    });
    for (const to of [window.from, new Date(START - 1), new Date('soon')])
      await expect(read(world, { ...window, to })).rejects.toMatchObject({ code: 'invalid-query' });
  });
});
