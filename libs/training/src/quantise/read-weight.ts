import {
  findAttribute,
  findInitializer,
  intAttribute,
  tensorValues,
  type GraphProto,
  type NodeProto,
} from '@assay/onnx-graph';

/** The constant operands of a convolution or a fully connected layer. */
export interface Weight {
  /** Float values, row-major. */
  readonly values: Float32Array;
  readonly shape: readonly number[];
  /** The axis of the output channels. */
  readonly axis: number;
  /** One value for each output channel. */
  readonly bias?: Float32Array;
}

/**
 * Reads the weight of `node`, or answers `undefined` where its integer form would not mean the same: operands that are not
 * float32 constants, scaled or transposed products, a bias that is not one value a channel.
 */
export function readWeight(graph: GraphProto, node: NodeProto): Weight | undefined {
  const [, weightName = '', biasName = ''] = node.input;
  const weight = floatConstant(graph, weightName);
  if (weight === undefined) return undefined;
  const axis = channelAxis(node, weight.shape.length);
  if (axis === undefined) return undefined;
  if (biasName === '') return { ...weight, axis };
  const bias = floatConstant(graph, biasName);
  const channels = weight.shape[axis] ?? 0;
  if (bias?.values.length !== channels || bias.shape.at(-1) !== channels) return undefined;
  return { ...weight, axis, bias: bias.values };
}

/** Where the output channels are: `[M, C/group, …]` of Conv, `[K, N]` or, transposed, `[N, K]` of Gemm, `[K, N]` of MatMul. */
function channelAxis(node: NodeProto, rank: number): number | undefined {
  if (node.opType === 'Conv') return 0;
  if (rank !== 2) return undefined;
  if (node.opType === 'MatMul') return 1;
  const unscaled = ['alpha', 'beta'].every((name) => (findAttribute(node, name)?.f ?? 1) === 1);
  if (!unscaled || intAttribute(node, 'transA', 0) !== 0) return undefined;
  return intAttribute(node, 'transB', 0) === 0 ? 1 : 0;
}

function floatConstant(
  graph: GraphProto,
  name: string,
): { readonly values: Float32Array; readonly shape: readonly number[] } | undefined {
  const tensor = findInitializer(graph, name);
  // an initializer that is an input too is only a default, which a caller may replace
  if (tensor === undefined || graph.input.some((input) => input.name === name)) return undefined;
  const { type, data, shape } = tensorValues(tensor);
  return type === 'float32' ? { values: data as Float32Array, shape } : undefined;
}
