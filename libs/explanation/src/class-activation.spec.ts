import { describe, expect, it } from '@jest/globals';
import { attribute, GraphBuilder, makeTensor } from '@assay/onnx-graph';
import { quantiseStatic } from '@assay/training';
import { readCamHead } from './cam-head.ts';
import { sumOf } from './cell-map.ts';
import { classActivation } from './class-activation.ts';
import { linearHeads, outputsOf, randomInputs, randomModel } from './spec-support/networks.ts';

const labels = 3;
const directions = [
  [1, 0, 0],
  [0, 0, 1],
  [-1, 1, 0.5],
];

/** Largest difference between the logits and what the maps and the bias sum to. */
async function largestGap(model: Uint8Array, weights: Uint8Array = model): Promise<number> {
  const head = readCamHead(weights, 'logits')!;
  const { logits, ...maps } = await outputsOf(model, randomInputs(4));
  const gaps = directions.flatMap((direction) => {
    const bias = sumOf(direction.map((weight, label) => weight * head.bias[label]!));
    return classActivation(head, maps, direction).map((view, row) => {
      const expected = sumOf(direction.map((weight, label) => weight * logits!.data[row * labels + label]!));
      return Math.abs(sumOf(view.map(({ values }) => sumOf(values))) + bias - expected);
    });
  });
  return Math.max(...gaps);
}

describe('class activation', () => {
  it.each(Object.entries(linearHeads))('sums to the logits for %s', async (_, layers) => {
    expect(await largestGap(randomModel(layers))).toBeLessThan(1e-4);
  });

  it('sums to the logits of the INT8 model, by its own rounded weights', async () => {
    const original = randomModel(linearHeads['an ensemble of cells of two sizes']!);
    const input = { type: 'float32' as const, shape: [4, 3, 16, 16], data: randomInputs(4) };
    const quantised = await quantiseStatic(original, {
      calibration: [{ input }],
      method: { type: 'min-max' },
    });
    expect(await largestGap(quantised)).toBeLessThan(1e-4);
    expect(await largestGap(quantised, original)).toBeGreaterThan(1e-3);
  });

  it('leaves only the rounding of the mean unexplained in an INT8 model that pools', async () => {
    const original = randomModel(linearHeads['pooled globally']!);
    const input = { type: 'float32' as const, shape: [4, 3, 16, 16], data: randomInputs(4) };
    const quantised = await quantiseStatic(original, {
      calibration: [{ input }],
      method: { type: 'min-max' },
    });
    expect(await largestGap(quantised)).toBeLessThan(0.02);
  });

  it('gives each cell what it adds, worked out by hand', async () => {
    const graph = new GraphBuilder();
    const input = graph.input('input', ['N', 2, 1, 2]);
    const map = graph.op('Identity', [input], {}, { output: 'map' });
    const pooled = graph.op('ReduceMean', [map, graph.ints([-1, -2])], { keepdims: attribute.int(0) });
    const product = graph.op('MatMul', [
      pooled,
      graph.initializer('w', [2, 2], Float32Array.of(1, 10, 2, 20)),
    ]);
    graph.op(
      'Add',
      [product, graph.initializer('b', [2], Float32Array.of(0.5, -1))],
      {},
      { output: 'logits' },
    );
    graph.output('logits', ['N', 2]);
    graph.output('map', ['N', 2, 1, 2]);
    const head = readCamHead(graph.build(), 'logits')!;
    expect([...head.bias]).toEqual([0.5, -1]);
    const maps = { input: { shape: [1, 2, 1, 2], data: Float32Array.of(3, 5, 7, 11) } };
    const [view] = classActivation(head, { map: maps.input }, [0, 1]);
    // (10 · 3 + 20 · 7) / 2 and (10 · 5 + 20 · 11) / 2
    expect(view!.map(({ columns, rows, values }) => ({ columns, rows, values: [...values] }))).toEqual([
      { columns: 2, rows: 1, values: [85, 135] },
    ]);
  });

  it('says so where the maps do not fit the head', () => {
    const head = readCamHead(randomModel(linearHeads['pooled globally']!), 'logits')!;
    const data = new Float32Array(6 * 64);
    expect(() => classActivation(head, { features: { shape: [1, 6, 8, 8], data } }, [1, 0, 0])).toThrow(
      /reads 5 values of "features"; its shape is \[1, 6, 8, 8\]/,
    );
    expect(() => classActivation(head, {}, [1, 0, 0])).toThrow(/shape is \[none\]/);
  });
});

