import { findInitializer, usedNames, type GraphProto, type NodeProto } from '@assay/onnx-graph';
import { operatorRole } from './operator-roles.ts';
import { readWeight, type Weight } from './read-weight.ts';

/** What is to be quantised in a graph. */
export interface QuantisationPlan {
  /** The nodes whose weights become integers, with these weights. */
  readonly weights: ReadonlyMap<NodeProto, Weight>;
  /** The tensors that become integers, each with the tensor whose range gives its scale (mostly itself). */
  readonly tensors: ReadonlyMap<string, string>;
}

/**
 * Chooses nodes and tensors. A tensor becomes uint8 where a weighted node reads it or makes it, and from there through
 * elementwise and rearranging nodes. A clamp behind a node is taken together with it: only the clamped result is
 * quantised. The result of a fully connected layer stays float32 unless integers are wanted of it, so logits are not
 * rounded.
 *
 * @param keepFloat - names of nodes, or of tensors that nodes make, to leave in float32
 */
export function planQuantisation(graph: GraphProto, keepFloat: ReadonlySet<string>): QuantisationPlan {
  const readers = readersByTensor(graph);
  const outputs = new Set(graph.output.map((output) => output.name ?? ''));
  const weights = new Map<NodeProto, Weight>();
  const tensors = new Map<string, string>();
  const mark = (name: string): unknown => tensors.has(name) || tensors.set(name, name);

  const result = (node: NodeProto): string => {
    const name = node.output[0] ?? '';
    const [reader, ...others] = readers.get(name) ?? [];
    const merges = reader !== undefined && others.length === 0 && !outputs.has(name);
    return merges && operatorRole(reader) === 'clamp' ? (reader.output[0] ?? '') : name;
  };

  for (const node of graph.node) {
    if (operatorRole(node) !== 'weighted' || isKept(node, keepFloat)) continue;
    const weight = readWeight(graph, node);
    if (weight === undefined) continue;
    weights.set(node, weight);
    mark(node.input[0] ?? '');
    if (node.opType === 'Conv') mark(result(node));
  }
  for (const node of graph.node) {
    const role = operatorRole(node);
    if (isKept(node, keepFloat)) continue;
    const [first = ''] = node.input;
    if (role === 'rearrange' && node.output.length === 1) {
      const source = tensors.get(first);
      if (source !== undefined) tensors.set(node.output[0] ?? '', source);
    }
    if (role !== 'elementwise') continue;
    const constants = node.input.filter((name) => findInitializer(graph, name)?.dataType === FLOAT32);
    const rest = node.input.filter((name) => !constants.includes(name));
    if (rest.length === 0 || !rest.every((name) => tensors.has(name))) continue;
    for (const name of [...constants, result(node)]) mark(name);
  }
  return { weights, tensors };
}

const FLOAT32 = 1;

function isKept(node: NodeProto, keepFloat: ReadonlySet<string>): boolean {
  return [node.name ?? '', ...node.output].some((name) => name !== '' && keepFloat.has(name));
}

function readersByTensor(graph: GraphProto): Map<string, NodeProto[]> {
  const readers = new Map<string, NodeProto[]>();
  for (const node of graph.node) {
    for (const name of usedNames(node)) readers.set(name, [...(readers.get(name) ?? []), node]);
  }
  return readers;
}
