import {
  attribute,
  elementTypes,
  findProducer,
  freshName,
  intAttribute,
  makeNode,
  makeTensor,
  makeValueInfo,
  renameTensor,
  type Attributes,
  type GraphProto,
  type NodeProto,
  type OnnxModel,
  type TensorData,
} from '@assay/onnx-graph';
import { modelLogits } from '@assay/training';
import type { Activation } from './detect-activation.ts';
import { reserveName } from './read-onnx.ts';

/** Probabilities below count as this, so that their logarithm is a number. */
const least = 1e-7;

/** Operators that hand on the values as they are. */
const handsOn = new Set(['Identity', 'Cast', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Dropout']);

/** The node whose values a tensor holds. */
export function makerOf(graph: GraphProto, tensor: string): NodeProto | undefined {
  const node = findProducer(graph, tensor);
  return node && handsOn.has(node.opType ?? '') ? makerOf(graph, node.input[0] ?? '') : node;
}

/**
 * Rewrites the end of a model so that it gives raw scores, one per label, as `logits` `[N, labels]`: their softmax is what
 * the model says. A single score becomes two, 0 for the first label and itself for the second.
 *
 * @param scores the tensor that holds what the model gives; `isTable` where it is `[N, width]` already
 * @returns the name that this tensor has now, and sentences on what was changed
 */
export function adaptOutput(
  model: OnnxModel,
  scores: { tensor: string; width: number; isTable: boolean },
  activation: Activation,
): { raw: string; changes: string[] } {
  const { graph } = model;
  const tensor = scores.tensor === modelLogits ? freshName(graph, modelLogits) : scores.tensor;
  reserveName(model, modelLogits);
  const changes: string[] = [];
  const write = writer(graph);

  const maker = makerOf(graph, tensor);
  const undone = activation === 'softmax' ? 'Softmax' : activation === 'sigmoid' ? 'Sigmoid' : undefined;
  const before =
    undone !== undefined && maker?.opType === undone && isOverLabels(maker) ? maker.input[0] : undefined;
  let result = before ?? tensor;
  // Between a softmax and the output other sizes or another type may have been made.
  const isDirect = before === undefined || findProducer(graph, tensor) === maker;
  if (!isDirect) result = write('Cast', [result], { to: attribute.int(elementTypes.float32) });
  if (!isDirect || !scores.isTable)
    result = write('Reshape', [result, write.constant([2], BigInt64Array.of(-1n, BigInt(scores.width)))]);
  if (before !== undefined) changes.push(`the ${undone} at the end was taken off`);
  else if (activation === 'softmax') {
    result = write('Log', [write('Max', [result, write.constant([], Float32Array.of(least))])]);
    changes.push('scores are the logarithms of the probabilities');
  } else if (activation === 'sigmoid') {
    const floor = write.constant([], Float32Array.of(least));
    const rest = write('Sub', [write.constant([], Float32Array.of(1)), result]);
    result = write('Sub', [
      write('Log', [write('Max', [result, floor])]),
      write('Log', [write('Max', [rest, floor])]),
    ]);
    changes.push('scores are the log-odds of the probabilities');
  }
  if (scores.width === 1) {
    result = write('MatMul', [result, write.constant([1, 2], Float32Array.of(0, 1))]);
    changes.push('the single score became two, 0 for the first label and itself for the second');
  }
  if (result === tensor) result = write('Identity', [result]);
  renameTensor(graph, result, modelLogits);
  graph.output = [makeValueInfo(modelLogits, ['N', scores.width === 1 ? 2 : scores.width])];
  return { raw: tensor, changes };
}

/** Over the labels, not over what lies behind them: for scores `[N, K]` axis 1 or -1, and so is the default. */
function isOverLabels(node: NodeProto): boolean {
  return node.opType === 'Sigmoid' || [1, -1].includes(intAttribute(node, 'axis', -1));
}

function writer(graph: GraphProto) {
  const write = (opType: string, inputs: readonly string[], attributes: Attributes = {}): string => {
    const output = freshName(graph, `${modelLogits}_${opType.toLowerCase()}`);
    graph.node.push(makeNode(opType, { inputs, outputs: [output] }, { name: output, attributes }));
    return output;
  };
  const constant = (shape: readonly number[], data: TensorData): string => {
    const name = freshName(graph, `${modelLogits}_constant`);
    graph.initializer.push(makeTensor(name, { shape, data }));
    return name;
  };
  return Object.assign(write, { constant });
}
