import { AssayError } from '@assay/schema';
import {
  exampleShape,
  type LayerSpec,
  type NetworkSpec,
  paddingOf,
  poolBeforeActivation,
  type SimpleLayer,
} from './network-spec.ts';

/** What kind of numbers a tensor of the network's state holds. */
export type TensorRole = 'weight' | 'bias' | 'gain' | 'shift' | 'running-mean' | 'running-variance';

/** One tensor of the network's state. */
export interface TensorSpec {
  /** For example `3.conv.weight`; unique. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: TensorRole;
  /** Inputs that one output sums over; sets the scale of fresh weights. */
  readonly fanIn: number;
}

/** How a builder (of the training graph, of the served graph, of the list of parameters) meets each layer. */
export interface NetworkBuilder<Value> {
  /** Told the place of a simple layer, for example `5.main.0`, before it is applied. */
  enter?(place: string): void;
  /** Applies one simple layer. `tensors` are its own, by their last name part. */
  layer(value: Value, layer: SimpleLayer, tensors: Readonly<Record<string, TensorSpec>>): Value;
  /** Joins the two paths of a residual layer. */
  add(path: Value, shortcut: Value): Value;
  /** Joins the members of an ensemble, which ends the network. */
  mean(members: readonly Value[]): Value;
}

type Example = readonly number[];

/** Runs through the layers in order; every builder sees the same names and shapes. */
export function walkNetwork<Value>(
  network: NetworkSpec,
  input: Value,
  builder: NetworkBuilder<Value>,
): Value {
  return walk(network, input, builder).value;
}

/** Every tensor of the network's state, in order. */
export function networkTensors(network: NetworkSpec): TensorSpec[] {
  const all: TensorSpec[] = [];
  walk(network, null, {
    ...nothing,
    layer: (_value, _layer, tensors) => {
      all.push(...Object.values(tensors));
      return null;
    },
  });
  return all;
}

/** Number of logits. @throws AssayError `invalid-configuration` when the network does not end in a vector. */
export function outputSize(network: NetworkSpec): number {
  const { shape } = walk(network, null, nothing);
  const [size] = shape;
  if (shape.length !== 1 || size === undefined)
    throw new AssayError(
      'invalid-configuration',
      `network: the last layer gives [${shape.join(', ')}] but logits are a vector; ` +
        'end with global-average-pool or flatten, then linear.',
    );
  return size;
}

const nothing: NetworkBuilder<null> = { layer: () => null, add: () => null, mean: () => null };

/** A value on its way through the layers, and the shape of one example of it. */
interface Place<Value> {
  readonly value: Value;
  readonly shape: Example;
}

function walk<Value>(network: NetworkSpec, input: Value, builder: NetworkBuilder<Value>): Place<Value> {
  const step = (place: Place<Value>, layer: LayerSpec, path: string): Place<Value> => {
    switch (layer.type) {
      case 'residual': {
        const main = follow(layer.layers, place, `${path}.main.`);
        const shortcut = follow(layer.shortcut, place, `${path}.shortcut.`);
        if (main.shape.join() !== shortcut.shape.join())
          throw new AssayError(
            'invalid-configuration',
            `network: layer ${path} adds [${main.shape.join(', ')}] and its shortcut's [${shortcut.shape.join(', ')}]; ` +
              'give the shortcut layers that end in the same shape.',
          );
        return { value: builder.add(main.value, shortcut.value), shape: main.shape };
      }
      case 'ensemble': {
        const members = layer.members.map((member, index) => follow(member, place, `${path}.${index}.`));
        const [shape = []] = members.map((member) => member.shape);
        if (shape.length !== 1 || members.some((member) => member.shape.join() !== shape.join()))
          throw new AssayError(
            'invalid-configuration',
            `network: the members of ensemble ${path} must end in logits, equally many of each; they end in ` +
              `${members.map((member) => `[${member.shape.join(', ')}]`).join(', ')}.`,
          );
        return { value: builder.mean(members.map(({ value }) => value)), shape };
      }
      default:
        builder.enter?.(path);
        return {
          value: builder.layer(place.value, layer, tensorsOf(layer, place.shape, path)),
          shape: shapeAfter(layer, place.shape, path),
        };
    }
  };
  const follow = (layers: readonly LayerSpec[], start: Place<Value>, prefix: string): Place<Value> =>
    layers.reduce((place, layer, index) => {
      if (layer.type === 'ensemble' && (prefix !== '' || index < layers.length - 1))
        throw new AssayError(
          'invalid-configuration',
          `network: layer ${prefix}${index} is an ensemble, which can only be the last layer of a network.`,
        );
      return step(place, layer, `${prefix}${index}`);
    }, start);
  const layers = poolBeforeActivation(network.layers);
  return follow(layers, { value: input, shape: exampleShape(network) }, '');
}

