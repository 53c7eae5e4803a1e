import { describe, expect, it } from '@jest/globals';
import { checkGraph } from './check-graph.ts';
import { parseModel } from './codec.ts';
import { findProducer } from './find.ts';
import { graftModel } from './graft-model.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { OnnxModel } from './messages.ts';

/** `output = input · weight`, by way of a tensor `Mul_0`. */
function model(weight: number, options: { output?: string; opset?: number } = {}): OnnxModel {
  const { output = 'y', opset } = options;
  const graph = new GraphBuilder(opset === undefined ? {} : { opset });
  const product = graph.op('Mul', [
    graph.input('x', ['N', 2]),
    graph.initializer('w', [2], Float32Array.of(weight, weight)),
  ]);
  graph.op('Identity', [product], {}, { output });
  graph.output(output, ['N', 2]);
  return parseModel(graph.build());
}

const graft = { input: 'x', output: 'second', prefix: 'branch/' };

describe('a model with another beside it', () => {
  it('has one input and both outputs, each made by its own constants', () => {
    const host = model(2);
    graftModel(host, model(3), graft);
    checkGraph(host.graph);
    expect(host.graph.input.map(({ name }) => name)).toEqual(['x']);
    expect(host.graph.output.map(({ name }) => name)).toEqual(['y', 'second']);
    expect(findProducer(host.graph, 'second')!.input).toEqual(['branch/Mul_0']);
    expect(findProducer(host.graph, 'branch/Mul_0')!.input).toEqual(['x', 'branch/w']);
    expect(findProducer(host.graph, 'Mul_0')!.input).toEqual(['x', 'w']);
  });

  it('may branch off behind any tensor', () => {
    const host = model(2);
    graftModel(host, model(3), { ...graft, input: 'Mul_0' });
    checkGraph(host.graph);
    expect(findProducer(host.graph, 'branch/Mul_0')!.input).toEqual(['Mul_0', 'branch/w']);
  });

  it.each<[string, OnnxModel, Partial<typeof graft>, RegExp]>([
    ['an input that is not there', model(3), { input: 'z' }, /no tensor "z" to branch from/],
    ['an output that is there', model(3), { output: 'y' }, /already has a tensor "y"/],
    ['a prefix that makes names equal', model(3), { prefix: '' }, /already has a tensor "(w|Mul_0)"/],
    [
      'other operators',
      model(3, { opset: 20 }),
      {},
      /version 21 of the operators "", as the model; received 20/,
    ],
  ])('refuses %s', (_, branch, change, message) => {
    expect(() => graftModel(model(2), branch, { ...graft, ...change })).toThrow(message);
  });
});
