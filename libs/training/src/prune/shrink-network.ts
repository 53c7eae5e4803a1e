import { type NetworkWeights } from '../network/initialise.ts';
import { type LayerSpec, type NetworkSpec } from '../network/network-spec.ts';
import { type PlacedTensor, tensorLayout } from '../network/tensor-layout.ts';
import { channelGroups } from './channel-groups.ts';

/** Positions that stay. */
type Kept = readonly number[];

/**
 * Takes the channels out that a mask has put to zero: a network with fewer channels that answers as the masked one does.
 *
 * @param mask `[parameterCount]` of the given network, as `magnitudeMask` makes it for channels
 */
export function shrinkNetwork(
  network: NetworkSpec,
  weights: NetworkWeights,
  mask: Float32Array,
): { network: NetworkSpec; weights: NetworkWeights } {
  const before = tensorLayout(network);
  const made = new Map<string, Kept>();
  const read = new Map<string, { kept: Kept; channels: number }>();
  for (const { producer, carriers, consumer, channels } of channelGroups(network)) {
    const weight = before.parameters.find(({ name }) => name === `${producer}.weight`);
    const kept = Array.from({ length: channels }, (_, channel) => channel).filter(
      (channel) => mask[(weight?.offset ?? 0) + channel] !== 0,
    );
    for (const owner of [producer, ...carriers]) made.set(owner, kept);
    read.set(consumer, { kept, channels });
  }
  const producers = before.parameters.filter(({ name }) => /\.(?:conv|linear)\.weight$/.test(name));
  const sizes = producers.map(({ name, shape }) => made.get(ownerOf(name))?.length ?? shape[1] ?? 0);
  const smaller = { ...network, layers: resize(network.layers, sizes.values()) };

  const after = tensorLayout(smaller);
  const cut = (vector: Float32Array, tensors: readonly PlacedTensor[], count: number) => {
    const target = new Float32Array(count);
    let offset = 0;
    for (const tensor of tensors)
      for (const index of keptElements(
        tensor,
        made.get(ownerOf(tensor.name)),
        read.get(ownerOf(tensor.name)),
      ))
        target[offset++] = vector[tensor.offset + index] ?? 0;
    return target;
  };
  return {
    network: smaller,
    weights: {
      parameters: cut(weights.parameters, before.parameters, after.parameterCount),
      statistics: cut(weights.statistics, before.statistics, after.statisticCount),
    },
  };
}

/** `5.main.0.conv` of `5.main.0.conv.weight`. */
function ownerOf(tensor: string): string {
  return tensor.slice(0, tensor.lastIndexOf('.'));
}

/** The elements of a tensor that stay, in order: some of its columns, and of a weight some of its rows. */
function keptElements(
  { shape, role, size }: PlacedTensor,
  made: Kept | undefined,
  read: { kept: Kept; channels: number } | undefined,
): number[] {
  const columns = shape.at(-1) ?? 1;
  const columnStays = made && new Set(made);
  // Channels are innermost wherever rows come from: taps of a window, or pixels of a flattened map.
  const rowStays = role === 'weight' && read ? new Set(read.kept) : undefined;
  const elements: number[] = [];
  for (let index = 0; index < size; index++) {
    const row = Math.floor(index / columns);
    if (columnStays?.has(index % columns) === false) continue;
    if (rowStays?.has(row % (read?.channels ?? 1)) === false) continue;
    elements.push(index);
  }
  return elements;
}

/** The layers with other sizes for their convolutions and linear layers, in the order in which they stand. */
function resize(layers: readonly LayerSpec[], sizes: Iterator<number>): LayerSpec[] {
  const next = (): number => Number(sizes.next().value);
  return layers.map((layer): LayerSpec => {
    switch (layer.type) {
      case 'conv':
        return { ...layer, channels: next() };
      case 'linear':
        return { ...layer, units: next() };
      case 'residual':
        return { ...layer, layers: resize(layer.layers, sizes), shortcut: resize(layer.shortcut, sizes) };
      case 'ensemble':
        return { ...layer, members: layer.members.map((member) => resize(member, sizes)) };
      default:
        return layer;
    }
  });
}
