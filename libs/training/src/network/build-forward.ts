import { attribute } from '@assay/onnx-graph';
import { add, addBias } from '../operations/add.ts';
import { averagePool } from '../operations/average-pool.ts';
import { batchNorm, batchNormFixed } from '../operations/batch-norm.ts';
import { batchNormMaxPool } from '../operations/batch-norm-max-pool.ts';
import { type RunningStatistics } from '../operations/batch-statistics.ts';
import { conv2d } from '../operations/conv2d.ts';
import { depthwiseConv2d } from '../operations/depthwise-conv2d.ts';
import { dropout } from '../operations/dropout.ts';
import { flatten } from '../operations/flatten.ts';
import { flipChannels } from '../operations/flip-channels.ts';
import { gelu } from '../operations/gelu.ts';
import { globalAveragePool } from '../operations/global-average-pool.ts';
import { layerNorm } from '../operations/layer-norm.ts';
import { leakyRelu } from '../operations/leaky-relu.ts';
import { linear } from '../operations/linear.ts';
import { maxPool } from '../operations/max-pool.ts';
import { mean } from '../operations/mean.ts';
import { relu } from '../operations/relu.ts';
import { sigmoid } from '../operations/sigmoid.ts';
import { silu } from '../operations/silu.ts';
import { tanh } from '../operations/tanh.ts';
import { type Window } from '../operations/window.ts';
import { type Tape } from '../tape/tape.ts';
import { type Shape, type Variable } from '../tape/variable.ts';
import { type LayerSpec, type NetworkSpec, paddingOf, type SimpleLayer } from './network-spec.ts';
import { emitted, emittedWithin, once, type Pending } from './pending.ts';
import { type PlacedTensor, type TensorLayout } from './tensor-layout.ts';
import { type TensorSpec, walkNetwork } from './walk-network.ts';

type ConvSpec = Extract<LayerSpec, { type: 'conv' }>;

/** `train`: batch statistics and dropout. `evaluate`: running statistics, no dropout. */
export type ForwardMode = 'train' | 'evaluate';

/** The tensors that a forward pass reads, cut out of the flat state vectors. */
export interface StateTensors {
  readonly parameters: ReadonlyMap<string, Variable>;
  readonly statistics: ReadonlyMap<string, string>;
}

/** What a forward pass leaves for the rest of the step. */
export interface Forward {
  /** `[B, K]`. */
  readonly logits: Variable;
  /** Logits of each member of an ensemble; of a network without one, its own alone. */
  readonly members: readonly Variable[];
  /** Running statistics after the batch, by name; only those that changed. */
  readonly statistics: ReadonlyMap<string, string>;
  /** Inputs that must be filled with uniform numbers in [0, 1) for each step: name and shape. */
  readonly noise: readonly { readonly name: string; readonly shape: Shape }[];
}

/** Cuts flat vectors `[parameterCount]`, `[statisticCount]` into the network's tensors. */
export function splitState(
  tape: Tape,
  layout: TensorLayout,
  vectors: { parameters: string; statistics: string },
): StateTensors {
  const cut = (vector: string, tensors: readonly PlacedTensor[]): string[] => {
    if (tensors.length === 0) return [];
    const parts =
      tensors.length === 1
        ? [vector]
        : tape.graph.ops(
            'Split',
            [vector, tape.graph.ints(tensors.map(({ size }) => size))],
            { axis: attribute.int(0) },
            tensors.length,
          );
    return parts.map((part, index) => tape.reshape(part, tensors[index]?.shape ?? []));
  };
  const parameters = cut(vectors.parameters, layout.parameters);
  const statistics = cut(vectors.statistics, layout.statistics);
  return {
    parameters: new Map(
      layout.parameters.map(({ name, shape }, index) => [
        name,
        tape.variable(parameters[index] ?? '', shape, { needsGradient: true }),
      ]),
    ),
    statistics: new Map(layout.statistics.map(({ name }, index) => [name, statistics[index] ?? ''])),
  };
}

