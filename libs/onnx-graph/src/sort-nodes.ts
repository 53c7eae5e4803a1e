import { AssayError } from '@assay/schema';
import { usedNames } from './find.ts';
import type { GraphProto, NodeProto } from './messages.ts';

/**
 * Puts the nodes into an order in which each comes after the makers of what it reads; among free choices the present
 * order is kept. Rewriting code may therefore append nodes anywhere and sort once.
 *
 * @throws AssayError `invalid-model` naming a node of a cycle.
 */
export function sortNodes(graph: GraphProto): void {
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const sorted = new Set<NodeProto>();
  const open = new Set<NodeProto>();
  for (const root of graph.node) {
    const path: NodeProto[] = [root];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      open.add(node);
      const missing = sorted.has(node) ? undefined : nextMaker(node, makers, sorted);
      if (missing === undefined) {
        sorted.add(node);
        open.delete(node);
        path.pop();
      } else if (open.has(missing)) {
        throw new AssayError(
          'invalid-model',
          `The node "${missing.name ?? ''}" (${missing.opType ?? ''}) is part of a cycle.`,
        );
      } else path.push(missing);
    }
  }
  graph.node = [...sorted];
}

/** A maker of an input of `node` that is not yet in order. */
function nextMaker(
  node: NodeProto,
  makers: ReadonlyMap<string, NodeProto>,
  sorted: ReadonlySet<NodeProto>,
): NodeProto | undefined {
  for (const name of usedNames(node)) {
    const maker = makers.get(name);
    if (maker !== undefined && !sorted.has(maker)) return maker;
  }
  return undefined;
}
