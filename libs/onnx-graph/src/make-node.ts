import type { Attribute } from './attribute.ts';
import type { AttributeProto, NodeProto } from './messages.ts';

/** Attributes of a node by name; `undefined` leaves the operator's default. */
export type Attributes = Readonly<Record<string, Attribute | undefined>>;

/**
 * One operator call as a message.
 *
 * @param tensors - names of its inputs and outputs; `''` leaves an optional one out
 * @param options - `name` of the node; `domain` other than the standard one; `attributes`
 */
export function makeNode(
  opType: string,
  tensors: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  options: { readonly name?: string; readonly domain?: string; readonly attributes?: Attributes } = {},
): NodeProto {
  const { name, domain, attributes = {} } = options;
  return {
    input: [...tensors.inputs],
    output: [...tensors.outputs],
    opType,
    attribute: Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [{ name: key, ...value }],
    ),
    ...(name === undefined ? {} : { name }),
    ...(domain === undefined || domain === '' ? {} : { domain }),
  };
}

/** The attribute `name` of `node`, or `undefined` when the node relies on the operator's default. */
export function findAttribute(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute.find((candidate) => candidate.name === name);
}

/** The integer attribute `name`, or `otherwise` when the node does not set it. */
export function intAttribute(node: NodeProto, name: string, otherwise: number): number {
  return Number(findAttribute(node, name)?.i ?? otherwise);
}

/** The integer list attribute `name`, or `otherwise` when the node does not set it. */
export function intsAttribute(node: NodeProto, name: string, otherwise: readonly number[]): number[] {
  return [...(findAttribute(node, name)?.ints ?? otherwise)].map(Number);
}
