import {
  attribute,
  findInitializer,
  findProducer,
  makeNode,
  makeTensor,
  ownNames,
  replaceUses,
  tensorValues,
  type GraphProto,
  type NodeProto,
  type TensorData,
} from '@assay/onnx-graph';
import { quantiseActivation, type ActivationParameters } from './activation-parameters.ts';
import { quantiseWeight } from './quantise-weight.ts';
import type { Weight } from './read-weight.ts';

/** The tensors that say how a tensor is quantised. */
interface ParameterNames {
  readonly scale: string;
  readonly zeroPoint: string;
}

/**
 * Writes quantisation into a graph in the form that ONNX calls QDQ: float operators stay, and pairs of `QuantizeLinear`
 * and `DequantizeLinear` around them say what is an integer. ONNX Runtime turns them into integer kernels when it
 * loads the model. Nodes are appended; sort the graph afterwards.
 */
export class IntegerWriter {
  readonly #graph: GraphProto;
  readonly #names: Set<string>;
  readonly #parameters = new Map<string, ParameterNames>();

  constructor(graph: GraphProto) {
    this.#graph = graph;
    this.#names = ownNames(graph);
  }

  /**
   * Makes the tensor `name` uint8 between its maker and its readers. Results of nodes keep their name for the
   * dequantised tensor, so that graph outputs stay float32 under the name that they have.
   *
   * @param source - tensors of one source share scale and zero point
   */
  activation(name: string, source: string, parameters: ActivationParameters): void {
    const shared = this.#shared(source, parameters);
    const constant = findInitializer(this.#graph, name);
    if (constant !== undefined) {
      const { data, shape } = tensorValues(constant);
      const integers = this.#constant(
        `${name}_quantized`,
        shape,
        quantiseActivation(data as Float32Array, parameters),
      );
      this.#replaceReaders(name, this.#dequantise(integers, shared));
      return;
    }
    const integers = this.#unique(`${name}_quantized`);
    const maker = findProducer(this.#graph, name);
    if (maker === undefined) {
      const quantise = this.#quantise(name, integers, shared);
      this.#replaceReaders(name, this.#dequantise(integers, shared), quantise);
      this.#graph.node.push(quantise);
      return;
    }
    const made = this.#unique(`${name}_float`);
    maker.output = maker.output.map((output) => (output === name ? made : output));
    this.#graph.node.push(this.#quantise(made, integers, shared));
    this.#dequantise(integers, shared, { output: name });
  }

  /** Makes weight and bias of `node` int8 and int32, with a scale for each output channel. */
  weight(
    node: NodeProto,
    weight: Weight,
    options: { readonly inputScale: number; readonly largest: number },
  ): void {
    const { axis, shape } = weight;
    const channels = shape[axis] ?? 1;
    const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    const { integers, scales, bias } = quantiseWeight(
      { values: weight.values, channels, inner },
      { ...options, bias: weight.bias },
    );
    const [input = '', weightName = '', biasName = ''] = node.input;
    node.input = [input, this.#perChannel(weightName, { data: integers, shape, scales, axis })];
    if (bias === undefined) return;
    node.input.push(
      this.#perChannel(biasName, { data: bias.integers, shape: [channels], scales: bias.scales, axis: 0 }),
    );
  }

  #perChannel(
    name: string,
    values: { data: Int8Array | Int32Array; shape: readonly number[]; scales: Float32Array; axis: number },
  ): string {
    const { data, shape, scales, axis } = values;
    const zeros = data instanceof Int8Array ? new Int8Array(scales.length) : new Int32Array(scales.length);
    const integers = this.#constant(`${name}_quantized`, shape, data);
    const scale = this.#constant(`${name}_scale`, [scales.length], scales);
    const zeroPoint = this.#constant(`${name}_zero_point`, [scales.length], zeros);
    return this.#dequantise(integers, { scale, zeroPoint }, { axis });
  }

  #shared(source: string, { scale, zeroPoint }: ActivationParameters): ParameterNames {
    const known = this.#parameters.get(source);
    if (known !== undefined) return known;
    const names = {
      scale: this.#constant(`${source}_scale`, [], Float32Array.of(scale)),
      zeroPoint: this.#constant(`${source}_zero_point`, [], Uint8Array.of(zeroPoint)),
    };
    this.#parameters.set(source, names);
    return names;
  }

  #quantise(input: string, output: string, { scale, zeroPoint }: ParameterNames): NodeProto {
    return makeNode(
      'QuantizeLinear',
      { inputs: [input, scale, zeroPoint], outputs: [output] },
      { name: output },
    );
  }

  #dequantise(
    integers: string,
    { scale, zeroPoint }: ParameterNames,
    options: { readonly axis?: number; readonly output?: string } = {},
  ): string {
    const output = options.output ?? this.#unique(`${integers}_dequantized`);
    const attributes = options.axis === undefined ? {} : { axis: attribute.int(options.axis) };
    const tensors = { inputs: [integers, scale, zeroPoint], outputs: [output] };
    this.#graph.node.push(
      makeNode('DequantizeLinear', tensors, { name: `${integers}_dequantize`, attributes }),
    );
    return output;
  }

  #replaceReaders(from: string, to: string, except?: NodeProto): void {
    replaceUses(this.#graph, { from, to }, except === undefined ? {} : { except: [except] });
  }

  #constant(name: string, shape: readonly number[], data: TensorData): string {
    const unique = this.#unique(name);
    this.#graph.initializer.push(makeTensor(unique, { shape, data }));
    return unique;
  }

  #unique(name: string): string {
    let unique = name;
    for (let count = 1; this.#names.has(unique); count++) unique = `${name}_${count}`;
    this.#names.add(unique);
    return unique;
  }
}
