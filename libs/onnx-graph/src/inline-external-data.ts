import { AssayError } from '@assay/schema';
import { externalLocation, type ReadExternal } from './external-data.ts';
import type { GraphProto, OnnxModel, TensorProto } from './messages.ts';
import { attributeGraphs } from './subgraphs.ts';

/** A protobuf message ends here; models beyond must keep their weights in other files. */
const largestMessage = 2 ** 31 - 1;

/**
 * Brings the weights that are kept in files beside the model into the model, so that it is one file.
 *
 * @param read - reads a file beside the model; whether the place is a safe one is its affair
 * @returns the files that were read, sorted
 * @throws AssayError `invalid-model` when a place is not described completely, or the whole is too large for one file
 */
export function inlineExternalData(model: OnnxModel, read: ReadExternal): string[] {
  const files = new Set<string>();
  let size = 0;
  for (const tensor of tensorsOf(model.graph)) {
    const where = externalLocation(tensor);
    if (where === undefined) continue;
    tensor.rawData = read(where);
    tensor.externalData = [];
    delete tensor.dataLocation;
    files.add(where.location);
    size += tensor.rawData.length;
    if (size > largestMessage)
      throw new AssayError(
        'invalid-model',
        `The weights beside the model are larger than one ONNX file can hold (${largestMessage} bytes).`,
      );
  }
  return [...files].sort();
}

/** Every constant of a graph, those in attributes and subgraphs included. */
function tensorsOf(graph: GraphProto): TensorProto[] {
  const inNodes = graph.node.flatMap((node) => [
    ...node.attribute.flatMap(({ t, tensors = [] }) => (t === undefined ? tensors : [t, ...tensors])),
    ...attributeGraphs(node).flatMap(tensorsOf),
  ]);
  return [...graph.initializer, ...inNodes];
}
