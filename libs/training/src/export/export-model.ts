import { attribute, type Attribute, GraphBuilder } from '@assay/onnx-graph';
import { type NetworkWeights } from '../network/initialise.ts';
import { type LayerSpec, type NetworkSpec, paddingOf } from '../network/network-spec.ts';
import { type PlacedTensor, tensorLayout } from '../network/tensor-layout.ts';
import { outputSize, type TensorSpec, walkNetwork } from '../network/walk-network.ts';
import { layerNormEpsilon } from '../operations/layer-norm.ts';
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
/** A tensor of the exported graph. */
interface Exported {
  readonly name: () => string;
  readonly image: boolean;
  readonly pending?: Pending;
}
type SimpleLayer = Exclude<LayerSpec, { type: 'residual' }>;
type Tensors = Readonly<Record<string, TensorSpec>>;

/**
 * The trained network as the ONNX model that is served: float32, NCHW, batch norm folded, no dropout.
 *
 * Input `input`: `[N, C, H, W]` or `[N, F]`; N is dynamic, and so are H and W where the network pools globally.
 * Outputs: `logits [N, K]`, and for images `features [N, C, h, w]`, the last feature map before pooling or flattening.
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
    layers.some((layer) =>
      layer.type === 'residual' ? fixes(layer.layers) || fixes(layer.shortcut) : layer.type === 'flatten',
    );
  return network.input.kind === 'image' && !fixes(network.layers);
}

class Exporter {
  readonly #graph: GraphBuilder;
  readonly #network: NetworkSpec;
  readonly #values: ReadonlyMap<string, Float32Array>;
  #features: string | undefined;
  #featureChannels = 0;

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
    const start = this.#tensor(this.#graph.input(modelInput, shape), input.kind === 'image');
    const logits = walkNetwork<Exported>(this.#network, start, {
      layer: (value, layer, tensors) => this.#layer(value, layer, tensors),
      add: (path, shortcut) => this.#op('Add', [path, shortcut]),
    });
    this.#graph.op('Identity', [logits.name()], {}, { output: modelLogits });
    this.#graph.output(modelLogits, ['N', outputSize(this.#network)]);
    if (this.#features !== undefined) {
      this.#graph.op('Identity', [this.#features], {}, { output: modelFeatures });
      this.#graph.output(modelFeatures, ['N', this.#featureChannels, 'h', 'w']);
    }
    return this.#graph.build();
  }

  #layer(value: Exported, layer: SimpleLayer, tensors: Tensors): Exported {
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
        this.#noteFeatures(value);
        return this.#tensor(
          this.#graph.op('Flatten', [this.#graph.op('GlobalAveragePool', [value.name()])]),
          false,
        );
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
  ): Exported {
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
    return this.#foldable(emit, options.tensors, true);
  }

  #linear(value: Exported, tensors: Tensors): Exported {
    const emit = (weight: Float32Array, bias: Float32Array | undefined): string => {
      const [inputs = 1, units = 1] = tensors.weight?.shape ?? [];
      const transposed = toFiltersFirst(weight, { taps: 1, inputs, filters: units });
      const operands = [value.name(), this.#constant('weight', [units, inputs], transposed)];
      if (bias !== undefined) operands.push(this.#constant('bias', [units], bias));
      return this.#graph.op('Gemm', operands, { transB: attribute.int(1) });
    };
    return this.#foldable(emit, tensors, false);
  }

  /** Holds the node back until it is known whether a batch norm follows. */
  #foldable(emit: Pending['emit'], tensors: Tensors, image: boolean): Exported {
    const weight = this.#read(tensors.weight);
    const bias = tensors.bias ? this.#read(tensors.bias) : undefined;
    let name: string | undefined;
    return { name: () => (name ??= emit(weight, bias)), image, pending: { emit, weight, bias } };
  }

  #batchNorm(value: Exported, tensors: Tensors): Exported {
    const norm: BatchNormValues = {
      gain: this.#read(tensors.gain),
      shift: this.#read(tensors.shift),
      mean: this.#read(tensors.mean),
      variance: this.#read(tensors.variance),
    };
    if (value.pending) {
      const { weight, bias } = foldBatchNorm(value.pending, norm);
      return this.#tensor(value.pending.emit(weight, bias), value.image);
    }
    const { scale, offset } = scaleAndOffset(norm);
    const shape = value.image ? [1, scale.length, 1, 1] : [1, scale.length];
    const scaled = this.#graph.op('Mul', [
      value.name(),
      this.#constant('scale', shape, Float32Array.from(scale)),
    ]);
    const shifted = this.#graph.op('Add', [
      scaled,
      this.#constant('offset', shape, Float32Array.from(offset)),
    ]);
    return this.#tensor(shifted, value.image);
  }

  #layerNorm(value: Exported, tensors: Tensors): Exported {
    const channels = tensors.gain?.shape[0] ?? 0;
    const affine = ['gain', 'shift'].map((part) =>
      this.#constant(part, [channels], this.#read(tensors[part])),
    );
    const attributes = { axis: attribute.int(-1), epsilon: attribute.float(layerNormEpsilon) };
    if (!value.image)
      return this.#tensor(this.#graph.op('LayerNormalization', [value.name(), ...affine], attributes), false);
    const last = this.#transpose(value.name(), [0, 2, 3, 1]);
    const normalised = this.#graph.op('LayerNormalization', [last, ...affine], attributes);
    return this.#tensor(this.#transpose(normalised, [0, 3, 1, 2]), true);
  }

  #pool(value: Exported, layer: Extract<SimpleLayer, { type: 'max-pool' | 'average-pool' }>): Exported {
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
  #flatten(value: Exported): Exported {
    if (!value.image) return this.#tensor(this.#graph.op('Flatten', [value.name()]), false);
    this.#noteFeatures(value);
    return this.#tensor(this.#graph.op('Flatten', [this.#transpose(value.name(), [0, 2, 3, 1])]), false);
  }

  #noteFeatures(value: Exported): void {
    this.#features = value.name();
    this.#featureChannels = channelsBefore(this.#network);
  }

  #transpose(name: string, order: readonly number[]): string {
    return this.#graph.op('Transpose', [name], { perm: attribute.ints(order) });
  }

  #op(type: string, values: readonly Exported[], attributes: Record<string, Attribute> = {}): Exported {
    const names = values.map((value) => value.name());
    return this.#tensor(this.#graph.op(type, names, attributes), values[0]?.image ?? false);
  }

  #tensor(name: string, image: boolean): Exported {
    return { name: () => name, image };
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

/** `[taps, inputs, filters]` to `[filters, inputs, taps]`. */
function toFiltersFirst(
  weight: Float32Array,
  sides: { taps: number; inputs: number; filters: number },
): Float32Array<ArrayBuffer> {
  const { taps, inputs, filters } = sides;
  const moved = new Float32Array(weight.length);
  for (let tap = 0; tap < taps; tap++)
    for (let input = 0; input < inputs; input++)
      for (let filter = 0; filter < filters; filter++)
        moved[(filter * inputs + input) * taps + tap] =
          weight[(tap * inputs + input) * filters + filter] ?? 0;
  return moved;
}

/** Channels of the last feature map. */
function channelsBefore(network: NetworkSpec): number {
  let channels = network.input.kind === 'image' ? network.input.channels : 0;
  const follow = (layers: readonly LayerSpec[]): void => {
    for (const layer of layers) {
      if (layer.type === 'conv') channels = layer.channels;
      if (layer.type === 'residual') follow(layer.layers);
    }
  };
  follow(network.layers);
  return channels;
}
