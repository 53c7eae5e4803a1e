import type { GraphProto, NodeProto, TensorProto } from './messages.ts';
import { attributeGraphs } from './subgraphs.ts';

/** The node that makes the tensor `name`; `undefined` for graph inputs and constants. */
export function findProducer(graph: GraphProto, name: string): NodeProto | undefined {
  return graph.node.find((node) => node.output.includes(name));
}

/**
 * The nodes that read the tensor `name`, in order, each once. A node whose subgraph reads the tensor from outside
 * counts as a reader.
 */
export function findConsumers(graph: GraphProto, name: string): NodeProto[] {
  return graph.node.filter((node) => usedNames(node).has(name));
}

/** The constant `name`. */
export function findInitializer(graph: GraphProto, name: string): TensorProto | undefined {
  return graph.initializer.find((tensor) => tensor.name === name);
}

/** The names of all tensors that `node` reads, those that its subgraphs read from outside included. */
export function usedNames(node: NodeProto): Set<string> {
  const names = new Set(node.input);
  for (const inner of attributeGraphs(node)) for (const name of capturedNames(inner)) names.add(name);
  names.delete('');
  return names;
}

/** The names that a subgraph reads from the graph around it. */
export function capturedNames(graph: GraphProto): Set<string> {
  const own = ownNames(graph);
  const read = graph.node.flatMap((node) => [...usedNames(node)]);
  const answered = graph.output.map((output) => output.name ?? '');
  return new Set([...read, ...answered].filter((name) => !own.has(name)));
}

/** The names that a graph itself makes: inputs, constants, results of nodes. */
export function ownNames(graph: GraphProto): Set<string> {
  return new Set([
    ...graph.input.map((input) => input.name ?? ''),
    ...graph.initializer.map((tensor) => tensor.name ?? ''),
    ...(graph.sparseInitializer ?? []).map((tensor) => tensor.values?.name ?? ''),
    ...graph.node.flatMap((node) => node.output),
  ]);
}
