import { describe, expect, it } from '@jest/globals';
import {
  addOutput,
  attribute,
  findInitializer,
  findProducer,
  freeBatch,
  freshName,
  GraphBuilder,
  inlineConstants,
  intAttribute,
  intsAttribute,
  makeNode,
  makeTensor,
  parseModel,
  removeOutput,
  removeUnused,
  renameTensor,
  serialiseModel,
  sortNodes,
  tensorValues,
  type OnnxModel,
} from './index.ts';

/** Softmax over a linear layer of two numbers, for a batch of one. */
function written(): Uint8Array {
  const graph = new GraphBuilder({ producer: 'test', opset: 13 });
  const weight = graph.initializer('weight', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
  const scores = graph.op('MatMul', [graph.input('x', [1, 2]), weight]);
  graph.op('Softmax', [scores], { axis: attribute.int(1) }, { output: 'y' });
  graph.output('y', [1, 3]);
  return graph.build();
}

describe('the interface of the library', () => {
  it('reads a model, cuts its end off, gives it a batch of any size, and writes it', () => {
    const model: OnnxModel = parseModel(written());
    const { graph } = model;
    const softmax = findProducer(graph, 'y')!;
    expect([softmax.opType, intAttribute(softmax, 'axis', -1)]).toEqual(['Softmax', 1]);
    const [scores = ''] = softmax.input;
    addOutput(graph, scores);
    removeOutput(graph, 'y');
    removeUnused(graph);
    renameTensor(graph, scores, 'scores');
    freeBatch(graph, 'x');

    const again = parseModel(serialiseModel(model)).graph;
    expect(again.node.map(({ opType }) => opType)).toEqual(['MatMul']);
    expect(again.output.map(({ name }) => name)).toEqual(['scores']);
    const [batch, features] = again.input[0]!.type!.tensorType!.shape!.dim;
    expect(batch?.dimValue).toBeUndefined();
    expect(Number(features?.dimValue)).toBe(2);
    expect(tensorValues(findInitializer(again, 'weight')!)).toMatchObject({
      shape: [2, 3],
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
    });
  });

  it('puts added nodes in order, and constants of nodes among those of the graph', () => {
    const { graph } = parseModel(written());
    const name = freshName(graph, 'weight');
    expect(name).not.toBe('weight');
    const [before = ''] = findProducer(graph, 'y')!.input;
    const constant = makeNode(
      'Constant',
      { inputs: [], outputs: [name] },
      { attributes: { value: attribute.tensor(makeTensor('', { shape: [1], data: Float32Array.of(7) })) } },
    );
    const shifted = makeNode('Add', { inputs: [before, name], outputs: ['shifted'] });
    graph.node.push(shifted, constant);
    sortNodes(graph);
    const position = (node: object) => graph.node.findIndex((one) => one === node);
    expect(position(constant)).toBeLessThan(position(shifted));
    inlineConstants(graph);
    expect(graph.node).not.toContain(constant);
    expect(tensorValues(findInitializer(graph, name)!).data).toEqual(Float32Array.of(7));
  });

  it('reads attributes that a node does not have as what the operator takes them for', () => {
    const pool = makeNode(
      'MaxPool',
      { inputs: ['a'], outputs: ['b'] },
      { attributes: { kernel_shape: attribute.ints([3, 2]) } },
    );
    expect(intsAttribute(pool, 'kernel_shape', [])).toEqual([3, 2]);
    expect(intsAttribute(pool, 'strides', [1, 1])).toEqual([1, 1]);
    expect(intAttribute(pool, 'ceil_mode', 0)).toBe(0);
  });

  it('drops sparse constants and quantisation notes of tensors that are gone', () => {
    const { graph } = parseModel(written());
    const sparse = (name: string) => ({
      values: makeTensor(name, { shape: [1], data: Float32Array.of(1) }),
      dims: [],
    });
    graph.sparseInitializer = [sparse('weight'), sparse('gone')];
    graph.quantizationAnnotation = [
      { tensorName: 'y', quantParameterTensorNames: [] },
      { tensorName: 'gone', quantParameterTensorNames: [] },
    ];
    removeUnused(graph);
    expect(graph.sparseInitializer.map(({ values }) => values?.name)).toEqual(['weight']);
    expect(graph.quantizationAnnotation.map(({ tensorName }) => tensorName)).toEqual(['y']);
  });

  it('says what cannot be written', () => {
    const model = parseModel(written());
    model.graph.node[0]!.attribute = [{ name: 'axis', i: 'one' as unknown as bigint }];
    expect(() => serialiseModel(model)).toThrow(expect.objectContaining({ code: 'invalid-model' }));
  });
});
