import { describe, expect, it } from '@jest/globals';
import { freeBatch } from './free-batch.ts';
import { findInitializer } from './find.ts';
import { attribute } from './attribute.ts';
import { GraphBuilder } from './graph-builder.ts';
import { parseModel } from './codec.ts';
import { tensorValues } from './tensor-values.ts';

/** `[batch, 4]`, reshaped as told, and a constant of the same size reshaped likewise. */
function reshaping(shape: readonly number[], allowzero = 0) {
  const builder = new GraphBuilder();
  const input = builder.input('x', [1, 4]);
  const reshape = { allowzero: attribute.int(allowzero) };
  builder.op('Reshape', [input, builder.ints(shape)], reshape, { output: 'y' });
  const constant = builder.initializer('c', [1, 4], new Float32Array(4));
  builder.op('Reshape', [constant, builder.ints(shape)], reshape, { output: 'z' });
  builder.output('y', ['N', 'K']);
  builder.output('z', ['N', 'K']);
  return parseModel(builder.build()).graph;
}

function shapeOf(graph: ReturnType<typeof reshaping>, output: string): number[] {
  const node = graph.node.find((candidate) => candidate.output[0] === output)!;
  return Array.from(tensorValues(findInitializer(graph, node.input[1]!)!).data as BigInt64Array, Number);
}

describe('freeing the batch', () => {
  it('lets the first size of the input vary', () => {
    const graph = reshaping([1, 4]);
    freeBatch(graph, 'x');
    expect(graph.input[0]?.type?.tensorType?.shape?.dim.map((d) => d.dimParam ?? d.dimValue)).toEqual([
      'N',
      4,
    ]);
  });

  it('gives the batch what is left over, or copies it where another size is left over', () => {
    const whole = reshaping([1, 2, 2]);
    expect(freeBatch(whole, 'x')).toBe(1);
    expect(shapeOf(whole, 'y')).toEqual([-1, 2, 2]);
    const flat = reshaping([1, -1]);
    freeBatch(flat, 'x');
    expect(shapeOf(flat, 'y')).toEqual([0, -1]);
  });

  it('leaves alone what the input does not reach, and shapes that do not begin with the batch', () => {
    const graph = reshaping([1, -1]);
    freeBatch(graph, 'x');
    expect(shapeOf(graph, 'z')).toEqual([1, -1]);
    const other = reshaping([2, 2]);
    expect(freeBatch(other, 'x')).toBe(0);
    expect(shapeOf(other, 'y')).toEqual([2, 2]);
    expect(freeBatch(reshaping([1, -1], 1), 'x')).toBe(0);
  });

  it('is refused for an input that is not there', () => {
    expect(() => freeBatch(reshaping([1, 4]), 'w')).toThrow('no input "w"');
  });
});
