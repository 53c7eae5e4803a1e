import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GraphBuilder } from '@assay/testing';
import { parseRunProfile, readRunProfile } from './run-profile.ts';
import { openSession } from './session.ts';

/** `y = sin(a · b)`, two operators that ONNX Runtime cannot put together. */
function productGraph(): Uint8Array {
  const graph = new GraphBuilder();
  const product = graph.op('MatMul', [graph.input('a', ['N', 3]), graph.input('b', [3, 2])]);
  graph.op('Sin', [product], {}, { output: 'y' });
  graph.output('y', ['N', 2]);
  return graph.build();
}

describe('a session that is profiled', () => {
  it('tells for each run which operators ran, in order, on which sizes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'profile-'));
    const profile = join(folder, 'run');
    const session = await openSession(productGraph(), { profile });
    const tensor = (shape: number[]) =>
      ({ type: 'float32', shape, data: new Float32Array(shape[0]! * shape[1]!) }) as const;
    await session.run({ a: tensor([4, 3]), b: tensor([3, 2]) });
    await session.run({ a: tensor([5, 3]), b: tensor([3, 2]) });
    await session.close();
    const { runs, load } = await readRunProfile(profile);
    await rm(folder, { recursive: true });

    expect(runs.map(({ operators }) => operators.map(({ operator }) => operator))).toEqual([
      ['MatMul', 'Sin'],
      ['MatMul', 'Sin'],
    ]);
    expect(runs.map(({ operators }) => operators[0]?.inputs)).toEqual([
      [
        [4, 3],
        [3, 2],
      ],
      [
        [5, 3],
        [3, 2],
      ],
    ]);
    expect(runs[1]?.operators[1]?.outputs).toEqual([[5, 2]]);
    expect(load.prepare).toBeGreaterThan(0);
    for (const { start, duration, operators } of runs)
      for (const operator of operators) {
        expect(operator.start).toBeGreaterThanOrEqual(start);
        expect(operator.start + operator.duration).toBeLessThanOrEqual(start + duration);
      }
  });

  it('is looked for where it was written, and missed by name', async () => {
    await expect(readRunProfile(join(tmpdir(), 'no-such-profile'))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('parseRunProfile', () => {
  it('counts an operator to the run in whose time it began, and leaves other events out', () => {
    const event = (cat: string, name: string, [ts, dur]: [number, number]) => ({
      cat,
      name,
      ts,
      dur,
      args: cat === 'Node' ? { op_name: 'Relu', input_type_shape: [{ float: [2] }] } : {},
    });
    const { runs, load } = parseRunProfile(
      JSON.stringify([
        event('Session', 'model_loading_array', [0, 7]),
        event('Session', 'session_initialization', [8, 90]),
        event('Node', 'second_kernel_time', [220, 5]),
        event('Session', 'model_run', [100, 50]),
        event('Node', 'first_fence_before', [110, 1]),
        event('Node', 'first_kernel_time', [111, 30]),
        event('Session', 'model_run', [200, 60]),
      ]),
    );
    expect(load).toEqual({ read: 7, prepare: 90 });
    expect(runs.map(({ operators }) => operators.map(({ node, duration }) => [node, duration]))).toEqual([
      [['first', 30]],
      [['second', 5]],
    ]);
  });
});
