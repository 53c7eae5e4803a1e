import {
  addOutput,
  attribute,
  elementTypeOf,
  elementTypes,
  findAttribute,
  findProducer,
  freshName,
  makeNode,
  type GraphProto,
  type OnnxModel,
} from '@assay/onnx-graph';
import { AssayError } from '@assay/schema';
import { describeType } from './source-input.ts';

/** An output that may hold the scores of the labels. */
export interface ScoreOutput {
  /** As the exporter calls it. */
  name: string;
  /** The float32 tensor with its values. */
  tensor: string;
}

const floats = ['float32', 'float16', 'float64'] as const;

/**
 * The outputs of numbers that a model has; they become its only outputs, as float32. Where a scikit-learn model hands out
 * one map per row (`ZipMap`), it is the table that the maps are made of.
 *
 * @param wanted the one to take, by its name in the file
 * @throws AssayError `invalid-model` where there is none, naming all that there is
 */
export function scoreOutputs(model: OnnxModel, wanted?: string): ScoreOutput[] {
  const { graph } = model;
  const all = graph.output;
  const described = all.map(({ name, type }) => `${name} (${describeType(type)})`).join(', ');
  const found: ScoreOutput[] = [];
  for (const { name = '', type } of all) {
    if (wanted !== undefined && name !== wanted) continue;
    const maker = findProducer(graph, name);
    if (maker?.opType === 'ZipMap') found.push({ name, tensor: maker.input[0] ?? '' });
    const elements = type?.tensorType && elementTypeOf(type.tensorType.elemType);
    const float = floats.find((candidate) => candidate === elements);
    if (float !== undefined)
      found.push({ name, tensor: float === 'float32' ? name : asFloat32(graph, name) });
  }
  if (found.length === 0)
    throw new AssayError(
      'invalid-model',
      wanted === undefined
        ? `No output of the model holds numbers for the labels; it has: ${described}. A classifier must give a tensor of scores or probabilities.`
        : `The model has no output "${wanted}" of numbers; it has: ${described}.`,
    );
  graph.output = [];
  for (const { tensor } of found) addOutput(graph, tensor);
  return found;
}

function asFloat32(graph: GraphProto, name: string): string {
  const cast = freshName(graph, `${name}_float32`);
  const to = attribute.int(elementTypes.float32);
  graph.node.push(makeNode('Cast', { inputs: [name], outputs: [cast] }, { name: cast, attributes: { to } }));
  return cast;
}

/** The labels that a scikit-learn model carries, as texts; undefined for others. */
export function storedLabels(graph: GraphProto): string[] | undefined {
  for (const node of graph.node) {
    if (node.domain !== 'ai.onnx.ml') continue;
    const texts = findAttribute(node, 'classlabels_strings')?.strings ?? [];
    if (texts.length > 0) return texts.map((bytes) => new TextDecoder().decode(bytes));
    for (const name of ['classlabels_int64s', 'classlabels_ints']) {
      const numbers = findAttribute(node, name)?.ints ?? [];
      if (numbers.length > 0) return numbers.map(String);
    }
  }
  return undefined;
}