/** Emits the network's forward pass over `input` (`[B, H, W, C]` or `[B, F]`). */
export function buildForward(
  tape: Tape,
  network: NetworkSpec,
  options: { input: Variable; state: StateTensors; mode: ForwardMode },
): Forward {
  const { state, mode } = options;
  const statistics = new Map<string, string>();
  const noise: { name: string; shape: Shape }[] = [];

  const normalise = (x: Pending, tensors: Readonly<Record<string, TensorSpec>>): Pending => {
    const affine = [parameter(tensors.gain), parameter(tensors.shift)] as const;
    const mean = tensors.mean?.name ?? '';
    const variance = tensors.variance?.name ?? '';
    const running = {
      mean: state.statistics.get(mean) ?? '',
      variance: state.statistics.get(variance) ?? '',
    };
    if (mode === 'evaluate') return emitted(batchNormFixed(tape, [x.emit(), ...affine], running));
    const keep = (result: { output: Variable; running: RunningStatistics }): Variable => {
      statistics.set(mean, result.running.mean).set(variance, result.running.variance);
      return result.output;
    };
    const flipped = x.emitFlipped ?? ((signs) => flipChannels(tape, x.emit(), signs));
    return {
      emit: once(() => keep(batchNorm(tape, [x.emit(), ...affine], running))),
      emitPooled: (window) => keep(batchNormMaxPool(tape, [flipped, ...affine], { running, window })),
    };
  };

  const convolve = (x: Variable, layer: ConvSpec, tensors: Readonly<Record<string, TensorSpec>>): Pending => {
    const convolution = (adjust: (filters: Variable) => Variable): Variable => {
      const window = { ...layer, padding: paddingOf(layer) };
      const y = conv2d(tape, [x, adjust(parameter(tensors.weight))], window);
      return tensors.bias ? addBias(tape, y, adjust(parameter(tensors.bias))) : y;
    };
    return {
      emit: once(() => convolution((filters) => filters)),
      emitFlipped: (signs) => convolution((filters) => flipChannels(tape, filters, signs)),
    };
  };

  const drop = (x: Variable, rate: number): Variable => {
    if (mode === 'evaluate' || rate === 0) return x;
    const uniform = tape.graph.input(`noise_${noise.length}`, x.shape);
    noise.push({ name: uniform, shape: x.shape });
    return dropout(tape, x, { rate, uniform });
  };

  const parameter = (tensor: TensorSpec | undefined): Variable => {
    const variable = state.parameters.get(tensor?.name ?? '');
    if (variable === undefined) throw new RangeError(`The state lacks "${tensor?.name}".`);
    return variable;
  };

  const apply = (
    x: Variable,
    layer: Exclude<SimpleLayer, { type: 'conv' | 'batch-norm' }>,
    tensors: Readonly<Record<string, TensorSpec>>,
  ): Variable => {
    const biased = (y: Variable) => (tensors.bias ? addBias(tape, y, parameter(tensors.bias)) : y);
    switch (layer.type) {
      case 'depthwise-conv':
        return biased(
          depthwiseConv2d(tape, [x, parameter(tensors.weight)], { ...layer, padding: paddingOf(layer) }),
        );
      case 'linear':
        return biased(linear(tape, [x, parameter(tensors.weight)]));
      case 'layer-norm':
        return layerNorm(tape, [x, parameter(tensors.gain), parameter(tensors.shift)]);
      case 'relu':
        return relu(tape, x);
      case 'leaky-relu':
        return leakyRelu(tape, x, layer.slope);
      case 'gelu':
        return gelu(tape, x);
      case 'silu':
        return silu(tape, x);
      case 'sigmoid':
        return sigmoid(tape, x);
      case 'tanh':
        return tanh(tape, x);
      case 'max-pool':
        return maxPool(tape, x, poolWindow(layer));
      case 'average-pool':
        return averagePool(tape, x, poolWindow(layer));
      case 'global-average-pool':
        return globalAveragePool(tape, x);
      case 'dropout':
        return drop(x, layer.rate);
      case 'flatten':
        return flatten(tape, x);
    }
  };

  let members: readonly Variable[] = [];
  let place = '';
  const logits = walkNetwork<Pending>(network, emitted(options.input), {
    enter: (next) => (place = next),
    layer: (x, layer, tensors) => {
      const within = <Result>(make: () => Result) => tape.within(scope, make);
      const scope = `${place}.${layer.type}`;
      if (layer.type === 'conv') return emittedWithin(within, convolve(x.emit(), layer, tensors));
      if (layer.type === 'batch-norm') return emittedWithin(within, normalise(x, tensors));
      const { emitPooled } = x;
      if (layer.type === 'max-pool' && emitPooled) return emitted(emitPooled(poolWindow(layer)));
      const input = x.emit();
      return emitted(within(() => apply(input, layer, tensors)));
    },
    add: (path, shortcut) => emitted(add(tape, path.emit(), shortcut.emit())),
    mean: (values) => {
      members = values.map((value) => value.emit());
      return emitted(mean(tape, members));
    },
  }).emit();
  return { logits, members: members.length > 0 ? members : [logits], statistics, noise };
}

function poolWindow(layer: { size: number; stride?: number | undefined; padding: number }): Window {
  return { kernel: layer.size, stride: layer.stride ?? layer.size, padding: layer.padding };
}