describe('readCamHead', () => {
  const withHead = (build: (graph: GraphBuilder, map: string) => string, output = true) => {
    const graph = new GraphBuilder();
    const input = graph.input('input', ['N', 2, 4, 4]);
    const map = graph.op('Relu', [input], {}, { output: 'map' });
    graph.op('Identity', [build(graph, map)], {}, { output: 'logits' });
    graph.output('logits', ['N', 2]);
    if (output) graph.output('map', ['N', 2, 4, 4]);
    return readCamHead(graph.build(), 'logits');
  };
  const pool = (graph: GraphBuilder, map: string) =>
    graph.op('Flatten', [graph.op('GlobalAveragePool', [map])]);
  const linear = (graph: GraphBuilder, from: string, name = 'w') =>
    graph.op('MatMul', [from, graph.initializer(name, [2, 2], Float32Array.of(1, 2, 3, 4))]);

  it('finds a linear layer on a pooled map', () => {
    const head = withHead((graph, map) => linear(graph, pool(graph, map)))!;
    expect(head.labels).toBe(2);
    expect(head.terms[0]).toMatchObject({ output: 'map', kind: 'pooled', inputs: 2 });
    expect([...head.terms[0]!.weights]).toEqual([1, 3, 2, 4]);
    expect([...head.bias]).toEqual([0, 0]);
  });

  it('reads weights from constant nodes and their copies', () => {
    const head = withHead((graph, map) => {
      const tensor = makeTensor('', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
      const weight = graph.op('Identity', [graph.op('Constant', [], { value: attribute.tensor(tensor) })]);
      return graph.op('MatMul', [pool(graph, map), weight]);
    })!;
    expect([...head.terms[0]!.weights]).toEqual([1, 3, 2, 4]);
  });

  it('scales by alpha and beta of Gemm, and by the share of a member', () => {
    const head = withHead((graph, map) => {
      const weight = graph.initializer('w', [2, 2], Float32Array.of(1, 2, 3, 4));
      const bias = graph.initializer('b', [2], Float32Array.of(1, -1));
      const scaled = graph.op('Gemm', [pool(graph, map), weight, bias], {
        alpha: attribute.float(2),
        beta: attribute.float(3),
        transB: attribute.int(1),
      });
      return graph.op('Mean', [scaled, linear(graph, pool(graph, map), 'v')]);
    })!;
    expect(head.terms.map(({ weights }) => [...weights])).toEqual([
      [1, 2, 3, 4],
      [0.5, 1.5, 1, 2],
    ]);
    expect([...head.bias]).toEqual([1.5, -1.5]);
  });

  it.each<[string, Parameters<typeof withHead>[0]]>([
    ['a layer that bends between map and logits', (g, map) => linear(g, g.op('Tanh', [pool(g, map)]))],
    ['a function behind the linear layer', (g, map) => g.op('Sigmoid', [linear(g, pool(g, map))])],
    [
      'weights that are not constant',
      (g, map) => g.op('MatMul', [pool(g, map), g.op('Tanh', [pool(g, map)])]),
    ],
    [
      'a map pooled over other axes',
      (g, map) => linear(g, g.op('ReduceMean', [map, g.ints([1, 2])], { keepdims: attribute.int(0) })),
    ],
    [
      'a transposition of another kind',
      (g, map) =>
        linear(g, g.op('Flatten', [g.op('Transpose', [map], { perm: attribute.ints([0, 3, 2, 1]) })])),
    ],
    [
      'a sum with something unknown',
      (g, map) => g.op('Add', [linear(g, pool(g, map)), g.op('Tanh', [linear(g, pool(g, map), 'v')])]),
    ],
  ])('finds none behind %s', (_, build) => {
    expect(withHead(build)).toBeUndefined();
  });

  it('finds none on a map that is no output', () => {
    expect(withHead((graph, map) => linear(graph, pool(graph, map)), false)).toBeUndefined();
  });

  it('finds none where a part of the output belongs to no linear layer', () => {
    const graph = new GraphBuilder();
    const input = graph.input('input', ['N', 2, 4, 4]);
    const map = graph.op('Relu', [input]);
    graph.op('Concat', [map, graph.op('Tanh', [input])], { axis: attribute.int(1) }, { output: 'map' });
    graph.op('Identity', [linear(graph, pool(graph, map))], {}, { output: 'logits' });
    graph.output('logits', ['N', 2]);
    graph.output('map', ['N', 4, 4, 4]);
    expect(readCamHead(graph.build(), 'logits')).toBeUndefined();
  });

  it('refuses bytes that are no model', () => {
    expect(() => readCamHead(Uint8Array.of(1, 2, 3), 'logits')).toThrow(/ONNX/);
  });
});
