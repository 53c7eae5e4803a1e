import {
  findInitializer,
  intAttribute,
  makeNode,
  replaceNode,
  tensorValues,
  type GraphProto,
  type NodeProto,
} from '@assay/onnx-graph';

/**
 * Writes a `ReduceMean` over height and width of `[N, C, H, W]` as `GlobalAveragePool` (and `Flatten`), which has an
 * integer kernel in ONNX Runtime where `ReduceMean` has none. Only behind a convolution or pooling, where four axes are
 * certain.
 */
export function useGlobalAveragePool(graph: GraphProto): void {
  const maps = imageTensors(graph);
  for (const node of [...graph.node]) {
    const [input = ''] = node.input;
    const [output = ''] = node.output;
    if (node.opType !== 'ReduceMean' || !maps.has(input) || !isSpatial(graph, node)) continue;
    const kept = intAttribute(node, 'keepdims', 1) === 1;
    const pooled = kept ? output : `${output}_pooled`;
    const name = node.name ?? '';
    const pool = makeNode('GlobalAveragePool', { inputs: [input], outputs: [pooled] }, { name });
    const flatten = makeNode('Flatten', { inputs: [pooled], outputs: [output] }, { name: `${name}_flatten` });
    replaceNode(graph, node, kept ? [pool] : [pool, flatten]);
  }
}

/** Operators whose result has the rank of their first input. */
const sameRank = new Set([
  'Relu',
  'Clip',
  'Sigmoid',
  'LeakyRelu',
  'Add',
  'Mul',
  'MaxPool',
  'AveragePool',
  'BatchNormalization',
]);

/** The tensors that are `[N, C, H, W]` because a 2-D convolution made them or what they are made of. */
function imageTensors(graph: GraphProto): Set<string> {
  const maps = new Set<string>();
  for (const node of graph.node) {
    const planar = node.opType === 'Conv' && findInitializer(graph, node.input[1] ?? '')?.dims.length === 4;
    if (planar || (sameRank.has(node.opType ?? '') && maps.has(node.input[0] ?? '')))
      maps.add(node.output[0] ?? '');
  }
  return maps;
}

function isSpatial(graph: GraphProto, node: NodeProto): boolean {
  const constant = findInitializer(graph, node.input[1] ?? '');
  const given =
    constant === undefined
      ? (node.attribute.find(({ name }) => name === 'axes')?.ints ?? [])
      : tensorValues(constant).data;
  const axes = [...given].map((axis) => (Number(axis) + 4) % 4).sort();
  return axes.join() === '2,3';
}
