import { elementTypeOf, findInitializer, type GraphProto, type NodeProto } from '@assay/onnx-graph';
import { constantValues } from './constant-values.ts';

/** What a pair of `QuantizeLinear` and `DequantizeLinear` does to a number: integer steps in a range. */
export interface Rounding {
  readonly scale: number;
  readonly zeroPoint: number;
  readonly lowest: number;
  readonly highest: number;
}

/** @returns undefined where the node has a scale for each channel, or integers of another size than 8 bits */
export function roundingOf(graph: GraphProto, node: NodeProto): Rounding | undefined {
  const scale = constantValues(graph, node.input[1] ?? '');
  const zero = findInitializer(graph, node.input[2] ?? '');
  const type = zero === undefined ? 'uint8' : elementTypeOf(zero.dataType);
  if (scale?.data.length !== 1 || (type !== 'uint8' && type !== 'int8')) return undefined;
  const zeroPoint = constantValues(graph, node.input[2] ?? '')?.data[0] ?? 0;
  const [lowest, highest] = type === 'uint8' ? [0, 255] : [-128, 127];
  return { scale: scale.data[0]!, zeroPoint, lowest, highest };
}

/** A number as the next operator sees it: halves are rounded to even, as ONNX says. */
export function roundLike(value: number, { scale, zeroPoint, lowest, highest }: Rounding): number {
  const steps = Math.fround(value / scale);
  const near = Math.round(steps);
  const whole = near - steps === 0.5 && near % 2 !== 0 ? near - 1 : near;
  return (Math.min(highest, Math.max(lowest, whole + zeroPoint)) - zeroPoint) * scale;
}
