import {
  findAttribute,
  findProducer,
  intAttribute,
  parseModel,
  type GraphProto,
  type NodeProto,
} from '@assay/onnx-graph';
import { constantValues } from './constant-values.ts';
import { roundingOf, type Rounding } from './rounding.ts';

/** A linear layer on one feature map, as one term of the logits. */
export interface HeadTerm {
  /** Place of the map among the parts of {@link CamHead.outputs}. */
  readonly output: string;
  readonly part: number;
  /** `pooled`: the mean over the places, `[labels, C]`. `cells`: every place by itself, `[labels, C * h * w]`. */
  readonly kind: 'pooled' | 'cells';
  /** Order of the weights of `cells`: channels outermost, or innermost. */
  readonly channels: 'first' | 'last';
  /** What is done to the values of the map before they are multiplied, in this order; INT8 models only. */
  readonly roundings: readonly Rounding[];
  /** Row-major, scaled by the term's share in the logits. */
  readonly weights: Float64Array;
  /** Inputs of the linear layer: columns of `weights`. */
  readonly inputs: number;
}

/** A head that is linear in the feature maps: `logits = sum of its terms + bias`. */
export interface CamHead {
  readonly labels: number;
  readonly bias: Float64Array;
  readonly terms: readonly HeadTerm[];
  /** Outputs of the graph that hold the maps, each with the number of parts concatenated along its channels. */
  readonly outputs: ReadonlyMap<string, number>;
}

/** Where a tensor can be had: an output of the graph, and its part along the channels. */
type Places = ReadonlyMap<string, { readonly output: string; readonly part: number }>;
interface Partial {
  readonly terms: readonly HeadTerm[];
  readonly bias: Float64Array;
}

/**
 * Reads a linear head from a graph: logits that are a linear layer (or a sum or mean of several) on feature maps, pooled
 * globally or flattened, that are outputs of the graph, alone or concatenated along the channels. Works on INT8 models as
 * well: weights and roundings are those of the model, but for the rounding of a pooled mean.
 *
 * @param model the content of an `.onnx` file
 * @param logits name of the output `[N, labels]`
 * @returns undefined where the head is of another kind
 * @throws AssayError `invalid-model` where the bytes are no model
 */
export function readCamHead(model: Uint8Array, logits: string): CamHead | undefined {
  const { graph } = parseModel(model);
  const outputs = new Map<string, number>();
  const places = new Map<string, { output: string; part: number }>();
  for (const name of graph.output.map((output) => output.name ?? '').filter((name) => name !== logits)) {
    const parts = partsOf(graph, name);
    outputs.set(name, parts.length);
    parts.forEach((tensor, part) => places.set(tensor, { output: name, part }));
  }
  const head = traceSum(graph, logits, { places, scale: 1 });
  if (head === undefined || head.terms.length === 0) return undefined;
  const used = new Set(head.terms.map((term) => term.output));
  const taken = new Set(head.terms.map((term) => `${term.output} ${term.part}`));
  // Where a part of an output belongs to no term, its channels cannot be counted, nor those behind it found.
  for (const name of used)
    for (let part = 0; part < outputs.get(name)!; part++) if (!taken.has(`${name} ${part}`)) return undefined;
  return {
    labels: head.bias.length,
    ...head,
    outputs: new Map([...outputs].filter(([name]) => used.has(name))),
  };
}

/** The tensors that an output is made of. */
function partsOf(graph: GraphProto, name: string): string[] {
  const origin = originOf(graph, name);
  const node = findProducer(graph, origin);
  const joins = node?.opType === 'Concat' && intAttribute(node, 'axis', 0) === 1;
  return joins ? node.input.map((input) => originOf(graph, input)) : [origin];
}

const unchanged = new Set(['Identity', 'Dropout', 'QuantizeLinear', 'DequantizeLinear']);

/** The tensor of which this one is a copy, but for rounding to integers. */
function originOf(graph: GraphProto, name: string): string {
  const node = findProducer(graph, name);
  return node && unchanged.has(node.opType ?? '') ? originOf(graph, node.input[0] ?? '') : name;
}

interface Context {
  readonly places: Places;
  /** Share of what is traced in the logits. */
  readonly scale: number;
}

