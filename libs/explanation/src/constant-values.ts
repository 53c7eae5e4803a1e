import {
  findInitializer,
  findProducer,
  intAttribute,
  tensorValues,
  type GraphProto,
} from '@assay/onnx-graph';

/** A constant of a graph as real numbers, row-major. */
export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * The numbers of a constant tensor, also where it is stored as integers with scale and zero point: the numbers that
 * the model multiplies by.
 *
 * @returns undefined where the tensor is no constant of numbers
 */
export function constantValues(graph: GraphProto, name: string): Constant | undefined {
  const initializer = findInitializer(graph, name);
  if (initializer !== undefined) {
    const { shape, type, data } = tensorValues(initializer);
    return type === 'string' ? undefined : { shape, data: Float64Array.from(data, Number) };
  }
  const node = findProducer(graph, name);
  const [first = ''] = node?.input ?? [];
  if (node?.opType === 'Identity') return constantValues(graph, first);
  if (node?.opType === 'Constant') {
    const tensor = node.attribute.find((attribute) => attribute.name === 'value')?.t;
    if (tensor === undefined) return undefined;
    const { shape, data } = tensorValues(tensor);
    return { shape, data: Float64Array.from(data, Number) };
  }
  if (node?.opType !== 'DequantizeLinear') return undefined;
  const integers = constantValues(graph, first);
  const scale = constantValues(graph, node.input[1] ?? '');
  if (integers === undefined || scale === undefined) return undefined;
  const zero = constantValues(graph, node.input[2] ?? '');
  const axis = intAttribute(node, 'axis', 1);
  const inner = scale.data.length === 1 ? Infinity : sizeOf(integers.shape.slice(axis + 1));
  const channel = (at: number) => Math.floor(at / inner) % scale.data.length;
  return {
    shape: integers.shape,
    data: integers.data.map(
      (value, at) => (value - (zero?.data[channel(at)] ?? 0)) * scale.data[channel(at)]!,
    ),
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
