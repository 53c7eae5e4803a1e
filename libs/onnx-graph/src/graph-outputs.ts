import { AssayError } from '@assay/schema';
import { elementTypes, type ElementType } from './element-type.ts';
import { ownNames } from './find.ts';
import type { GraphProto } from './messages.ts';

/**
 * Makes the tensor `name` an output of the graph as well; nothing happens when it is one. Its type is taken from the
 * shape notes of the graph where it has one, else it is `type` with an unknown shape.
 *
 * @throws AssayError `invalid-model` when nothing makes the tensor.
 */
export function addOutput(graph: GraphProto, name: string, type: ElementType = 'float32'): void {
  if (graph.output.some((output) => output.name === name)) return;
  if (!ownNames(graph).has(name)) {
    throw new AssayError('invalid-model', `The tensor "${name}" cannot become an output: nothing makes it.`);
  }
  const noted = [...graph.valueInfo, ...graph.input].find((info) => info.name === name);
  graph.output.push(noted ?? { name, type: { tensorType: { elemType: elementTypes[type] } } });
}

/**
 * Makes the tensor `name` no output any longer; what only it needed is left for `removeUnused`.
 *
 * @throws AssayError `invalid-model` when it is no output.
 */
export function removeOutput(graph: GraphProto, name: string): void {
  const index = graph.output.findIndex((output) => output.name === name);
  if (index < 0) throw new AssayError('invalid-model', `The graph has no output "${name}" to remove.`);
  graph.output.splice(index, 1);
}
