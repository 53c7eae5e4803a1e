import { AssayError } from '@assay/schema';
import { findInitializer, usedNames } from './find.ts';
import { freshName } from './fresh-name.ts';
import { intAttribute } from './make-node.ts';
import { makeTensor } from './make-tensor.ts';
import type { GraphProto, NodeProto } from './messages.ts';
import { tensorValues } from './tensor-values.ts';

/**
 * Lets the first size of a graph input vary, where the exporter wrote down the one it happened to see: in the type of the
 * input, in shape notes, and in the constant shapes of `Reshape` nodes that the input reaches. Whether the graph
 * then really treats rows alike, only running it shows: `Expand`, `Slice` or `Squeeze` may hold the old size too.
 *
 * @param name - the graph input; its first size becomes the symbol `N`
 * @returns how many nodes were changed
 * @throws AssayError `invalid-model` when there is no such input, or it has no first size
 */
export function freeBatch(graph: GraphProto, name: string): number {
  const input = graph.input.find((candidate) => candidate.name === name);
  const first = input?.type?.tensorType?.shape?.dim[0];
  if (first === undefined)
    throw new AssayError('invalid-model', `The graph has no input "${name}" whose first size could vary.`);
  const batch = first.dimValue;
  delete first.dimValue;
  first.dimParam = 'N';
  const reached = reachedFrom(graph, name);
  graph.valueInfo = graph.valueInfo.filter((info) => !reached.has(info.name ?? ''));
  if (batch === undefined) return 0;
  const reshapes = graph.node.filter(
    (node) => node.opType === 'Reshape' && (node.domain ?? '') === '' && reached.has(node.input[0] ?? ''),
  );
  return reshapes.filter((node) => freeReshape(graph, node, BigInt(batch))).length;
}

/** The names of all tensors that depend on the tensor `name`. */
function reachedFrom(graph: GraphProto, name: string): Set<string> {
  const reached = new Set([name]);
  for (const node of graph.node)
    if ([...usedNames(node)].some((used) => reached.has(used)))
      for (const output of node.output) reached.add(output);
  return reached;
}

/** The size that is left over takes the batch; where another one is, the batch is copied from what comes in. */
function freeReshape(graph: GraphProto, node: NodeProto, batch: bigint): boolean {
  const shape = findInitializer(graph, node.input[1] ?? '');
  if (shape === undefined) return false;
  const sizes = [...(tensorValues(shape).data as BigInt64Array)];
  if (sizes.length < 2 || sizes[0] !== batch) return false;
  const copies = sizes.includes(-1n);
  if (copies && intAttribute(node, 'allowzero', 0) === 1) return false;
  sizes[0] = copies ? 0n : -1n;
  const name = freshName(graph, `${node.input[1]}_free`);
  graph.initializer.push(makeTensor(name, { shape: [sizes.length], data: BigInt64Array.from(sizes) }));
  node.input[1] = name;
  return true;
}
