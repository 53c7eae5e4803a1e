import {
  attribute,
  elementTypes,
  freeBatch,
  freshName,
  makeNode,
  makeTensor,
  makeValueInfo,
  renameTensor,
  replaceUses,
  type Attributes,
  type NodeProto,
  type OnnxModel,
} from '@assay/onnx-graph';
import { modelInput } from '@assay/training';
import type { InputPlan } from './plan-input.ts';
import { reserveName } from './read-onnx.ts';
import type { SourceInput } from './source-input.ts';

/**
 * Rewrites the front of a model so that it takes what packages feed, as `input`: another layout, order of channels or
 * element type becomes nodes of the graph, and the batch becomes dynamic.
 *
 * @returns sentences on what was changed
 */
export function adaptInput(model: OnnxModel, source: SourceInput, plan: InputPlan): string[] {
  const { graph } = model;
  const changes: string[] = [];
  const original = freshName(graph, `${source.name}_source`);
  renameTensor(graph, source.name, original);
  reserveName(model, modelInput);

  const nodes: NodeProto[] = [];
  let tensor: string = modelInput;
  const add = (opType: string, others: readonly string[] = [], attributes: Attributes = {}) => {
    const output = freshName(graph, `${modelInput}_${opType.toLowerCase()}`);
    nodes.push(
      makeNode(opType, { inputs: [tensor, ...others], outputs: [output] }, { name: output, attributes }),
    );
    tensor = output;
  };
  if (plan.channelOrder === 'bgr') {
    const order = makeTensor(freshName(graph, 'bgr'), { shape: [3], data: BigInt64Array.of(2n, 1n, 0n) });
    graph.initializer.push(order);
    add('Gather', [order.name!], { axis: attribute.int(1) });
    changes.push('red and blue are exchanged at the input');
  }
  if (plan.layout === 'nhwc') {
    add('Transpose', [], { perm: attribute.ints([0, 2, 3, 1]) });
    changes.push('the input is turned from NCHW to NHWC');
  }
  if (source.type !== 'float32') {
    if (!source.type.startsWith('float')) {
      const half = makeTensor(freshName(graph, 'half'), { shape: [], data: Float32Array.of(0.5) });
      graph.initializer.push(half);
      add('Add', [half.name!]);
      add('Floor');
    }
    add('Cast', [], { to: attribute.int(elementTypes[source.type]) });
    changes.push(`the input is brought to ${source.type}`);
  }

  if (source.sizes?.[0] !== undefined)
    changes.push(`the batch, fixed at ${source.sizes[0]}, was made dynamic`);
  if (source.sizes !== undefined) freeBatch(graph, original);
  graph.input = [makeValueInfo(modelInput, plan.shape)];
  const last = nodes.at(-1);
  if (last === undefined) replaceUses(graph, { from: original, to: modelInput });
  else last.output = [original];
  graph.node.unshift(...nodes);
  return changes;
}
