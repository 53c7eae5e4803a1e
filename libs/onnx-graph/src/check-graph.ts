import { AssayError } from '@assay/schema';
import { attributeGraphs } from './subgraphs.ts';
import type { GraphProto, NodeProto } from './messages.ts';

/**
 * Checks that a graph can be executed in the order in which it is written: every tensor is made once, and
 * before it is used.
 *
 * @param outer - names that an enclosing graph has made, which a subgraph (`If`, `Loop`, `Scan`) may use
 * @throws AssayError `invalid-model` naming the tensor and the node; a cycle is reported as such.
 */
export function checkGraph(graph: GraphProto, outer: ReadonlySet<string> = new Set()): void {
  const made = new Set<string>();
  for (const input of graph.input) declare(made, input.name ?? '', 'graph input');
  const inputs = new Set(made);
  const constants = [
    ...graph.initializer.map((tensor) => tensor.name ?? ''),
    ...(graph.sparseInitializer ?? []).map((tensor) => tensor.values?.name ?? ''),
  ];
  // an initializer may give an input its default value, so a shared name is no fault there
  for (const name of constants) if (!inputs.delete(name)) declare(made, name, 'initializer');
  const later = new Set(graph.node.flatMap((node) => node.output));
  for (const node of graph.node) {
    for (const name of node.input) if (name !== '') requireKnown(name, node, { made, outer, later });
    for (const inner of attributeGraphs(node)) checkGraph(inner, new Set([...outer, ...made]));
    for (const name of node.output) if (name !== '') declare(made, name, describe(node));
  }
  for (const output of graph.output) {
    const name = output.name ?? '';
    if (!made.has(name) && !outer.has(name)) {
      throw new AssayError(
        'invalid-model',
        `The graph output "${name}" is made by no node, input or initializer.`,
      );
    }
  }
}

function declare(made: Set<string>, name: string, by: string): void {
  if (made.has(name)) {
    throw new AssayError('invalid-model', `The tensor "${name}" is made twice; the second time by ${by}.`);
  }
  made.add(name);
}

function requireKnown(
  name: string,
  node: NodeProto,
  scope: { made: ReadonlySet<string>; outer: ReadonlySet<string>; later: ReadonlySet<string> },
): void {
  if (scope.made.has(name) || scope.outer.has(name)) return;
  const why = scope.later.has(name)
    ? 'which is made only later: the nodes are in the wrong order or form a cycle'
    : 'which no input, initializer or earlier node makes';
  throw new AssayError('invalid-model', `The ${describe(node)} uses the tensor "${name}", ${why}.`);
}

function describe(node: NodeProto): string {
  return `node "${node.name ?? ''}" (${node.opType ?? 'without operator'})`;
}
