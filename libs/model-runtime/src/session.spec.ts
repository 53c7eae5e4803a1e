import { describe, expect, it } from '@jest/globals';
import { GraphBuilder } from '@assay/testing';
import { openSession } from './session.ts';
import type { Tensor } from './tensor.ts';

const float = (shape: number[], values: number[]): Tensor => ({
  type: 'float32',
  shape,
  data: Float32Array.from(values),
});

/** `sum = x + y` and, apart from it, `counts = [N]` as int64 and `positive` as bool. */
function sumGraph(): Uint8Array {
  const graph = new GraphBuilder();
  const x = graph.input('x', ['N', 2]);
  const y = graph.input('y', ['N', 2]);
  graph.op('Add', [x, y], {}, { output: 'sum' });
  graph.op('Shape', [x], {}, { output: 'shape' });
  graph.op('Greater', [x, graph.float(0)], {}, { output: 'positive' });
  graph.output('sum', ['N', 2]);
  graph.output('shape', [2], 'int64');
  graph.output('positive', ['N', 2], 'bool');
  return graph.build();
}

describe('openSession', () => {
  it('describes inputs with their variable sizes, and outputs', async () => {
    const session = await openSession(sumGraph());
    expect(session.inputs).toEqual([
      { name: 'x', shape: ['N', 2], type: 'float32' },
      { name: 'y', shape: ['N', 2], type: 'float32' },
    ]);
    expect(session.outputs).toEqual(['sum', 'shape', 'positive']);
    await session.close();
  });

  it('computes every output, each as plain data of its type', async () => {
    const session = await openSession(sumGraph());
    const outputs = await session.run({ x: float([1, 2], [1, -2]), y: float([1, 2], [10, 20]) });
    expect(outputs).toEqual({
      sum: float([1, 2], [11, 18]),
      shape: { type: 'int64', shape: [2], data: BigInt64Array.of(1n, 2n) },
      positive: { type: 'bool', shape: [1, 2], data: Uint8Array.of(1, 0) },
    });
    await session.close();
  });

  it('hands back only the outputs that are named', async () => {
    const session = await openSession(sumGraph());
    const feeds = { x: float([1, 2], [1, 2]), y: float([1, 2], [3, 4]) };
    expect(Object.keys(await session.run(feeds, ['sum']))).toEqual(['sum']);
    expect(await session.run(feeds, [])).toEqual({});
    await session.close();
  });

  it('gives outputs memory of their own, which a later run leaves alone', async () => {
    const session = await openSession(sumGraph());
    const y = float([1, 2], [0, 0]);
    const first = await session.run({ x: float([1, 2], [1, 2]), y }, ['sum']);
    await session.run({ x: float([1, 2], [8, 9]), y }, ['sum']);
    expect(first.sum?.data).toEqual(Float32Array.of(1, 2));
    await session.close();
  });

  it('gives the same numbers at every level of optimisation', async () => {
    const x = float([1, 2], [0.5, 2]);
    for (const optimisation of ['disabled', 'basic', 'extended', 'all'] as const) {
      const session = await openSession(sumGraph(), {
        optimisation,
        arena: false,
        memoryPattern: false,
        threads: 2,
      });
      expect((await session.run({ x, y: x }, ['sum'])).sum?.data).toEqual(Float32Array.of(1, 4));
      await session.close();
    }
  });

  it('says what was fed when the feeds do not fit', async () => {
    const session = await openSession(sumGraph());
    const x = float([1, 2], [1, 2]);
    await expect(session.run({ x })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/\{ x: float32\[1,2\] \}.*'y' is missing/),
    });
    await expect(session.run({ x, y: float([1, 3], [1, 2, 3]) })).rejects.toThrow(
      /y: float32\[1,3\].*invalid dimensions/s,
    );
    await expect(session.run({ x, y: x }, ['nothing'])).rejects.toThrow(/invalid output name: nothing/);
    await session.close();
  });

  it('refuses what is not a model, by name', async () => {
    await expect(openSession(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({
      code: 'invalid-model',
      message: expect.stringContaining('these 3 bytes'),
    });
    await expect(openSession('/nowhere/model.onnx')).rejects.toMatchObject({
      code: 'invalid-model',
      message: expect.stringContaining('"/nowhere/model.onnx"'),
    });
  });
});
