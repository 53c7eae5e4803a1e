import { findAttribute } from './make-node.ts';
import type { GraphProto } from './messages.ts';
import { replaceNode, replaceUses } from './rewrite.ts';

/**
 * Brings constants into the one form that is easy to look up: a `Constant` node with a tensor becomes an initializer, and
 * readers of an `Identity` read its input directly. Exporters use both for weights (PyTorch shares equal weights through
 * `Identity`). Results that are graph outputs stay, for their names are needed.
 */
export function inlineConstants(graph: GraphProto): void {
  const outputs = new Set(graph.output.map((output) => output.name ?? ''));
  for (const node of [...graph.node]) {
    const [output = ''] = node.output;
    if ((node.domain ?? '') !== '') continue;
    const tensor = node.opType === 'Constant' ? findAttribute(node, 'value')?.t : undefined;
    if (tensor !== undefined) {
      tensor.name = output;
      graph.initializer.push(tensor);
      replaceNode(graph, node, []);
    } else if (node.opType === 'Identity' && !outputs.has(output)) {
      replaceUses(graph, { from: output, to: node.input[0] ?? '' });
      replaceNode(graph, node, []);
    }
  }
}
