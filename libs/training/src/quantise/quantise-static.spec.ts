import { describe, expect, it } from '@jest/globals';
import {
  attribute,
  checkGraph,
  findConsumers,
  findInitializer,
  findProducer,
  GraphBuilder,
  parseModel,
  tensorValues,
  type GraphProto,
} from '@assay/onnx-graph';
import { openSession, type Tensors } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { quantiseStatic, type QuantisationOptions } from './quantise-static.ts';

const random = seededRandom(11);
const normal = (count: number, scale = 1): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal() * scale);
const images = (count: number, size = 16): Tensors => ({
  input: { type: 'float32', shape: [count, 3, size, size], data: normal(count * 3 * size * size) },
});
const calibration = [images(8), images(8)];
const minMax: QuantisationOptions = { calibration, method: { type: 'min-max' } };

function convolution(graph: GraphBuilder, input: string, shape: [number, number, number], group = 1): string {
  const [from, to, kernel] = shape;
  const fanIn = (from / group) * kernel ** 2;
  const weight = graph.initializer(
    graph.unique('weight'),
    [to, from / group, kernel, kernel],
    normal(to * fanIn, Math.sqrt(2 / fanIn)),
  );
  const bias = graph.initializer(graph.unique('bias'), [to], normal(to, 0.1));
  const half = (kernel - 1) / 2;
  const attributes = { pads: attribute.ints([half, half, half, half]), group: attribute.int(group) };
  return graph.op('Conv', [input, weight, bias], attributes);
}

/** conv-relu-pool, residual block with SiLU, depthwise, average pool, clip → features; mean, linear → logits. */
function network(): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.input('input', ['N', 3, 16, 16]);
  const stem = graph.op('Relu', [convolution(graph, input, [3, 16, 3])]);
  const pooled = graph.op('MaxPool', [stem], {
    kernel_shape: attribute.ints([2, 2]),
    strides: attribute.ints([2, 2]),
  });
  const inner = convolution(graph, pooled, [16, 16, 3]);
  const silu = graph.op('Mul', [inner, graph.op('Sigmoid', [inner])]);
  const sum = graph.op('Relu', [graph.op('Add', [convolution(graph, silu, [16, 16, 1]), pooled])]);
  const depthwise = graph.op('LeakyRelu', [convolution(graph, sum, [16, 16, 3], 16)], {
    alpha: attribute.float(0.1),
  });
  const averaged = graph.op('AveragePool', [depthwise], {
    kernel_shape: attribute.ints([3, 3]),
    pads: attribute.ints([1, 1, 1, 1]),
    count_include_pad: attribute.int(1),
  });
  const last = convolution(graph, averaged, [16, 32, 3]);
  graph.op('Clip', [last, graph.float(0), graph.float(6)], {}, { output: 'features' });
  const mean = graph.op('ReduceMean', ['features', graph.ints([2, 3])], { keepdims: attribute.int(0) });
  const weight = graph.initializer('head', [5, 32], normal(160, 0.2));
  const bias = graph.initializer('head_bias', [5], normal(5, 0.1));
  graph.op('Gemm', [mean, weight, bias], { transB: attribute.int(1) }, { output: 'logits' });
  graph.output('logits', ['N', 5]);
  graph.output('features', ['N', 32, 8, 8]);
  return graph.build();
}

const model = network();

async function run(model: Uint8Array, feeds: Tensors): Promise<Record<string, Float32Array>> {
  const session = await openSession(model);
  const results = await session.run(feeds);
  await session.close();
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]),
  );
}

/** ‖a − b‖ / ‖a‖ */
function relativeError(expected: Float32Array, actual: Float32Array): number {
  const square = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  expect(actual.length).toBe(expected.length);
  return Math.sqrt(square(expected.map((value, index) => value - actual[index]!)) / square(expected));
}

/** The operators that read a tensor as an integer: behind its QuantizeLinear, DequantizeLinear. */
const isDequantised = (graph: GraphProto, name: string): boolean =>
  findProducer(graph, name)?.opType === 'DequantizeLinear';

const invalid = (code: string, text: string): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(text) });

