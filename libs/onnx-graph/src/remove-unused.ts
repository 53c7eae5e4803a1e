import { usedNames } from './find.ts';
import type { GraphProto, NodeProto } from './messages.ts';

/**
 * Removes the nodes that contribute to no graph output, then the constants and the shape and quantisation notes that
 * are left without a tensor. Nodes may be in any order. Graph inputs stay, for they are what callers feed.
 */
export function removeUnused(graph: GraphProto): void {
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const needed = new Set(graph.output.map((output) => output.name ?? ''));
  const kept = new Set<NodeProto>();
  // a Set may grow while it is walked, so what the nodes found need is walked too
  for (const name of needed) {
    const maker = makers.get(name);
    if (maker === undefined || kept.has(maker)) continue;
    kept.add(maker);
    for (const used of usedNames(maker)) needed.add(used);
  }
  graph.node = graph.node.filter((node) => kept.has(node));
  graph.initializer = graph.initializer.filter((tensor) => needed.has(tensor.name ?? ''));
  if (graph.sparseInitializer !== undefined) {
    graph.sparseInitializer = graph.sparseInitializer.filter((tensor) =>
      needed.has(tensor.values?.name ?? ''),
    );
  }
  graph.valueInfo = graph.valueInfo.filter((info) => needed.has(info.name ?? ''));
  if (graph.quantizationAnnotation !== undefined) {
    graph.quantizationAnnotation = graph.quantizationAnnotation.filter((note) =>
      needed.has(note.tensorName ?? ''),
    );
  }
}
