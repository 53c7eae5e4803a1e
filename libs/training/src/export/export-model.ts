import { attribute, type Attribute, GraphBuilder } from '@assay/onnx-graph';
import { type NetworkWeights } from '../network/initialise.ts';
import {
  exampleShape,
  type LayerSpec,
  type NetworkSpec,
  paddingOf,
  type SimpleLayer,
} from '../network/network-spec.ts';
import { type PlacedTensor, tensorLayout } from '../network/tensor-layout.ts';
import { outputSize, shapeAfter, type TensorSpec, walkNetwork } from '../network/walk-network.ts';
import { layerNormEpsilon } from '../operations/layer-norm.ts';
import { toFiltersFirst } from './filters-first.ts';
import { type BatchNormValues, foldBatchNorm, scaleAndOffset } from './fold-batch-norm.ts';

/** Names that every exported model uses. */
export const modelInput = 'input';
export const modelLogits = 'logits';
export const modelFeatures = 'features';

/** A convolution or linear layer that still waits for a batch norm to be folded into it. */
interface Pending {
  readonly emit: (weight: Float32Array, bias: Float32Array | undefined) => string;
  readonly weight: Float32Array;
  readonly bias: Float32Array | undefined;
}
/** What a layer leaves in the exported graph. */
interface Output {
  /** The tensor; its node is emitted when it is first asked for. */
  readonly name: () => string;
  readonly pending?: Pending;
}
/** An output and the shape of one example as training sees it: `[H, W, C]` or `[F]`. */
interface Exported extends Output {
  readonly shape: readonly number[];
}
type Tensors = Readonly<Record<string, TensorSpec>>;

/**
 * The trained network as the ONNX model that is served: float32, NCHW, batch norm folded, no dropout.
 *
 * Input `input`: `[N, C, H, W]` or `[N, F]`; N is dynamic, and so are H and W where the network pools globally.
 * Outputs: `logits [N, K]`, and for images `features [N, C, h, w]`, the last feature map before pooling or flattening;
 * those of an ensemble's members lie behind one another along the channels where their sides are equal, else it is the
 * last member's, and those of the others are `features_0`, `features_1` and so on.
 */
export function exportModel(
  network: NetworkSpec,
  weights: NetworkWeights,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return new Exporter(network, weights, metadata).build();
}

/** Whether images of any size can be classified: no layer fixes height and width. */
export function acceptsAnySize(network: NetworkSpec): boolean {
  const fixes = (layers: readonly LayerSpec[]): boolean =>
    layers.some((layer) => {
      if (layer.type === 'residual') return fixes(layer.layers) || fixes(layer.shortcut);
      return layer.type === 'ensemble' ? layer.members.some(fixes) : layer.type === 'flatten';
    });
  return network.input.kind === 'image' && !fixes(network.layers);
}

class Exporter {
  readonly #graph: GraphBuilder;
  readonly #network: NetworkSpec;
  readonly #values: ReadonlyMap<string, Float32Array>;
  readonly #features: Exported[] = [];

