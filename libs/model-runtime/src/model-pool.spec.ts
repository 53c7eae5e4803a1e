import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attribute, GraphBuilder } from '@assay/testing';
import { openModelPool } from './model-pool.ts';
import { startSessionThread } from './session-thread.ts';
import type { Tensor } from './tensor.ts';

const rows = (...values: number[]): Tensor => ({
  type: 'float32',
  shape: [values.length, 1],
  data: Float32Array.from(values),
});

describe('a model pool', () => {
  let folder: string;
  /** `y = 2 x` and, for the whole batch, `sum`. */
  let model: string;
  /** `row = table[x]` with a table of three. */
  let lookup: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-pool-'));
    const double = new GraphBuilder();
    const x = double.input('x', ['N', 1]);
    double.op('Mul', [x, double.float(2)], {}, { output: 'y' });
    double.op('ReduceSum', [x], {}, { output: 'sum' });
    double.output('y', ['N', 1]);
    double.output('sum', [1, 1]);
    model = join(folder, 'double.onnx');
    await writeFile(model, double.build());

    const table = new GraphBuilder();
    const index = table.op('Cast', [table.input('x', ['N', 1])], { to: attribute.int(7) }); // int64
    const place = table.op('Reshape', [index, table.ints([-1])]);
    const rows = table.initializer('table', [3, 1], Float32Array.of(5, 6, 7));
    table.op('Gather', [rows, place], {}, { output: 'row' });
    table.output('row', ['N', 1]);
    lookup = join(folder, 'lookup.onnx');
    await writeFile(lookup, table.build());
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('answers concurrent requests, each with its own rows', async () => {
    const pool = await openModelPool({ model, workers: 2, warmUp: { x: rows(1) } });
    expect(pool.inputs).toEqual([{ name: 'x', shape: ['N', 1], type: 'float32' }]);
    const answers = Array.from({ length: 40 }, (_, i) =>
      pool.run({ x: rows(i, i + 0.5) }, { outputs: ['y'] }),
    );
    expect(pool.depth).toBe(40);
    (await Promise.all(answers)).forEach((answer, i) => {
      expect(answer).toEqual({
        y: { type: 'float32', shape: [2, 1], data: Float32Array.of(2 * i, 2 * i + 1) },
      });
    });
    expect(pool.depth).toBe(0);
    await pool.close();
  });

  it('fails a bad request of a batch alone', async () => {
    const pool = await openModelPool({ model: lookup });
    const answers = await Promise.allSettled([0, 1, 99, 2].map((value) => pool.run({ x: rows(value) })));
    expect(answers.map((answer) => answer.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(answers[3]).toMatchObject({ value: { row: { data: Float32Array.of(7) } } });
    expect(answers[2]).toMatchObject({ reason: { code: 'internal' } });
    await pool.close();
  });

  it('runs requests one by one where an output has no row for each', async () => {
    const pool = await openModelPool({ model });
    const answers = await Promise.all(
      [1, 2, 3].map((value) => pool.run({ x: rows(value) }, { outputs: ['sum'] })),
    );
    expect(answers.map((answer) => answer.sum?.data[0])).toEqual([1, 2, 3]);
    await pool.close();
  });

  it('takes the feeds over, and says so where they are used again', async () => {
    const pool = await openModelPool({ model });
    const x = rows(1, 2);
    await pool.run({ x });
    expect(x.data.byteLength).toBe(0);
    await expect(pool.run({ x })).rejects.toThrow(
      /"x" has 0 elements; its shape \[2, 1\] needs 2.*handed over/,
    );
    await pool.close();
  });

  it('answers what is under way before it closes', async () => {
    const pool = await openModelPool({ model });
    const answers = Array.from({ length: 10 }, (_, i) => pool.run({ x: rows(i) }, { outputs: ['y'] }));
    await pool.close();
    expect((await Promise.all(answers)).map((answer) => answer.y?.data[0])).toEqual([
      0, 2, 4, 6, 8, 10, 12, 14, 16, 18,
    ]);
    await expect(pool.run({ x: rows(1) })).rejects.toMatchObject({ code: 'shutting-down' });
  });

  it('says why a model does not open', async () => {
    await writeFile(join(folder, 'broken.onnx'), 'not a model');
    await expect(openModelPool({ model: join(folder, 'broken.onnx'), workers: 2 })).rejects.toMatchObject({
      code: 'invalid-model',
      message: expect.stringContaining('broken.onnx'),
    });
    await expect(openModelPool({ model, warmUp: { z: rows(1) } })).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('reports a thread that throws in mid-run as lost', async () => {
    const entry = join(folder, 'crashing.mjs');
    await writeFile(
      entry,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ kind, session }) => {
         if (kind === 'run') throw new Error('worker fault');
         parentPort.postMessage({ session, answer: { kind: 'ready', inputs: [], outputs: [] } });
       });`,
    );
    const worker = await startSessionThread(new URL(`file://${entry}`)).open({ model, session: {} });
    await expect(worker.run([{ x: rows(1) }])).rejects.toThrow('worker fault');
    expect((await worker.lost).message).toBe('worker fault');
    await expect(worker.run([{ x: rows(1) }])).rejects.toThrow('worker fault');
  });
});
