import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphBuilder } from '@assay/testing';
import { openModelPool } from './model-pool.ts';
import { shareThreads } from './shared-threads.ts';
import { startSessionThread } from './session-thread.ts';
import type { Tensor } from './tensor.ts';

const row = (value: number): Tensor => ({ type: 'float32', shape: [1, 1], data: Float32Array.of(value) });

describe('threads that models share', () => {
  let folder: string;
  /** `y = factor · x`. */
  const modelOf = (factor: number) => join(folder, `times-${factor}.onnx`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shared-threads-'));
    for (const factor of [2, 3, 5]) {
      const graph = new GraphBuilder();
      graph.op('Mul', [graph.input('x', ['N', 1]), graph.float(factor)], {}, { output: 'y' });
      graph.output('y', ['N', 1]);
      await writeFile(modelOf(factor), graph.build());
    }
    await writeFile(join(folder, 'broken.onnx'), 'not a model');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('answer for each model by its own weights, whoever asks at the same time', async () => {
    const threads = shareThreads(1);
    const factors = [2, 3, 5];
    const pools = await Promise.all(
      factors.map((factor) => openModelPool({ model: modelOf(factor), threads, warmUp: { x: row(1) } })),
    );
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => pools[i % 3]!.run({ x: row(i) }).then(({ y }) => y!.data[0])),
    );
    expect(answers).toEqual(Array.from({ length: 60 }, (_, i) => i * factors[i % 3]!));
    await Promise.all(pools.map((pool) => pool.close()));
  });

  it('go on for the others when one model is closed or does not open', async () => {
    const threads = shareThreads(1);
    const [double, triple] = await Promise.all([
      openModelPool({ model: modelOf(2), threads }),
      openModelPool({ model: modelOf(3), threads }),
    ]);
    await expect(openModelPool({ model: join(folder, 'broken.onnx'), threads })).rejects.toMatchObject({
      code: 'invalid-model',
    });
    await double.close();
    expect((await triple.run({ x: row(4) })).y!.data[0]).toBe(12);
    await triple.close();
    // All were closed, so that their thread has ended; another begins.
    const again = await openModelPool({ model: modelOf(5), threads });
    expect((await again.run({ x: row(4) })).y!.data[0]).toBe(20);
    await again.close();
  });

  it('hold as many sessions as they are given, and end with the last', async () => {
    const thread = startSessionThread();
    const first = await thread.open({ model: modelOf(2), session: {} });
    const second = await thread.open({ model: modelOf(3), session: {} });
    expect(thread.sessions).toBe(2);
    await first.close();
    expect([thread.sessions, thread.over]).toEqual([1, false]);
    expect((await first.lost).message).toContain('closed');
    await second.close();
    expect([thread.sessions, thread.over]).toEqual([0, true]);
  });

  it('report every session as lost when their thread fails', async () => {
    const entry = join(folder, 'crashing.mjs');
    await writeFile(
      entry,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ kind, session }) => {
         if (kind === 'run') throw new Error('thread fault');
         parentPort.postMessage({ session, answer: { kind: 'ready', inputs: [], outputs: [] } });
       });`,
    );
    const thread = startSessionThread(new URL(`file://${entry}`));
    const settings = { model: modelOf(2), session: {} };
    const [first, second] = await Promise.all([thread.open(settings), thread.open(settings)]);
    await expect(first.run([{ x: row(1) }])).rejects.toThrow('thread fault');
    expect((await second.lost).message).toBe('thread fault');
    expect(thread.over).toBe(true);
  });
});