describe('quantiseStatic', () => {
  it.each([
    ['7-bit weights, min-max', minMax, 0.03],
    ['8-bit weights, min-max', { ...minMax, weightBits: 8 as const }, 0.02],
    [
      '7-bit weights, percentile',
      { calibration, method: { type: 'percentile' as const, percentile: 99.99 } },
      0.03,
    ],
  ])('agrees with float32 on inputs it has not seen: %s', async (_, options, tolerance) => {
    const quantised = await quantiseStatic(model, options);
    const feeds = images(16);
    const [expected, actual] = [await run(model, feeds), await run(quantised, feeds)];
    for (const name of ['logits', 'features']) {
      const error = relativeError(expected[name]!, actual[name]!);
      expect(error).toBeLessThan(tolerance);
      expect(error).toBeGreaterThan(1e-4); // it did round
    }
  });

  it('feeds every integer kernel from integers and keeps the outside float32', async () => {
    const { graph, opsetImport } = parseModel(await quantiseStatic(model, minMax));
    expect(() => checkGraph(graph)).not.toThrow();
    expect(opsetImport[0]!.version).toBe(21);
    const kernels = [
      'Conv',
      'Gemm',
      'Add',
      'Mul',
      'Sigmoid',
      'LeakyRelu',
      'MaxPool',
      'AveragePool',
      'GlobalAveragePool',
    ];
    for (const node of graph.node.filter(({ opType }) => kernels.includes(opType!))) {
      for (const input of node.input)
        expect([node.opType, isDequantised(graph, input)]).toEqual([node.opType, true]);
      const [reader] = findConsumers(graph, node.output[0]!);
      const next =
        reader?.opType === 'Relu' || reader?.opType === 'Clip'
          ? findConsumers(graph, reader.output[0]!)[0]
          : reader;
      expect([node.opType, next?.opType]).toEqual([
        node.opType,
        node.opType === 'Gemm' ? undefined : 'QuantizeLinear',
      ]);
    }
    expect(graph.node.some(({ opType }) => opType === 'ReduceMean')).toBe(false);
    expect(
      [...graph.input, ...graph.output].map(({ name, type }) => [name, type?.tensorType?.elemType]),
    ).toEqual([
      ['input', 1],
      ['logits', 1],
      ['features', 1],
    ]);
  });

  it('stores weights as int8 and biases as int32 with one scale a channel, and drops the float ones', async () => {
    const { graph } = parseModel(await quantiseStatic(model, minMax));
    for (const node of graph.node.filter(({ opType }) => opType === 'Conv' || opType === 'Gemm')) {
      const [weight, bias] = node.input.slice(1).map((name) => findProducer(graph, name)!);
      const channels = tensorValues(findInitializer(graph, weight!.input[0]!)!).shape[0]!;
      for (const [dequantise, type] of [
        [weight!, 'int8'],
        [bias!, 'int32'],
      ] as const) {
        const [integers, scales] = dequantise.input.map((name) =>
          tensorValues(findInitializer(graph, name)!),
        );
        expect(integers!.type).toBe(type);
        expect(scales!.shape).toEqual([channels]);
      }
    }
    expect(graph.initializer.some(({ name }) => name === 'head' || name === 'head_bias')).toBe(false);
  });

  it('lets a pooled tensor keep the scale of its source', async () => {
    const { graph } = parseModel(await quantiseStatic(model, minMax));
    const pool = graph.node.find(({ opType }) => opType === 'MaxPool')!;
    const before = findProducer(graph, pool.input[0]!)!;
    const after = findConsumers(graph, pool.output[0]!)[0]!;
    expect(after.input.slice(1)).toEqual(before.input.slice(1));
  });

  it('leaves the named nodes in float32, by node or by tensor', async () => {
    const head = parseModel(model).graph.node.at(-1)!.name!;
    for (const name of [head, 'logits']) {
      const { graph } = parseModel(await quantiseStatic(model, { ...minMax, keepFloat: [name] }));
      const gemm = findProducer(graph, 'logits')!;
      expect(gemm.input.slice(1)).toEqual(['head', 'head_bias']);
    }
  });

  it('leaves what has no integer form in float32, between integers', async () => {
    const graph = new GraphBuilder();
    const hidden = graph.op('Tanh', [convolution(graph, graph.input('input', ['N', 3, 16, 16]), [3, 8, 3])]);
    graph.op(
      'Exp',
      [convolution(graph, graph.op('Mul', [hidden, graph.float(0.5)]), [8, 4, 1])],
      {},
      { output: 'logits' },
    );
    graph.output('logits', ['N', 4, 16, 16]);
    const model = graph.build();
    const feeds = images(4);
    const quantised = await quantiseStatic(model, minMax);
    const [expected, actual] = [await run(model, feeds), await run(quantised, feeds)];
    expect(relativeError(expected.logits!, actual.logits!)).toBeLessThan(0.05);
    const mul = parseModel(quantised).graph.node.find(({ opType }) => opType === 'Mul')!;
    expect(findProducer(parseModel(quantised).graph, mul.input[0]!)?.opType).toBe('Tanh');
  });

  it('quantises networks of features: MatMul, Gemm of both orientations, added constants', async () => {
    const graph = new GraphBuilder();
    const first = graph.op('MatMul', [
      graph.input('input', ['N', 12]),
      graph.initializer('a', [12, 32], normal(384, 0.3)),
    ]);
    const hidden = graph.op('Relu', [
      graph.op('Gemm', [first, graph.initializer('b', [32, 32], normal(1024, 0.2))]),
    ]);
    const shifted = graph.op('Add', [hidden, graph.initializer('shift', [32], normal(32))]);
    graph.op(
      'MatMul',
      [shifted, graph.initializer('c', [32, 4], normal(128, 0.2))],
      {},
      { output: 'logits' },
    );
    graph.output('logits', ['N', 4]);
    const model = graph.build();
    const rows = (count: number): Tensors => ({
      input: { type: 'float32', shape: [count, 12], data: normal(count * 12) },
    });
    const quantised = await quantiseStatic(model, { ...minMax, calibration: [rows(500)] });
    const feeds = rows(100);
    const [expected, actual] = [await run(model, feeds), await run(quantised, feeds)];
    expect(relativeError(expected.logits!, actual.logits!)).toBeLessThan(0.05);
    const { graph: result } = parseModel(quantised);
    for (const node of result.node.filter(({ opType }) => opType === 'MatMul' || opType === 'Gemm')) {
      expect(node.input.map((input) => isDequantised(result, input))).toEqual([true, true]);
    }
  });

  it('is the same, byte for byte, for the same batches', async () => {
    expect(Buffer.compare(await quantiseStatic(model, minMax), await quantiseStatic(model, minMax))).toBe(0);
  });

  it('takes batches as they come and an opener of sessions from outside, which it closes', async () => {
    let closed = 0;
    const feeds = async function* (): AsyncGenerator<Tensors> {
      yield* calibration;
    };
    const quantised = await quantiseStatic(model, {
      calibration: feeds(),
      method: { type: 'min-max' },
      openSession: async (bytes) => {
        const session = await openSession(bytes);
        return {
          run: (...given) => session.run(...given),
          close: async () => {
            closed++;
            await session.close();
          },
        };
      },
    });
    expect(parseModel(quantised).graph.node.some(({ opType }) => opType === 'QuantizeLinear')).toBe(true);
    expect(closed).toBe(1);
  });

  it('refuses what it cannot do, with the reason', async () => {
    await expect(quantiseStatic(model, { ...minMax, calibration: [] })).rejects.toEqual(
      invalid('invalid-dataset', 'at least one batch'),
    );
    const broken = images(1);
    (broken.input!.data as Float32Array)[7] = NaN;
    await expect(quantiseStatic(model, { ...minMax, calibration: [broken] })).rejects.toEqual(
      invalid('invalid-model', 'not finite'),
    );
    const none = { ...minMax, method: { type: 'percentile' as const, percentile: 0 } };
    await expect(quantiseStatic(model, none)).rejects.toEqual(invalid('invalid-configuration', 'got 0'));

    const old = new GraphBuilder({ opset: 12, irVersion: 7 });
    old.output(old.op('Relu', [old.input('input', [1])]), [1]);
    await expect(quantiseStatic(old.build(), minMax)).rejects.toEqual(
      invalid('invalid-model', 'operator set 13'),
    );
    const empty = new GraphBuilder();
    empty.output(empty.op('Relu', [empty.input('input', [1])]), [1]);
    await expect(quantiseStatic(empty.build(), minMax)).rejects.toEqual(invalid('invalid-model', 'no Conv'));
  });
});
