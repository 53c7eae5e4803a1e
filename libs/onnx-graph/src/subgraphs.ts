import type { GraphProto, NodeProto } from './messages.ts';

/** The graphs that a node carries in its attributes: the branches of `If`, the bodies of `Loop` and `Scan`. */
export function attributeGraphs(node: NodeProto): GraphProto[] {
  return node.attribute.flatMap((value) => [
    ...(value.g === undefined ? [] : [value.g]),
    ...(value.graphs ?? []),
  ]);
}