function traceSum(graph: GraphProto, name: string, context: Context): Partial | undefined {
  const node = findProducer(graph, originOf(graph, name));
  if (node === undefined) return undefined;
  const inputs = node.input.filter((input) => input !== '');
  switch (node.opType) {
    case 'Mean':
      return sum(
        inputs.map((input) => traceSum(graph, input, { ...context, scale: context.scale / inputs.length })),
      );
    case 'Sum':
    case 'Add':
      return sum(
        inputs.map((input) => constantBias(graph, input, context) ?? traceSum(graph, input, context)),
      );
    case 'Gemm':
    case 'MatMul':
      return traceLinear(graph, node, context);
    default:
      return undefined;
  }
}

function constantBias(graph: GraphProto, name: string, { scale }: Context): Partial | undefined {
  const constant = constantValues(graph, name);
  return constant && { terms: [], bias: constant.data.map((value) => value * scale) };
}

function sum(parts: readonly (Partial | undefined)[]): Partial | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const labels = Math.max(...known.map((part) => part.bias.length));
  const bias = new Float64Array(labels);
  for (const part of known)
    bias.forEach((_, label) => (bias[label] = bias[label]! + part.bias[label % part.bias.length]!));
  return { terms: known.flatMap((part) => part.terms), bias };
}

function traceLinear(graph: GraphProto, node: NodeProto, context: Context): Partial | undefined {
  const weight = constantValues(graph, node.input[1] ?? '');
  const source = traceMap(graph, node.input[0] ?? '', context.places);
  if (weight?.shape.length !== 2 || source === undefined) return undefined;
  const isGemm = node.opType === 'Gemm';
  if (isGemm && intAttribute(node, 'transA', 0) !== 0) return undefined;
  const outwards = isGemm && intAttribute(node, 'transB', 0) === 1;
  const [rows = 1, columns = 1] = weight.shape;
  const [labels, inputs] = outwards ? [rows, columns] : [columns, rows];
  const scale = context.scale * (isGemm ? factor(node, 'alpha') : 1);
  const weights = new Float64Array(labels * inputs);
  for (let label = 0; label < labels; label++)
    for (let input = 0; input < inputs; input++)
      weights[label * inputs + input] =
        scale * weight.data[outwards ? label * inputs + input : input * labels + label]!;
  const given = isGemm ? constantValues(graph, node.input[2] ?? '') : undefined;
  const share = context.scale * (isGemm ? factor(node, 'beta') : 1);
  const bias = Float64Array.from({ length: labels }, (_, label) =>
    given === undefined ? 0 : share * given.data[label % given.data.length]!,
  );
  return { terms: [{ ...source, weights, inputs }], bias };
}

function factor(node: NodeProto, name: string): number {
  return findAttribute(node, name)?.f ?? 1;
}

/** Operators between a feature map and its linear layer that leave the order of the values as it is. */
const reshaping = new Set(['Flatten', 'Reshape', 'Squeeze', ...unchanged]);

function traceMap(
  graph: GraphProto,
  name: string,
  places: Places,
): Omit<HeadTerm, 'weights' | 'inputs'> | undefined {
  let channels: HeadTerm['channels'] = 'first';
  let kind: HeadTerm['kind'] = 'cells';
  let roundings: Rounding[] = [];
  for (let at = name; ;) {
    const place = places.get(at);
    if (place !== undefined) return { ...place, kind, channels, roundings };
    const node = findProducer(graph, at);
    if (node === undefined) return undefined;
    if (node.opType === 'QuantizeLinear') {
      const rounding = roundingOf(graph, node);
      if (rounding === undefined) return undefined;
      roundings.unshift(rounding);
    } else if (kind === 'cells' && poolsGlobally(graph, node)) {
      kind = 'pooled';
      // The rounding of a mean belongs to no place.
      roundings = [];
    } else if (kind === 'cells' && movesChannelsLast(node)) channels = 'last';
    else if (!reshaping.has(node.opType ?? '')) return undefined;
    at = node.input[0] ?? '';
  }
}

function movesChannelsLast(node: NodeProto): boolean {
  return node.opType === 'Transpose' && findAttribute(node, 'perm')?.ints?.map(Number).join() === '0,2,3,1';
}

function poolsGlobally(graph: GraphProto, node: NodeProto): boolean {
  if (node.opType === 'GlobalAveragePool') return true;
  if (node.opType !== 'ReduceMean') return false;
  const given = constantValues(graph, node.input[1] ?? '')?.data ?? findAttribute(node, 'axes')?.ints ?? [];
  return (
    [...given]
      .map((axis) => (Number(axis) + 4) % 4)
      .sort()
      .join() === '2,3'
  );
}
