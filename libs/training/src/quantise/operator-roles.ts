/**
 * What quantisation does with an operator of the standard domain. Operators without a role run in float32.
 *
 * - `weighted`: multiplies by a constant; its products are summed in int32, which is where the speed comes from
 * - `elementwise`: has an integer kernel of its own in ONNX Runtime, given integers on all inputs
 * - `clamp`: limits a range; merges into the quantisation that follows it
 * - `rearrange`: only moves or picks values, so its output keeps the scale of its input
 */
export type OperatorRole = 'weighted' | 'elementwise' | 'clamp' | 'rearrange';

const roles: Readonly<Record<string, OperatorRole>> = {
  Conv: 'weighted',
  Gemm: 'weighted',
  MatMul: 'weighted',
  Add: 'elementwise',
  Mul: 'elementwise',
  Sigmoid: 'elementwise',
  LeakyRelu: 'elementwise',
  AveragePool: 'elementwise',
  GlobalAveragePool: 'elementwise',
  Relu: 'clamp',
  Clip: 'clamp',
  MaxPool: 'rearrange',
  Flatten: 'rearrange',
  Reshape: 'rearrange',
  Squeeze: 'rearrange',
  Transpose: 'rearrange',
};

/** The role of an operator, by its type and domain. */
export function operatorRole(node: {
  readonly opType?: string;
  readonly domain?: string;
}): OperatorRole | undefined {
  if ((node.domain ?? '') !== '') return undefined;
  return roles[node.opType ?? ''];
}
