import { describe, expect, it } from '@jest/globals';
import { attribute } from './attribute.ts';
import { checkGraph } from './check-graph.ts';
import { parseModel, serialiseModel } from './codec.ts';
import { capturedNames, findConsumers, findInitializer, findProducer } from './find.ts';
import { GraphBuilder } from './graph-builder.ts';
import { addOutput, removeOutput } from './graph-outputs.ts';
import { inlineConstants } from './inline-constants.ts';
import { makeNode } from './make-node.ts';
import { makeTensor } from './make-tensor.ts';
import type { GraphProto, OnnxModel } from './messages.ts';
import { removeUnused } from './remove-unused.ts';
import { renameTensor, replaceNode, replaceUses } from './rewrite.ts';
import { sortNodes } from './sort-nodes.ts';

const invalid = expect.objectContaining({ code: 'invalid-model' });

/** x → Mul w → h → Relu → y; a subgraph of If reads h; a dead branch reads v. */
function sample(): OnnxModel {
  const graph = new GraphBuilder();
  const x = graph.input('x', ['N', 2]);
  const w = graph.initializer('w', [2], Float32Array.of(1, 2));
  const v = graph.initializer('v', [2], Float32Array.of(3, 4));
  const h = graph.op('Mul', [x, w], {}, { output: 'h' });
  graph.op('Relu', [h], {}, { output: 'y' });
  graph.op('Add', [h, v], {}, { output: 'dead' });
  const body: GraphProto = {
    node: [makeNode('Neg', { inputs: ['h'], outputs: ['inner'] })],
    initializer: [],
    input: [],
    output: [{ name: 'inner' }],
    valueInfo: [],
  };
  graph.op(
    'If',
    [graph.input('c', [], 'bool')],
    { then_branch: attribute.graph(body), else_branch: attribute.graph(body) },
    { output: 'z' },
  );
  graph.output('y', ['N', 2]);
  graph.output('z', ['N', 2]);
  return parseModel(graph.build());
}

const operators = (graph: GraphProto): (string | undefined)[] => graph.node.map((node) => node.opType);

describe('finding', () => {
  it('finds makers, readers (through subgraphs) and constants', () => {
    const { graph } = sample();
    expect(findProducer(graph, 'h')?.opType).toBe('Mul');
    expect(findProducer(graph, 'x')).toBeUndefined();
    expect(findConsumers(graph, 'h').map((node) => node.opType)).toEqual(['Relu', 'Add', 'If']);
    expect(findInitializer(graph, 'w')?.dims).toEqual([2]);
    expect(findInitializer(graph, 'x')).toBeUndefined();
    const branch = findProducer(graph, 'z')!.attribute[0]!.g!;
    expect([...capturedNames(branch)]).toEqual(['h']);
  });
});

describe('rewriting', () => {
  it('replaces a node by several in its place, or by none', () => {
    const { graph } = sample();
    replaceNode(graph, findProducer(graph, 'y')!, [
      makeNode('Abs', { inputs: ['h'], outputs: ['a'] }),
      makeNode('Sqrt', { inputs: ['a'], outputs: ['y'] }),
    ]);
    expect(operators(graph)).toEqual(['Mul', 'Abs', 'Sqrt', 'Add', 'If']);
    replaceNode(graph, findProducer(graph, 'dead')!, []);
    expect(operators(graph)).toEqual(['Mul', 'Abs', 'Sqrt', 'If']);
    expect(() => checkGraph(graph)).not.toThrow();
    expect(() => replaceNode(graph, makeNode('Abs', { inputs: [], outputs: [] }), [])).toThrow(invalid);
  });

  it('redirects readers, in subgraphs too, but neither the maker nor excepted nodes nor graph outputs', () => {
    const { graph } = sample();
    const rounded = makeNode('Round', { inputs: ['h'], outputs: ['r'] });
    graph.node.splice(1, 0, rounded);
    replaceUses(graph, { from: 'h', to: 'r' }, { except: [rounded] });
    expect(rounded.input).toEqual(['h']);
    expect(findProducer(graph, 'h')?.opType).toBe('Mul');
    expect(findConsumers(graph, 'r').map((node) => node.opType)).toEqual(['Relu', 'Add', 'If']);
    replaceUses(graph, { from: 'y', to: 'x' });
    expect(graph.output[0]!.name).toBe('y');
    expect(() => checkGraph(graph)).not.toThrow();
  });

  it('renames a tensor wherever it occurs', () => {
    const { graph } = sample();
    addOutput(graph, 'h');
    graph.quantizationAnnotation = [
      { tensorName: 'h', quantParameterTensorNames: [{ key: 'SCALE_TENSOR', value: 'w' }] },
    ];
    renameTensor(graph, 'h', 'hidden');
    renameTensor(graph, 'w', 'weight');
    renameTensor(graph, 'x', 'image');
    const text = JSON.stringify(graph);
    for (const gone of ['"h"', '"w"', '"x"']) expect(text).not.toContain(gone);
    expect(() => checkGraph(graph)).not.toThrow();
    expect(() => renameTensor(graph, 'absent', 'other')).toThrow(invalid);
    expect(() => renameTensor(graph, 'hidden', 'y')).toThrow(invalid);
  });

  it('leaves a subgraph alone that has a tensor of its own by that name', () => {
    const { graph } = sample();
    const branch = findProducer(graph, 'z')!.attribute[0]!.g!;
    branch.node.unshift(makeNode('Constant', { inputs: [], outputs: ['h'] }));
    replaceUses(graph, { from: 'h', to: 'x' });
    expect(branch.node[1]!.input).toEqual(['h']);
  });

  it('removes what no output needs and keeps what a subgraph needs', () => {
    const { graph } = sample();
    graph.valueInfo.push({ name: 'dead' }, { name: 'h' });
    removeOutput(graph, 'y');
    graph.node.reverse();
    removeUnused(graph);
    sortNodes(graph);
    expect(operators(graph)).toEqual(['Mul', 'If']);
    expect(graph.initializer.map((tensor) => tensor.name)).toEqual(['w']);
    expect(graph.valueInfo.map((info) => info.name)).toEqual(['h']);
    expect(graph.input.map((input) => input.name)).toEqual(['x', 'c']);
    expect(() => removeOutput(graph, 'y')).toThrow(invalid);
  });

  it('adds an output once, with the type that is known of it', () => {
    const { graph } = sample();
    graph.valueInfo.push({ name: 'h', type: { tensorType: { elemType: 10 } } });
    addOutput(graph, 'h');
    addOutput(graph, 'h');
    addOutput(graph, 'dead', 'float64');
    expect(graph.output.map(({ name, type }) => [name, type?.tensorType?.elemType])).toEqual([
      ['y', 1],
      ['z', 1],
      ['h', 10],
      ['dead', 11],
    ]);
    expect(() => addOutput(graph, 'absent')).toThrow(invalid);
  });

  it('survives being written and read', () => {
    const model = sample();
    renameTensor(model.graph, 'h', 'hidden');
    expect(JSON.stringify(parseModel(serialiseModel(model)))).toBe(JSON.stringify(model));
  });
});