function tensorsOf(layer: SimpleLayer, shape: Example, path: string): Record<string, TensorSpec> {
  const channels = shape.at(-1) ?? 1;
  const name = (part: string) => `${path}.${layer.type}.${part}`;
  const tensor = (part: string, rest: Omit<TensorSpec, 'name'>) => ({
    [part]: { name: name(part), ...rest },
  });
  const bias = (size: number, fanIn: number) => tensor('bias', { shape: [size], role: 'bias', fanIn });
  switch (layer.type) {
    case 'conv': {
      const fanIn = layer.kernel ** 2 * channels;
      const weight = tensor('weight', { shape: [fanIn, layer.channels], role: 'weight', fanIn });
      return layer.bias ? { ...weight, ...bias(layer.channels, fanIn) } : weight;
    }
    case 'depthwise-conv': {
      const fanIn = layer.kernel ** 2;
      const weight = tensor('weight', { shape: [fanIn, channels], role: 'weight', fanIn });
      return layer.bias ? { ...weight, ...bias(channels, fanIn) } : weight;
    }
    case 'linear': {
      const weight = tensor('weight', { shape: [channels, layer.units], role: 'weight', fanIn: channels });
      return layer.bias ? { ...weight, ...bias(layer.units, channels) } : weight;
    }
    case 'batch-norm':
    case 'layer-norm': {
      const affine = {
        ...tensor('gain', { shape: [channels], role: 'gain', fanIn: 1 }),
        ...tensor('shift', { shape: [channels], role: 'shift', fanIn: 1 }),
      };
      if (layer.type === 'layer-norm') return affine;
      return {
        ...affine,
        ...tensor('mean', { shape: [channels], role: 'running-mean', fanIn: 1 }),
        ...tensor('variance', { shape: [channels], role: 'running-variance', fanIn: 1 }),
      };
    }
    default:
      return {};
  }
}

/** Shape of one example after a layer. `path` names the layer in errors. */
export function shapeAfter(layer: SimpleLayer, shape: Example, path: string): Example {
  const [height, width, channels] = shape;
  const needsImage = ['conv', 'depthwise-conv', 'max-pool', 'average-pool', 'global-average-pool'];
  if (shape.length !== 3 && needsImage.includes(layer.type))
    throw new AssayError(
      'invalid-configuration',
      `network: layer ${path} (${layer.type}) needs an image [height, width, channels], received [${shape.join(', ')}].`,
    );
  const slide = (window: { kernel: number; stride: number; padding: number }, filters: number): Example => {
    const sides = [height ?? 0, width ?? 0].map(
      (side) => Math.floor((side + 2 * window.padding - window.kernel) / window.stride) + 1,
    );
    if (sides.some((side) => side < 1))
      throw new AssayError(
        'invalid-configuration',
        `network: layer ${path} (${layer.type}) has a window of ${window.kernel} pixels, ` +
          `its input is ${height}×${width}; use fewer or smaller windows.`,
      );
    return [...sides, filters];
  };
  switch (layer.type) {
    case 'conv':
      return slide({ ...layer, padding: paddingOf(layer) }, layer.channels);
    case 'depthwise-conv':
      return slide({ ...layer, padding: paddingOf(layer) }, channels ?? 1);
    case 'max-pool':
    case 'average-pool':
      return slide(
        { kernel: layer.size, stride: layer.stride ?? layer.size, padding: layer.padding },
        channels ?? 1,
      );
    case 'global-average-pool':
      return [channels ?? 1];
    case 'flatten':
      return [shape.reduce((product, side) => product * side, 1)];
    case 'linear':
      if (shape.length !== 1)
        throw new AssayError(
          'invalid-configuration',
          `network: layer ${path} (linear) needs a vector, received [${shape.join(', ')}]; put flatten or global-average-pool before it.`,
        );
      return [layer.units];
    default:
      return shape;
  }
}