  constructor(network: NetworkSpec, weights: NetworkWeights, metadata: Readonly<Record<string, string>>) {
    this.#graph = new GraphBuilder({ name: 'network', metadata });
    this.#network = network;
    const layout = tensorLayout(network);
    const cut = (vector: Float32Array, tensors: readonly PlacedTensor[]) =>
      tensors.map(({ name, offset, size }) => [name, vector.subarray(offset, offset + size)] as const);
    this.#values = new Map([
      ...cut(weights.parameters, layout.parameters),
      ...cut(weights.statistics, layout.statistics),
    ]);
  }

  build(): Uint8Array {
    const { input } = this.#network;
    const any = acceptsAnySize(this.#network);
    const shape =
      input.kind === 'image'
        ? ['N', input.channels, any ? 'H' : input.height, any ? 'W' : input.width]
        : ['N', input.size];
    const start = {
      ...this.#tensor(this.#graph.input(modelInput, shape)),
      shape: exampleShape(this.#network),
    };
    const logits = walkNetwork<Exported>(this.#network, start, {
      layer: (value, layer, tensors) => ({
        ...this.#layer(value, layer, tensors),
        shape: shapeAfter(layer, value.shape, layer.type),
      }),
      add: (path, shortcut) => ({ ...this.#op('Add', [path, shortcut]), shape: path.shape }),
      mean: (members) => ({ ...this.#op('Mean', members), shape: members[0]?.shape ?? [] }),
    });
    this.#graph.op('Identity', [logits.name()], {}, { output: modelLogits });
    this.#graph.output(modelLogits, ['N', outputSize(this.#network)]);
    this.#outputFeatures();
    return this.#graph.build();
  }

  #outputFeatures(): void {
    const last = this.#features.at(-1);
    if (last === undefined) return;
    const [height, width] = last.shape;
    const equal = this.#features.every(({ shape }) => shape[0] === height && shape[1] === width);
    const maps = equal ? this.#features : [last];
    if (!equal) this.#features.slice(0, -1).forEach((map, index) => this.#outputMap(map, index));
    const names = maps.map(({ name }) => name());
    const attributes = maps.length > 1 ? { axis: attribute.int(1) } : {};
    this.#graph.op(maps.length > 1 ? 'Concat' : 'Identity', names, attributes, { output: modelFeatures });
    const channels = maps.reduce((sum, { shape }) => sum + (shape[2] ?? 0), 0);
    this.#graph.output(modelFeatures, ['N', channels, 'h', 'w']);
  }

  #outputMap({ name, shape }: Exported, index: number): void {
    const output = `${modelFeatures}_${index}`;
    this.#graph.op('Identity', [name()], {}, { output });
    this.#graph.output(output, ['N', shape[2] ?? 0, `h${index}`, `w${index}`]);
  }

  #layer(value: Exported, layer: SimpleLayer, tensors: Tensors): Output {
    switch (layer.type) {
      case 'conv':
        return this.#convolution(value, layer, { tensors, groups: 1 });
      case 'depthwise-conv':
        return this.#convolution(value, layer, {
          tensors,
          groups: this.#read(tensors.weight).length / layer.kernel ** 2,
        });
      case 'linear':
        return this.#linear(value, tensors);
      case 'batch-norm':
        return this.#batchNorm(value, tensors);
      case 'layer-norm':
        return this.#layerNorm(value, tensors);
      case 'relu':
        return this.#op('Relu', [value]);
      case 'leaky-relu':
        return this.#op('LeakyRelu', [value], { alpha: attribute.float(layer.slope) });
      case 'gelu':
        return this.#op('Gelu', [value]);
      case 'silu':
        return this.#op('Mul', [value, this.#op('Sigmoid', [value])]);
      case 'sigmoid':
        return this.#op('Sigmoid', [value]);
      case 'tanh':
        return this.#op('Tanh', [value]);
      case 'max-pool':
      case 'average-pool':
        return this.#pool(value, layer);
      case 'global-average-pool':
        this.#features.push(value);
        return this.#tensor(this.#graph.op('Flatten', [this.#graph.op('GlobalAveragePool', [value.name()])]));
      case 'dropout':
        return value;
      case 'flatten':
        return this.#flatten(value);
    }
  }

  #convolution(
    value: Exported,
    layer: Extract<SimpleLayer, { type: 'conv' | 'depthwise-conv' }>,
    options: { tensors: Tensors; groups: number },
  ): Output {
    const { kernel, stride } = layer;
    const padding = paddingOf(layer);
    const attributes = {
      kernel_shape: attribute.ints([kernel, kernel]),
      strides: attribute.ints([stride, stride]),
      pads: attribute.ints([padding, padding, padding, padding]),
      group: attribute.int(options.groups),
    };
    const emit = (weight: Float32Array, bias: Float32Array | undefined): string => {
      const taps = kernel ** 2;
      const filters = layer.type === 'conv' ? layer.channels : options.groups;
      const inputs = weight.length / taps / filters;
      const shape = [filters, inputs, kernel, kernel];
      const kernels = toFiltersFirst(weight, { taps, inputs, filters });
      const operands = [value.name(), this.#constant('weight', shape, kernels)];
      if (bias !== undefined) operands.push(this.#constant('bias', [filters], bias));
      return this.#graph.op('Conv', operands, attributes);
    };
    return this.#foldable(emit, options.tensors);
  }

  #linear(value: Exported, tensors: Tensors): Output {
    const emit = (weight: Float32Array, bias: Float32Array | undefined): string => {
      const [inputs = 1, units = 1] = tensors.weight?.shape ?? [];
      const transposed = toFiltersFirst(weight, { taps: 1, inputs, filters: units });
      const operands = [value.name(), this.#constant('weight', [units, inputs], transposed)];
      if (bias !== undefined) operands.push(this.#constant('bias', [units], bias));
      return this.#graph.op('Gemm', operands, { transB: attribute.int(1) });
    };
    return this.#foldable(emit, tensors);
  }

  /** Holds the node back until it is known whether a batch norm follows. */
  #foldable(emit: Pending['emit'], tensors: Tensors): Output {
    const weight = this.#read(tensors.weight);
    const bias = tensors.bias ? this.#read(tensors.bias) : undefined;
    let name: string | undefined;
    return { name: () => (name ??= emit(weight, bias)), pending: { emit, weight, bias } };
  }

  #batchNorm(value: Exported, tensors: Tensors): Output {
    const norm: BatchNormValues = {
      gain: this.#read(tensors.gain),
      shift: this.#read(tensors.shift),
      mean: this.#read(tensors.mean),
      variance: this.#read(tensors.variance),
    };
    if (value.pending) {
      const { weight, bias } = foldBatchNorm(value.pending, norm);
      return this.#tensor(value.pending.emit(weight, bias));
    }
    const { scale, offset } = scaleAndOffset(norm);
    const shape = isImage(value) ? [1, scale.length, 1, 1] : [1, scale.length];
    const scaled = this.#graph.op('Mul', [
      value.name(),
      this.#constant('scale', shape, Float32Array.from(scale)),
    ]);
    const shifted = this.#graph.op('Add', [
      scaled,
      this.#constant('offset', shape, Float32Array.from(offset)),
    ]);
    return this.#tensor(shifted);
  }

  #layerNorm(value: Exported, tensors: Tensors): Output {
    const channels = tensors.gain?.shape[0] ?? 0;
    const affine = ['gain', 'shift'].map((part) =>
      this.#constant(part, [channels], this.#read(tensors[part])),
    );
    const attributes = { axis: attribute.int(-1), epsilon: attribute.float(layerNormEpsilon) };
    if (!isImage(value))
      return this.#tensor(this.#graph.op('LayerNormalization', [value.name(), ...affine], attributes));
    const last = this.#transpose(value.name(), [0, 2, 3, 1]);
    const normalised = this.#graph.op('LayerNormalization', [last, ...affine], attributes);
    return this.#tensor(this.#transpose(normalised, [0, 3, 1, 2]));
  }

  #pool(value: Exported, layer: Extract<SimpleLayer, { type: 'max-pool' | 'average-pool' }>): Output {
    const { size, padding } = layer;
    const stride = layer.stride ?? size;
    const attributes: Record<string, Attribute> = {
      kernel_shape: attribute.ints([size, size]),
      strides: attribute.ints([stride, stride]),
      pads: attribute.ints([padding, padding, padding, padding]),
    };
    if (layer.type === 'max-pool') return this.#op('MaxPool', [value], attributes);
    return this.#op('AveragePool', [value], { ...attributes, count_include_pad: attribute.int(1) });
  }

  /** In training an image is flattened with its channels innermost; the weights behind expect that order. */
  #flatten(value: Exported): Output {
    if (!isImage(value)) return this.#tensor(this.#graph.op('Flatten', [value.name()]));
    this.#features.push(value);
    return this.#tensor(this.#graph.op('Flatten', [this.#transpose(value.name(), [0, 2, 3, 1])]));
  }

  #transpose(name: string, order: readonly number[]): string {
    return this.#graph.op('Transpose', [name], { perm: attribute.ints(order) });
  }

  #op(type: string, values: readonly Output[], attributes: Record<string, Attribute> = {}): Output {
    const names = values.map((value) => value.name());
    return this.#tensor(this.#graph.op(type, names, attributes));
  }

  #tensor(name: string): Output {
    return { name: () => name };
  }

  #constant(prefix: string, shape: readonly number[], data: Float32Array): string {
    return this.#graph.initializer(`${prefix}_${this.#count++}`, shape, data);
  }
  #count = 0;

  #read(tensor: TensorSpec | undefined): Float32Array {
    const values = this.#values.get(tensor?.name ?? '');
    if (values === undefined) throw new RangeError(`The weights lack "${tensor?.name}".`);
    return values;
  }
}

function isImage({ shape }: Exported): boolean {
  return shape.length === 3;
}