describe('inlineConstants', () => {
  it('makes Constant nodes initializers and reads through Identity nodes, except into graph outputs', () => {
    const { graph } = sample();
    const value = makeTensor('', { shape: [2], data: Float32Array.of(5, 6) });
    graph.node.unshift(
      makeNode(
        'Constant',
        { inputs: [], outputs: ['k'] },
        { attributes: { value: attribute.tensor(value) } },
      ),
      makeNode('Identity', { inputs: ['k'], outputs: ['i'] }),
      makeNode('Identity', { inputs: ['i'], outputs: ['j'] }),
      makeNode('Identity', { inputs: ['x'], outputs: ['echo'] }),
    );
    addOutput(graph, 'echo');
    findProducer(graph, 'h')!.input[1] = 'j';
    inlineConstants(graph);
    expect(operators(graph)).toEqual(['Identity', 'Mul', 'Relu', 'Add', 'If']);
    expect(findProducer(graph, 'h')!.input).toEqual(['x', 'k']);
    expect(findInitializer(graph, 'k')).toBe(value);
    expect(() => checkGraph(graph)).not.toThrow();
  });

  it('leaves operators of other domains alone', () => {
    const { graph } = sample();
    graph.node.push(makeNode('Identity', { inputs: ['x'], outputs: ['other'] }, { domain: 'org.example' }));
    inlineConstants(graph);
    expect(findProducer(graph, 'other')).toBeDefined();
  });
});

describe('sortNodes', () => {
  it('moves makers before readers and otherwise keeps the order', () => {
    const { graph } = sample();
    const sorted = operators(graph);
    graph.node.push(graph.node.shift()!);
    expect(() => checkGraph(graph)).toThrow(invalid);
    sortNodes(graph);
    expect(operators(graph)).toEqual(sorted);
    expect(() => checkGraph(graph)).not.toThrow();
  });

  it('sorts a long chain written backwards without exhausting the stack', () => {
    const { graph } = sample();
    graph.node = Array.from({ length: 20_000 }, (_, i) =>
      makeNode('Neg', { inputs: [`t${i}`], outputs: [`t${i + 1}`] }),
    ).toReversed();
    sortNodes(graph);
    expect(graph.node[0]!.input).toEqual(['t0']);
    expect(graph.node.at(-1)!.output).toEqual(['t20000']);
  });

  it('refuses a cycle, also of a node with itself', () => {
    const { graph } = sample();
    graph.node.push(
      makeNode('Add', { inputs: ['b', 'x'], outputs: ['a'] }),
      makeNode('Neg', { inputs: ['a'], outputs: ['b'] }),
    );
    expect(() => sortNodes(graph)).toThrow(invalid);
    graph.node.splice(-2, 2, makeNode('Neg', { inputs: ['a'], outputs: ['a'] }));
    expect(() => sortNodes(graph)).toThrow(invalid);
  });
});
