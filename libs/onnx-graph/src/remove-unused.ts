import { usedNames } from './find.ts';
import type { GraphProto } from './messages.ts';

/**
 * Removes the nodes that contribute to no graph output, then the constants and the shape and quantisation notes that
 * are left without a tensor. Graph inputs stay, for they are what callers feed.
 */
export function removeUnused(graph: GraphProto): void {
  const needed = new Set(graph.output.map((output) => output.name ?? ''));
  const kept = graph.node.toReversed().filter((node) => {
    const used = node.output.some((name) => needed.has(name));
    if (used) for (const name of usedNames(node)) needed.add(name);
    return used;
  });
  graph.node = kept.toReversed();
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
