import { AssayError } from '@assay/schema';
import { ownNames } from './find.ts';
import type { GraphProto, NodeProto } from './messages.ts';
import { attributeGraphs } from './subgraphs.ts';

/**
 * Puts `replacements` where `node` stands; none removes it.
 *
 * @throws AssayError `invalid-model` when the graph does not contain this very node.
 */
export function replaceNode(graph: GraphProto, node: NodeProto, replacements: readonly NodeProto[]): void {
  const index = graph.node.indexOf(node);
  if (index < 0) {
    throw new AssayError(
      'invalid-model',
      `The graph has no node "${node.name ?? ''}" (${node.opType ?? ''}) to replace.`,
    );
  }
  graph.node.splice(index, 1, ...replacements);
}

/**
 * Makes every node, and every subgraph, that reads the tensor `from` read `to` instead. The maker of `from` stays as it
 * is, and so do the outputs of the graph, whose names the outside relies on.
 *
 * @param options - `except`: nodes that go on reading `from`, usually the one that makes `to`
 */
export function replaceUses(
  graph: GraphProto,
  names: { readonly from: string; readonly to: string },
  options: { readonly except?: readonly NodeProto[] } = {},
): void {
  for (const node of graph.node) {
    if (options.except?.includes(node) === true) continue;
    renameIn(node.input, names);
    for (const inner of attributeGraphs(node)) replaceCaptured(inner, names);
  }
}

/**
 * Gives the tensor `from` the name `to` wherever it occurs: maker, readers, subgraphs, graph inputs and outputs, shape
 * notes and quantisation notes.
 *
 * @throws AssayError `invalid-model` when another tensor has the name `to` or none has the name `from`.
 */
export function renameTensor(graph: GraphProto, from: string, to: string): void {
  const taken = ownNames(graph);
  if (!taken.has(from)) throw new AssayError('invalid-model', `The graph has no tensor "${from}" to rename.`);
  if (taken.has(to)) throw new AssayError('invalid-model', `The graph already has a tensor "${to}".`);
  const names = { from, to };
  replaceUses(graph, names);
  for (const node of graph.node) renameIn(node.output, names);
  const sparse = (graph.sparseInitializer ?? []).flatMap((tensor) =>
    tensor.values === undefined ? [] : [tensor.values],
  );
  for (const named of [
    ...graph.input,
    ...graph.output,
    ...graph.valueInfo,
    ...graph.initializer,
    ...sparse,
  ]) {
    if (named.name === from) named.name = to;
  }
  for (const annotation of graph.quantizationAnnotation ?? []) {
    if (annotation.tensorName === from) annotation.tensorName = to;
    for (const entry of annotation.quantParameterTensorNames ?? [])
      if (entry.value === from) entry.value = to;
  }
}

function replaceCaptured(graph: GraphProto, names: { readonly from: string; readonly to: string }): void {
  if (ownNames(graph).has(names.from)) return;
  replaceUses(graph, names);
  for (const output of graph.output) if (output.name === names.from) output.name = names.to;
}

function renameIn(list: string[], names: { readonly from: string; readonly to: string }): void {
  for (const [index, name] of list.entries()) if (name === names.from) list[index] = names.to;
}
