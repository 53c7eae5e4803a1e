import {
  findAttribute,
  findInitializer,
  findProducer,
  tensorValues,
  type GraphProto,
  type NodeProto,
} from '@assay/onnx-graph';

/** A head that is longer than this is no head any more. */
const longest = 16;

/**
 * The last feature map `[N, C, H, W]` of a model: what is averaged over all places on the way to the scores.
 *
 * @param scores the tensor to go back from
 * @returns the name of the map and of its average; undefined where the way forks before an average is met
 */
export function featureTap(graph: GraphProto, scores: string): { map: string; average: string } | undefined {
  let tensor = scores;
  for (let step = 0; step < longest; step++) {
    const node = findProducer(graph, tensor);
    if (node === undefined) return undefined;
    if (averagesPlaces(graph, node)) return { map: node.input[0] ?? '', average: tensor };
    const made = node.input.filter((name) => name !== '' && findInitializer(graph, name) === undefined);
    if (made.length !== 1) return undefined;
    tensor = made[0]!;
  }
  return undefined;
}

function averagesPlaces(graph: GraphProto, node: NodeProto): boolean {
  if (node.opType === 'GlobalAveragePool') return true;
  if (node.opType !== 'ReduceMean') return false;
  const given = findInitializer(graph, node.input[1] ?? '');
  const axes = given ? [...tensorValues(given).data] : (findAttribute(node, 'axes')?.ints ?? []);
  const places = axes.map((axis) => (Number(axis) + 4) % 4).sort();
  return places.join() === '2,3';
}
