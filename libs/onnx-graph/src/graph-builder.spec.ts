import { describe, expect, it } from '@jest/globals';
import { attribute } from './attribute.ts';
import { parseModel } from './codec.ts';
import { GraphBuilder } from './graph-builder.ts';
import { findAttribute } from './make-node.ts';
import { makeTensor } from './make-tensor.ts';
import { tensorValues } from './tensor-values.ts';

const invalid = (text: string): unknown =>
  expect.objectContaining({ code: 'invalid-model', message: expect.stringContaining(text) });

describe('GraphBuilder', () => {
  it('states operator set, file format, producer and metadata', () => {
    const model = parseModel(new GraphBuilder({ name: 'net', metadata: { labels: 'a,b' } }).build());
    expect(model.irVersion).toBe(10);
    expect(model.opsetImport).toMatchObject([{ domain: '', version: 21 }]);
    expect(model.producerName).toBe('assay');
    expect(model.graph.name).toBe('net');
    expect(model.metadataProps).toMatchObject([{ key: 'labels', value: 'a,b' }]);
    const older = parseModel(new GraphBuilder({ opset: 17, irVersion: 8, producer: 'other' }).build());
    expect([older.irVersion, older.opsetImport[0]!.version, older.producerName]).toEqual([8, 17, 'other']);
  });

  it('imports version 1 of each other operator domain once', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', [2, 2]);
    for (const output of ['y', 'z']) graph.op('FusedMatMul', [x, x], {}, { domain: 'com.microsoft', output });
    const model = parseModel(graph.build());
    expect(model.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([
      ['', 21],
      ['com.microsoft', 1],
    ]);
    expect(model.graph.node.map((node) => node.domain)).toEqual(['com.microsoft', 'com.microsoft']);
  });

  it('writes inputs and outputs with sizes, symbols and types', () => {
    const graph = new GraphBuilder();
    graph.input('x', ['N', 3], 'uint8');
    graph.output('x', ['N', 3], 'uint8');
    const [input] = parseModel(graph.build()).graph.input;
    expect(input).toMatchObject({
      name: 'x',
      type: { tensorType: { elemType: 2, shape: { dim: [{ dimParam: 'N' }, { dimValue: 3 }] } } },
    });
  });

  it('writes attributes of every kind and leaves undefined ones out', () => {
    const graph = new GraphBuilder();
    graph.op('Anything', [], {
      int: attribute.int(-3),
      float: attribute.float(0.5),
      string: attribute.string('grün'),
      ints: attribute.ints([1, 2]),
      floats: attribute.floats([0.25]),
      strings: attribute.strings(['a', 'b']),
      tensor: attribute.tensor({ dims: [1], dataType: 1, floatData: [2] }),
      absent: undefined,
    });
    const node = parseModel(graph.build()).graph.node[0]!;
    expect(node.attribute.map(({ name, type }) => [name, type])).toEqual([
      ['int', 2],
      ['float', 1],
      ['string', 3],
      ['ints', 7],
      ['floats', 6],
      ['strings', 8],
      ['tensor', 4],
    ]);
    expect(findAttribute(node, 'int')!.i).toBe(-3);
    expect(Buffer.from(findAttribute(node, 'string')!.s!).toString()).toBe('grün');
    expect(tensorValues(findAttribute(node, 'tensor')!.t!).data).toEqual(Float32Array.of(2));
  });

  it('shares equal constants and tells unequal ones apart', () => {
    const graph = new GraphBuilder();
    expect(graph.float(0.1)).toBe(graph.float(Math.fround(0.1)));
    expect(graph.float(0)).not.toBe(graph.float(-0));
    expect(graph.ints([1, -1])).toBe(graph.ints([1, -1]));
    expect(graph.ints([1])).not.toBe(graph.int(1));
    expect(graph.int(1)).not.toBe(graph.float(1));
    const tensors = parseModel(graph.build()).graph.initializer.map((tensor) => tensorValues(tensor));
    expect(tensors.map(({ shape, data }) => [shape, [...data].map(Number)])).toEqual([
      [[], [Math.fround(0.1)]],
      [[], [0]],
      [[], [-0]],
      [[2], [1, -1]],
      [[1], [1]],
      [[], [1]],
      [[], [1]],
    ]);
  });

  it('reads the memory of a constant when built, not before', () => {
    const graph = new GraphBuilder();
    const data = Float32Array.of(1, 2);
    graph.initializer('w', [2], data);
    data[1] = 5;
    expect(tensorValues(parseModel(graph.build()).graph.initializer[0]!).data).toEqual(Float32Array.of(1, 5));
  });

  it('takes constants of other element types', () => {
    const graph = new GraphBuilder();
    const data = Uint8Array.of(1, 0);
    expect(graph.constant(makeTensor('mask', { shape: [2], data, type: 'bool' }))).toBe('mask');
    expect(tensorValues(parseModel(graph.build()).graph.initializer[0]!)).toEqual({
      shape: [2],
      type: 'bool',
      data,
    });
    expect(() => graph.constant({ dims: [] })).toThrow(invalid('needs a name'));
  });

  it('writes only the part of a buffer that a constant views', () => {
    const graph = new GraphBuilder();
    graph.initializer('w', [1], Float32Array.of(1, 2, 3).subarray(1, 2));
    expect(tensorValues(parseModel(graph.build()).graph.initializer[0]!).data).toEqual(Float32Array.of(2));
  });

  it('answers the names of several outputs and of a chosen one', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', [4]);
    const halves = graph.ops('Split', [x], { num_outputs: attribute.int(2) }, 2);
    expect(new Set(halves).size).toBe(2);
    expect(graph.ops('Split', [x], {}, ['left', ''])).toEqual(['left', '']);
    expect(graph.op('Add', halves, {}, { output: 'sum' })).toBe('sum');
    expect(() => graph.build()).not.toThrow();
  });

  it('never makes a name that is taken', () => {
    const graph = new GraphBuilder();
    graph.input('Relu_0', [1]);
    expect(graph.op('Relu', ['Relu_0'])).toBe('Relu_1');
    expect(graph.op('Neg', ['Relu_1'], {}, { output: graph.unique('Relu') })).toBe('Relu_2');
    expect(graph.initializer(graph.unique('w'), [0], new Float32Array(0))).toBe('w_0');
    expect(() => graph.input('w_0', [1])).toThrow(invalid('used twice'));
    expect(() => graph.build()).not.toThrow();
  });

  it('refuses what could not run', () => {
    const twice = new GraphBuilder();
    twice.input('x', [1]);
    expect(() => twice.input('x', [1])).toThrow(invalid('"x"'));
    twice.op('Relu', ['x'], {}, { output: 'x' });
    expect(() => twice.build()).toThrow(invalid('"x" is made twice'));

    const unknown = new GraphBuilder();
    unknown.op('Relu', ['nowhere']);
    expect(() => unknown.build()).toThrow(invalid('"nowhere", which no input'));

    const cyclic = new GraphBuilder();
    cyclic.op('Relu', ['b'], {}, { output: 'a' });
    cyclic.op('Relu', ['a'], {}, { output: 'b' });
    expect(() => cyclic.build()).toThrow(invalid('cycle'));

    const output = new GraphBuilder();
    output.output('missing', [1]);
    expect(() => output.build()).toThrow(invalid('"missing"'));

    const shape = new GraphBuilder();
    expect(() => shape.initializer('w', [2, 2], Float32Array.of(1))).toThrow(
      invalid('needs 4 values, got 1'),
    );
    expect(() => makeTensor('w', { shape: [1], data: Float32Array.of(1), type: 'bool' })).toThrow(
      invalid('Float32Array'),
    );
  });

  it('names nodes by the innermost scope that they are added in, also after one has failed', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', [1]);
    const inner = graph.within('forward/0.relu', () =>
      graph.op('Neg', [graph.within('backward', () => graph.op('Abs', [x]))]),
    );
    expect(() =>
      graph.within('lost', () => {
        throw new RangeError('no layer');
      }),
    ).toThrow('no layer');
    graph.op('Relu', [inner], {}, { output: 'y' });
    graph.output('y', [1]);
    expect(parseModel(graph.build()).graph.node.map(({ name }) => name)).toEqual([
      'backward/node_0',
      'forward/0.relu/node_1',
      'node_2',
    ]);
  });
});
