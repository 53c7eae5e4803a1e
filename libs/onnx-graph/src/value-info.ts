import { elementTypes, type ElementType } from './element-type.ts';
import type { ValueInfoProto } from './messages.ts';

/** The size of one axis; a string is a symbol such as `'N'` whose value is known only when the model runs. */
export type Dimension = number | string;

/** Describes a tensor by name, shape and element type, as graph inputs and outputs are described. */
export function makeValueInfo(
  name: string,
  shape: readonly Dimension[],
  type: ElementType = 'float32',
): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } } };
}
