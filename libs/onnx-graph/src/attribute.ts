import type { AttributeProto, GraphProto, Int64, TensorProto } from './messages.ts';

/** The codes of `AttributeProto.type`. */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;

/** The value of a node's attribute; its name is the key under which it is passed. */
export type Attribute = Omit<AttributeProto, 'name'>;

const utf8 = new TextEncoder();

/**
 * Attribute values. The kind is explicit, because `1` could be an int or a float and operators accept only one.
 *
 * @example graph.op('LeakyRelu', [x], { alpha: attribute.float(0.01) })
 */
export const attribute = {
  int: (value: Int64): Attribute => ({ type: attributeTypes.int, i: value }),
  float: (value: number): Attribute => ({ type: attributeTypes.float, f: value }),
  string: (value: string): Attribute => ({ type: attributeTypes.string, s: utf8.encode(value) }),
  tensor: (value: TensorProto): Attribute => ({ type: attributeTypes.tensor, t: value }),
  graph: (value: GraphProto): Attribute => ({ type: attributeTypes.graph, g: value }),
  ints: (values: readonly Int64[]): Attribute => ({ type: attributeTypes.ints, ints: [...values] }),
  floats: (values: readonly number[]): Attribute => ({ type: attributeTypes.floats, floats: [...values] }),
  strings: (values: readonly string[]): Attribute => ({
    type: attributeTypes.strings,
    strings: values.map((value) => utf8.encode(value)),
  }),
} as const;
